"""Reading, from top to bottom: a tree of files in, what each says on its own out."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from omnigrid.check.attachments import judge_attachment
from omnigrid.check.files import judge, unreadable
from omnigrid.check.measurements import advised
from omnigrid.check.pictures import judge_picture
from omnigrid.load.memory import Kept, Memory, Versions, decode_reading, encode_reading
from omnigrid.load.overlay import tree_findings
from omnigrid.load.overrides import NO_OVERRIDES, Overrides, override
from omnigrid.load.portfolio import (
    SourceFile,
    other_files,
    pack_ids,
    parse_document,
    read_bytes,
    require_portfolio,
    source_files,
)
from omnigrid.model.digests import blob_id
from omnigrid.model.findings import Finding
from omnigrid.model.names import BlobId, SourcePath
from omnigrid.model.packs import OVERRIDES_FOLDER
from omnigrid.model.source import Kind, Reading, Readings
from omnigrid.model.tree import FileTree
from omnigrid.run.executors import Executor, SerialExecutor
from omnigrid.run.processes import on_this_disk

CHUNK = 64
"""Files that are read at once. Fewer than three times as many are read in this process."""
_KEPT_AT_ONCE = 8192
"""Readings that wait to be written to the memory."""


def read_files(
    tree: FileTree,
    overrides: Overrides = NO_OVERRIDES,
    memory: Memory | None = None,
    executor: Executor | None = None,
) -> Readings:
    """Return what every file of a portfolio says, parsing only those that ``memory`` does not know.

    Raises InputError where there is no portfolio.
    """
    return begin_reading(tree, overrides, memory, executor)()


def begin_reading(
    tree: FileTree,
    overrides: Overrides = NO_OVERRIDES,
    memory: Memory | None = None,
    executor: Executor | None = None,
) -> Callable[[], Readings]:
    """Begin to do what ``read_files`` does, in processes of the executor; return who ends it, once.

    Raises InputError where there is no portfolio.
    """
    executor = on_this_disk(executor or SerialExecutor())
    versions = tree.paths()
    require_portfolio(versions)
    sources = list(source_files(versions))
    known = memory.recall(versions) if memory else {}
    here = {*_read_each_time(sources, overrides)}
    unknown = [each for each in sources if each.path not in known and each.path not in here]
    chunks = [unknown[at : at + CHUNK] for at in range(0, len(unknown), CHUNK)]
    read = executor.run(partial(_read_chunk, tree), chunks, batch=1)
    begun = [_Begun(tree, overrides, memory, sources, here, known, read)]
    # Taken out: who is asked once may be held until the end of a build, and then holds nothing.
    return lambda: _ended(begun.pop())


class _Begun(NamedTuple):
    """A reading that has begun: what is known already, and what is being read."""

    tree: FileTree
    overrides: Overrides
    memory: Memory | None
    sources: Sequence[SourceFile]
    here: Container[SourcePath]
    """Those that are read in this process."""
    known: dict[SourcePath, Reading]
    read: Iterable[Sequence[tuple[SourcePath, BlobId, bytes]]]


def _ended(begun: _Begun) -> Readings:
    tree, overrides, versions = begun.tree, begun.overrides, begun.tree.paths()
    said = _taken(begun.read, begun.known, versions, begun.memory)
    files = (
        _read_here(tree, each, overrides) if each.path in begun.here else said[each.path]
        for each in begun.sources
    )
    replacing = tuple(path for path in versions if path.startswith(OVERRIDES_FOLDER))
    return Readings(
        tuple(files),
        frozenset(pack_ids(versions)),
        tree_findings(tree),
        replacing,
        tuple(other_files(versions)),
    )


def _taken(
    reading: Iterable[Sequence[tuple[SourcePath, BlobId, bytes]]],
    known: dict[SourcePath, Reading],
    versions: Versions,
    memory: Memory | None,
) -> dict[SourcePath, Reading]:
    """Return what is known with what is read now, which is kept for the next run."""
    fresh: list[Kept] = []
    for read in reading:
        for path, blob, record in read:
            known[path] = decode_reading(path, record)
            if blob:
                fresh.append(Kept(path, blob, versions[path], record))
        if len(fresh) > _KEPT_AT_ONCE and memory:
            memory.keep(fresh, versions)
            fresh.clear()
    if fresh and memory:
        memory.keep(fresh, versions)
    return known


def read_again(tree: FileTree, touched: Iterable[SourcePath]) -> tuple[Reading, ...] | None:
    """Return what some files say now that they were touched; others than a portfolio's say nothing.

    None where one is gone.
    """
    wanted = {*touched}
    sources = [source for source in source_files(wanted) if source.path in wanted]
    if any(source.path not in tree.paths() for source in sources):
        return None
    return tuple(_read_here(tree, source, NO_OVERRIDES) for source in sources)


def _judged(source: SourceFile, data: bytes, overrides: Overrides = NO_OVERRIDES) -> Reading:
    if source.kind is Kind.PICTURE:
        return judge_picture(source.path, data)
    if source.kind is Kind.ATTACHMENT:
        return judge_attachment(source.path, data)
    document = parse_document(source, data)
    if isinstance(document, Finding):
        reading = unreadable(source.kind, document)
    else:
        reading = judge(override(document, overrides))
    return advised(reading) if source.kind is Kind.MEASUREMENTS else reading


def _read_each_time(sources: Iterable[SourceFile], overrides: Overrides) -> Iterator[SourcePath]:
    """Yield the files of which what they say is never kept."""
    for kind, path in sources:
        if (kind is Kind.CONFIG and overrides) or not (path.isascii() or _is_text(path)):
            yield path


def _read_here(tree: FileTree, source: SourceFile, overrides: Overrides) -> Reading:
    data = read_bytes(tree, source)
    if isinstance(data, Finding):
        return unreadable(source.kind, data)
    return _judged(source, data, overrides if source.kind is Kind.CONFIG else NO_OVERRIDES)


def _read_chunk(
    tree: FileTree, chunk: Sequence[SourceFile]
) -> list[tuple[SourcePath, BlobId, bytes]]:
    """Return path, blob id and encoded reading of some files; no id where there are no bytes."""
    tree.fetch([source.path for source in chunk])
    return [_read_encoded(tree, source) for source in chunk]


def _read_encoded(tree: FileTree, source: SourceFile) -> tuple[SourcePath, BlobId, bytes]:
    data = read_bytes(tree, source)
    if isinstance(data, Finding):
        return source.path, BlobId(""), encode_reading(unreadable(source.kind, data))
    return source.path, blob_id(data), encode_reading(_judged(source, data))


def _is_text(path: SourcePath) -> bool:
    """Whether a path can be written down: a name on the disk may be no text."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True

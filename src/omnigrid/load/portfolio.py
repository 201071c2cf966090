"""The tree of a portfolio, read once and without judgement on what the files say."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from omnigrid.load.front_matter import split_front_matter
from omnigrid.load.yaml import MAX_BYTES, YamlFault, parse_yaml
from omnigrid.model.errors import InputError
from omnigrid.model.findings import Finding, Place, Span
from omnigrid.model.names import PackId, SourcePath
from omnigrid.model.source import Document, Kind, Snapshot

CONFIG_NAME = "omnigrid.yaml"
MAX_PAGE_BYTES = 1024 * 1024


class SourceFile(NamedTuple):
    """A file of the portfolio and what it is by its place."""

    kind: Kind
    path: SourcePath


def read_portfolio(root: Path) -> Snapshot:
    """Return all files of the portfolio at ``root``, sorted by path.

    Files that cannot be read become findings. Raises InputError where there is no portfolio.
    """
    if not (root / CONFIG_NAME).is_file():
        raise InputError(
            f"no portfolio here: {root} has no {CONFIG_NAME}",
            "go to the portfolio's folder, name it with `omnigrid -C DIR …`, "
            "or make a new one with `omnigrid init DIR`",
        )
    documents: list[Document] = []
    findings: list[Finding] = []
    for source in source_files(root):
        found = read_document(root, source)
        if isinstance(found, Document):
            documents.append(found)
        else:
            findings.append(found)
    return Snapshot(tuple(documents), tuple(findings), frozenset(_pack_ids(root)))


def source_files(root: Path) -> Iterator[SourceFile]:
    """Yield the portfolio's files: configuration, sectors, brands, pages, packs; each sorted."""
    yield SourceFile(Kind.CONFIG, SourcePath(CONFIG_NAME))
    for kind, folder, suffixes in (
        (Kind.SECTOR, "sectors", (".yaml", ".yml")),
        (Kind.BRAND, "brands", (".yaml", ".yml")),
        (Kind.PAGE, "content", (".md",)),
    ):
        for path in sorted(_walk(root / folder, suffixes)):
            yield SourceFile(kind, SourcePath(path.relative_to(root).as_posix()))
    for pack_id in sorted(_pack_ids(root)):
        yield SourceFile(Kind.PACK, SourcePath(f"template_packs/{pack_id}/pack.yaml"))


def _walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry, suffixes)
        elif entry.suffix in suffixes:
            yield entry


def _pack_ids(root: Path) -> Iterator[PackId]:
    folder = root / "template_packs"
    if folder.is_dir():
        for entry in folder.iterdir():
            if entry.is_dir() and not entry.name.startswith((".", "_")):
                yield PackId(entry.name)


def read_document(root: Path, source: SourceFile) -> Document | Finding:
    """Return a file's data, or why it has none."""
    text = read_text(root, source)
    if isinstance(text, Finding):
        return text
    offset, body = 0, ""
    if source.kind is Kind.PAGE:
        parts = split_front_matter(text)
        if parts is None:
            return _finding(
                source,
                "OG110",
                "the front matter between two lines `---` is missing or has no end",
                "begin the file with `---`, its keys, and again `---`",
                Span(1, 1, 2),
            )
        text, offset, body = parts
    try:
        data = parse_yaml(text)
    except YamlFault as fault:
        span = Span(fault.span.line + offset, fault.span.column, fault.span.end_column)
        return _finding(source, fault.code, fault.message, fault.hint, span)
    return Document(source.kind, source.path, data, body)


def read_text(root: Path, source: SourceFile) -> str | Finding:
    """Return a file's text, or why it is not one. Size is bounded before anything is parsed."""
    limit = MAX_PAGE_BYTES if source.kind is Kind.PAGE else MAX_BYTES
    try:
        with (root / source.path).open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        return _finding(
            source, "OG401", "the file is missing", "every pack has a pack.yaml; see docs/packs.md"
        )
    except OSError as error:
        reason = error.strerror or str(error)
        return _finding(source, "OG109", f"cannot be read: {reason}", "check the file's rights")
    if len(data) > limit:
        return _finding(
            source, "OG108", f"larger than {limit // 1024} KiB", "split it into several files"
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return _finding(
            source,
            "OG109",
            "not readable as UTF-8 text",
            "save the file with the encoding UTF-8, or remove it if it is not a text",
            Span(line, column, column + 1),
        )


def _finding(
    source: SourceFile, code: str, message: str, hint: str, span: Span | None = None
) -> Finding:
    return Finding(code, message, Place(source.path, span=span or Span(1, 1, 2)), hint)

"""A portfolio's files, one by one and without judgement on what they say."""

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from omnigrid.load.front_matter import split_front_matter
from omnigrid.model.attachments import MAX_BYTES as MAX_ATTACHMENT_BYTES
from omnigrid.model.attachments import is_attachment
from omnigrid.model.digests import digest_bytes
from omnigrid.model.errors import InputError, Transient
from omnigrid.model.findings import Finding, Place, Span
from omnigrid.model.names import PackId, SourcePath
from omnigrid.model.pictures import MAX_BYTES as MAX_PICTURE_BYTES
from omnigrid.model.pictures import is_picture
from omnigrid.model.portfolio import Page
from omnigrid.model.source import Document, Kind
from omnigrid.model.tree import APPROVALS_NAME, CONFIG_NAME, MEASUREMENTS_NAME, FileTree

MAX_BYTES = 256 * 1024
"""More than anybody writes by hand."""
MAX_PAGE_BYTES = 128 * 1024
"""Two hours of speech, written down. Markdown takes time that grows faster than its length."""
MAX_MEASUREMENTS_BYTES = 4 * 1024 * 1024
"""Of some 200,000 brands, a line each."""
_LIMITS = {
    Kind.PAGE: MAX_PAGE_BYTES,
    Kind.PICTURE: MAX_PICTURE_BYTES,
    Kind.ATTACHMENT: MAX_ATTACHMENT_BYTES,
    Kind.MEASUREMENTS: MAX_MEASUREMENTS_BYTES,
}
_SINGLE = ((Kind.APPROVALS, APPROVALS_NAME), (Kind.MEASUREMENTS, MEASUREMENTS_NAME))
_SMALLER = {False: "split it into several files", True: "export it smaller, or as a JPEG"}
_PLACES = (
    (Kind.SECTOR, "sectors/", (".yaml", ".yml")),
    (Kind.BRAND, "brands/", (".yaml", ".yml")),
    (Kind.PAGE, "content/", (".md",)),
)
_WRITTEN = (".yaml", ".yml", ".md")
"""No endings of pictures, nor of what may be handed out."""


class SourceFile(NamedTuple):
    """A file of the portfolio and what it is by its place."""

    kind: Kind
    path: SourcePath


def require_portfolio(paths: Container[SourcePath]) -> None:
    """Raise InputError where there is no portfolio."""
    if CONFIG_NAME not in paths:
        raise InputError(
            f"no portfolio here: there is no {CONFIG_NAME}",
            "go to the portfolio's folder, name it with `omnigrid -C DIR …`, "
            "or make a new one with `omnigrid init DIR`",
        )


def source_files(paths: Iterable[SourcePath]) -> Iterator[SourceFile]:
    """Yield the portfolio's files, sorted within each kind; pictures and downloads come last."""
    yield SourceFile(Kind.CONFIG, CONFIG_NAME)
    ordered = sorted(paths)
    for kind, path in _SINGLE:
        if path in ordered:
            yield SourceFile(kind, path)
    for kind, folder, suffixes in _PLACES:
        for path in _below(ordered, folder):
            if path.endswith(suffixes):
                yield SourceFile(kind, path)
    for pack_id in sorted(pack_ids(ordered)):
        yield SourceFile(Kind.PACK, SourcePath(f"template_packs/{pack_id}/pack.yaml"))
    others = [path for path in ordered if not path.endswith(_WRITTEN)]
    yield from (SourceFile(Kind.PICTURE, path) for path in others if is_picture(path))
    yield from (SourceFile(Kind.ATTACHMENT, path) for path in others if is_attachment(path))


def _below(ordered: Sequence[SourcePath], folder: str) -> Sequence[SourcePath]:
    """Return the paths below a folder, of paths in their order."""
    first = bisect_left(ordered, folder)
    return ordered[first : bisect_left(ordered, f"{folder[:-1]}{chr(ord('/') + 1)}", first)]


def other_files(paths: Iterable[SourcePath]) -> Iterator[SourcePath]:
    """Yield the files below ``content/`` that are neither pages nor pictures nor downloads."""
    beside = (p for p in paths if p.startswith("content/") and not p.endswith(".md"))
    yield from sorted(p for p in beside if not (is_picture(p) or is_attachment(p)))


def pack_ids(paths: Iterable[SourcePath]) -> set[PackId]:
    """Return the folders below ``template_packs/`` that hold files."""
    parts = (path.split("/") for path in paths if path.startswith("template_packs/"))
    return {PackId(part[1]) for part in parts if len(part) > 2 and not part[1].startswith("_")}


def read_bytes(tree: FileTree, source: SourceFile) -> bytes | Finding:
    """Return a file's bytes, or why they cannot be had. Size is bounded before anything else."""
    limit = _LIMITS.get(source.kind, MAX_BYTES)
    try:
        data = tree.read(source.path, limit + 1)
    except FileNotFoundError:
        return _finding(
            source, "OG401", "the file is missing", "every pack has a pack.yaml; see docs/packs.md"
        )
    except OSError as error:
        reason = error.strerror or str(error)
        return _finding(
            source, "OG109", f"cannot be read: {reason}", "put a file there that you may read"
        )
    if len(data) > limit:
        hint = _SMALLER[source.kind is Kind.PICTURE]
        return _finding(source, "OG108", f"larger than {limit // 1024} KiB", hint)
    return data


def read_text(tree: FileTree, source: SourceFile) -> str | Finding:
    """Return a file's text, or why it is not one."""
    data = read_bytes(tree, source)
    return data if isinstance(data, Finding) else _decode(source, data)


def _decode(source: SourceFile, data: bytes) -> str | Finding:
    try:
        return _one_line_end(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # The error's own object: without the byte order mark, from which it counts.
        before = _one_line_end(error.object[: error.start].decode())
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return _finding(
            source,
            "OG109",
            "not readable as UTF-8 text",
            "save the file with the encoding UTF-8, or remove it if it is not a text",
            Span(line, column, column + 1),
        )


def parse_document(source: SourceFile, data: bytes) -> Document | Finding:
    """Return a file's data, or why it has none."""
    # Takes 30 ms to import, and a run that remembers all files needs none of it.
    from omnigrid.load.yaml import YamlFault, parse_yaml, refuse_characters  # noqa: PLC0415

    text = _decode(source, data)
    if isinstance(text, Finding):
        return text
    head, offset, body = text, 0, ""
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
        head, offset, body = parts
    try:
        data = parse_yaml(head)
        offset = text.count("\n", 0, len(text) - len(body))
        refuse_characters(body)
    except YamlFault as fault:
        span = Span(fault.span.line + offset, fault.span.column, fault.span.end_column)
        return _finding(source, fault.code, fault.message, fault.hint, span)
    return Document(source.kind, source.path, data, body, text)


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _finding(
    source: SourceFile, code: str, message: str, hint: str, span: Span | None = None
) -> Finding:
    return Finding(code, message, Place(source.path, span=span or Span(1, 1, 2)), hint)


def read_body(tree: FileTree, page: Page) -> str:
    """Return the Markdown of a page. Raises Transient where it is no longer what was planned."""
    source = SourceFile(Kind.PAGE, page.source)
    text = read_text(tree, source)
    parts = split_front_matter(text) if isinstance(text, str) else None
    if parts is not None:  # What stands above the body has been judged when this was planned.
        known = digest_bytes(parts.body.encode()) if parts.body else ""
        if known == page.body:
            return parts.body
    raise Transient(
        f"{page.source} was changed while the build was at work",
        "nothing was published, and the last build stands; run this again",
    )

"""PDF: the text of its pages, joined to paragraphs; facts of the document.

pypdf is pure Python and has a release every few weeks; what it reads is bounded from outside, by
the time and memory of the process (`child.py`).
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from omnigrid.intake.content import Block, Content, FileKind, Limits, Paragraph
from omnigrid.intake.dates import day_of
from omnigrid.intake.foreign import plain_text
from omnigrid.intake.texts import text_blocks
from omnigrid.model.errors import InputError

_ACTIVE = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE"})
_LEADERS = re.compile(r"(?:[ ]?\.){4,}")
"""Dots that lead from an entry of a table of contents to its page."""
_ARCHIVE = b"PK\x05\x06"
"""The end of a zip archive: a file that is two."""
_LOOKED_AT = 50
"""Pages that are searched for actions; and actions of a page."""
_AGAIN = "open it in a PDF program and print it to a new PDF"
_EDGE = 2
"""Lines at the head and at the foot of a page that may be repeated on others."""
_REPEATED = 0.5
"""A line at the edge of more than this share of the pages is a header or a footer."""


def read_pdf(name: str, data: bytes, limits: Limits) -> Content:
    """Return the text of a PDF. Raises InputError where it is locked or damaged."""
    try:
        return _read(name, data, limits)
    except InputError:
        raise
    except Exception as error:  # Whatever pypdf meets in a file that was made to confuse it.
        raise InputError(f"it is a damaged PDF ({type(error).__name__})", _AGAIN) from error


def _read(name: str, data: bytes, limits: Limits) -> Content:
    from pypdf import PdfReader  # noqa: PLC0415  (takes 60 ms)

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not _opens(reader):
        raise InputError("it is locked with a password", "take the password off and drop it again")
    count = len(reader.pages)
    pages, whole = _texts(reader, count, limits)
    told: Any = reader.metadata or {}
    active = _active(reader, data)
    notes = [] if whole else [f"shown is the beginning, {len(pages)} of {count:,} pages"]
    if not any(pages):
        notes.append("no text was found in it: it may be a scan; write on the page what it says")
    if active:
        notes.append(active)
    return Content(
        name=name,
        kind=FileKind.PDF,
        title=str(told.get("/Title") or "")[:500],
        blocks=tuple(_blocks(pages)),
        date=day_of(str(told.get("/CreationDate") or "")),
        tags=tuple(re.split(r"[,;]", str(told.get("/Keywords") or "")[:1000])),
        facts=("1 page" if count == 1 else f"{count:,} pages",),
        kept=None if active else data,
        notes=tuple(notes),
    )


def _opens(reader: Any) -> bool:
    """Whether a locked PDF opens without a password: many are locked only against changes."""
    try:
        return bool(reader.decrypt(""))
    except Exception:
        return False


def _texts(reader: Any, count: int, limits: Limits) -> tuple[list[str], bool]:
    """Return the texts of the first pages, and whether these are all."""
    found: list[str] = []
    size = 0
    for number in range(min(count, limits.pages)):
        text = _LEADERS.sub(" … ", plain_text(reader.pages[number].extract_text() or ""))
        found.append(text)
        size += len(text)
        if size > limits.text:
            return found, number + 1 == count
    return found, count <= limits.pages


def _blocks(pages: list[str]) -> Iterator[Block]:
    repeated = _repeated_lines(pages)
    for number, page in enumerate(pages):
        lines = [line.rstrip() for line in _lines(page)]
        edges = {*range(_EDGE), *range(len(lines) - _EDGE, len(lines))}
        if number == 0:  # A title that is repeated above each page stands once.
            edges -= set(range(_EDGE))
        lines = [
            line for at, line in enumerate(lines) if at not in edges or _bare(line) not in repeated
        ]
        for block in text_blocks("\n".join(_paragraphed(lines))):
            yield block if not isinstance(block, Paragraph) else Paragraph(_unbroken(block.text))


def _repeated_lines(pages: list[str]) -> frozenset[str]:
    """Return the headers and footers: lines at the edges of most pages, numbers aside."""
    if len(pages) < 2:
        return frozenset()
    edges = (set(map(_bare, [*lines[:_EDGE], *lines[-_EDGE:]])) for lines in map(_lines, pages))
    counted = Counter(line for edge in edges for line in edge)
    return frozenset(line for line, times in counted.items() if times > _REPEATED * len(pages))


def _lines(page: str) -> list[str]:
    return [line for line in page.split("\n") if line.strip()]


def _bare(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split())) if line.strip() else "\0"


def _paragraphed(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines with an empty one where a paragraph ends.

    PDF knows letters and places, but no paragraphs: they end at a short line with a full stop, and
    a shorter line before them is a heading.
    """
    known = list(lines)
    usual = max(map(len, known), default=0)
    ended = True
    for line in known:
        stops = line.endswith((".", "!", "?", ":"))
        heading = ended and not stops and len(line) < 0.5 * usual and line[:1].isupper()
        yield line
        ended = not line.strip() or heading or (stops and len(line) < 0.75 * usual)
        if ended:
            yield ""


def _unbroken(text: str) -> str:
    """Return a paragraph without the hyphens at which lines were broken."""
    return re.sub(r"(?<=[a-zß-ÿ])-[ \n](?=[a-zß-ÿ])", "", text).replace("\n", " ")


def _active(reader: Any, data: bytes) -> str:
    """Return why the original is not kept; nothing where it does no more than show."""
    if _ARCHIVE in data:
        return "the original is not kept: it is two files in one"
    root = reader.trailer["/Root"].get_object()
    names = root.get("/Names")
    held = names.get_object() if names is not None else {}
    first = root.get("/OpenAction")
    acts = "/AA" in root or _acts(first.get_object() if first is not None else None)
    if acts or "/JavaScript" in held or "/EmbeddedFiles" in held or _page_acts(reader):
        return "the original is not kept: it holds programs, other files or actions"
    return ""


def _page_acts(reader: Any) -> bool:
    for number in range(min(len(reader.pages), _LOOKED_AT)):
        page = reader.pages[number]
        if "/AA" in page:
            return True
        notes = page.get("/Annots")
        for note in list(notes.get_object() if notes is not None else ())[:_LOOKED_AT]:
            told = note.get_object()
            if "/AA" in told or _acts(told.get("/A")):
                return True
    return False


def _acts(action: Any) -> bool:
    told = action.get_object() if hasattr(action, "get_object") else action
    return isinstance(told, dict) and (told.get("/S") in _ACTIVE or "/JS" in told)

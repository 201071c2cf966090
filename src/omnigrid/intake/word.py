"""Word files (docx; ECMA-376, WordprocessingML): headings, paragraphs, lists, tables."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from omnigrid.intake.content import (
    Block,
    Content,
    FileKind,
    Heading,
    Item,
    Limits,
    Paragraph,
    Table,
)
from omnigrid.intake.foreign import plain_text
from omnigrid.intake.grids import shown_table
from omnigrid.intake.office import active_parts, core_facts
from omnigrid.intake.package import EnoughRead, Package

_TEXT = "word/document.xml"
_STYLES = "word/styles.xml"
_HEADING = re.compile(r"heading (\d)", re.I)
_LIST = re.compile(r"list (?:bullet|number)(?: (\d))?", re.I)
_REMOVED = frozenset({"del", "moveFrom", "instrText", "fldSimpleData", "Fallback"})
"""What was deleted or is no text."""


def is_word(package: Package) -> bool:
    """Whether an archive is a Word file."""
    return _TEXT in package.names


def read_word(name: str, data: bytes, package: Package, limits: Limits) -> Content:
    """Return the text of a Word file. Raises InputError."""
    reader = _Reader(_styles(package), limits)
    whole = package.parse(_TEXT, reader.start, reader.end, reader.text)
    facts, active = core_facts(package), active_parts(package)
    notes = list(reader.notes)
    if not whole:
        notes.append(f"shown is the beginning, {limits.text:,} characters")
    return Content(
        name=name,
        kind=FileKind.DOCX,
        title=facts.get("title", "") or reader.title,
        blocks=tuple(reader.blocks),
        date=facts.get("date", ""),
        tags=tuple(re.split(r"[,;]", facts.get("keywords", ""))),
        kept=None if active else data,
        notes=(*notes, active) if active else tuple(notes),
    )


class _Styles(NamedTuple):
    """What styles mean, by their ids, which are in any language; their names are not."""

    headings: dict[str, int]
    """Levels of headings, 0 for the title."""
    lists: dict[str, int]
    """Depths of entries of lists."""


def _styles(package: Package) -> _Styles:
    found = _Styles({}, {})
    style = ""

    def start(tag: str, told: Mapping[str, str]) -> None:
        nonlocal style
        if tag == "style":
            style = told.get("styleId", "")
        elif tag == "name" and style:
            _note_style(found, style, told.get("val", ""))

    if _STYLES in package.names:
        package.parse(_STYLES, start, lambda _: None, lambda _: None)
    return found


def _note_style(found: _Styles, style: str, name: str) -> None:
    if level := _HEADING.fullmatch(name):
        found.headings[style] = int(level[1])
    elif name.lower() == "title":
        found.headings[style] = 0
    elif depth := _LIST.fullmatch(name):
        found.lists[style] = int(depth[1] or 1) - 1


class _Reader:
    """Collects blocks while the document goes by."""

    def __init__(self, styles: _Styles, limits: Limits) -> None:
        self.blocks: list[Block] = []
        self.notes: list[str] = []
        self.title = ""
        self._styles, self._limits = styles, limits
        self._words: list[str] = []
        self._style, self._depth = "", -1
        self._tables = self._removed = self._size = 0
        self._cells: list[list[str]] = []
        self._in_text = False

    def start(self, tag: str, told: Mapping[str, str]) -> None:
        if tag in _REMOVED:
            self._removed += 1
        elif tag == "p":
            self._style, self._depth = "", -1
        elif tag == "pStyle":
            self._style = told.get("val", "")
        elif tag == "ilvl":
            self._depth = min(int(told["val"]), 3) if told.get("val", "").isdigit() else 0
        elif tag == "t":
            self._in_text = True
        elif tag in {"br", "cr", "tab"}:
            self._words.append("\n" if tag != "tab" else " ")
        elif tag in {"tbl", "tr", "tc"}:
            self._open_table(tag)

    def end(self, tag: str) -> None:
        if tag in _REMOVED:
            self._removed -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "p":
            self._end_paragraph()
        elif tag == "tbl":
            self._tables -= 1
            if not self._tables:
                self._end_table()

    def text(self, data: str) -> None:
        if self._in_text and not self._removed:
            self._size += len(data)
            self._words.append(data)
            if self._size > self._limits.text:
                raise EnoughRead

    def _open_table(self, tag: str) -> None:
        self._tables += tag == "tbl"
        if self._tables == 1 and tag == "tr":
            self._cells.append([])
        elif self._tables == 1 and tag == "tc" and self._cells:
            self._cells[-1].append("")

    def _end_paragraph(self) -> None:
        text = plain_text("".join(self._words)).strip()
        self._words.clear()
        if self._tables:
            if self._cells and self._cells[-1]:
                self._cells[-1][-1] = f"{self._cells[-1][-1]} {text}".strip()
        elif text:
            self.blocks.append(self._block(text))

    def _block(self, text: str) -> Block:
        level = self._styles.headings.get(self._style)
        if level is None:
            depth = self._styles.lists.get(self._style, -1) if self._depth < 0 else self._depth
            return Paragraph(text) if depth < 0 else Item(text, min(depth, 3))
        if level <= 1 and not self.title:
            self.title = text
        return Heading(max(level, 1), text)

    def _end_table(self) -> None:
        rows, self._cells = [row for row in self._cells if any(row)], []
        if rows:
            table, notes = shown_table(rows, len(rows) - 1, self._limits)
            self.blocks.append(Table(table.rows))
            self.notes += notes

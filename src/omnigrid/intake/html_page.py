"""The main text of an HTML page: headings, paragraphs, lists, tables; no script, no navigation."""

import re
from html.parser import HTMLParser

from omnigrid.intake.content import (
    Block,
    Code,
    Content,
    FileKind,
    Heading,
    Item,
    Limits,
    Paragraph,
)
from omnigrid.intake.dates import day_of
from omnigrid.intake.foreign import decode, plain_text
from omnigrid.intake.grids import shown_table
from omnigrid.model.errors import InputError

_PASSED_OVER = frozenset(
    "script style template noscript svg math iframe object embed nav header footer aside form "
    "button select textarea canvas audio video dialog".split()
)
_BREAKS = frozenset(
    "p div section article main body blockquote ul ol dl dt dd table tr figure figcaption hr "
    "address details summary center".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_DATES = frozenset({"article:published_time", "date", "dc.date", "dcterms.created", "pubdate"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,30})", re.I)
_ENOUGH = 200
"""Characters of <main> or <article> that are taken for the whole."""


def read_html(name: str, data: bytes, limits: Limits) -> Content:
    """Return the main text of a page. Raises InputError where it is no text."""
    reader = _Reader(limits)
    reader.feed(_decoded(data))
    reader.close()
    blocks, cut = reader.main_text()
    notes = [f"shown is the beginning, {limits.text:,} characters"] if cut else []
    return Content(
        name=name,
        kind=FileKind.HTML,
        title=reader.facts.get("title", ""),
        blocks=blocks,
        date=day_of(reader.facts.get("date", "")),
        tags=tuple(re.split(r"[,;]", reader.facts.get("keywords", ""))),
        notes=(*notes, "the original is not kept: a page may hold scripts"),
    )


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data[:2048])
    decoded = decode(data)
    if decoded is None:
        raise InputError("it is no text, whatever its name says", "save the page again")
    if decoded.encoding == "windows-1252" and named:
        try:
            return data.decode(named[1].decode(), errors="replace")
        except LookupError:
            pass
    return decoded.text


class _Reader(HTMLParser):
    """Collects blocks, once over the page; how deep it is nested does not matter."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.facts: dict[str, str] = {}
        self._limits = limits
        self._blocks: list[tuple[bool, Block]] = []
        self._words: list[str] = []
        self._skip = ""
        self._skipped = self._main = self._lists = self._size = 0
        self._kind: str = "p"
        self._rows: list[list[str]] | None = None
        self._in_title = self._cell = False

    def main_text(self) -> tuple[tuple[Block, ...], bool]:
        """Return the blocks of the page, and whether it has more."""
        self._end_block()
        main = tuple(block for inside, block in self._blocks if inside)
        enough = sum(len(getattr(block, "text", "")) for block in main) > _ENOUGH
        blocks = main if enough else tuple(block for _, block in self._blocks)
        return blocks, self._size > self._limits.text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skip:
            self._skipped += tag == self._skip
        elif tag in _PASSED_OVER:
            self._skip, self._skipped = ("", 0) if tag in _VOID else (tag, 1)
        elif tag == "title":
            self._in_title = "title" not in self.facts
        elif tag == "meta":
            self._note({name: value or "" for name, value in attrs})
        else:
            self._open(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            self._skipped -= tag == self._skip
            self._skip = self._skip if self._skipped else ""
        elif tag == "title":
            self._in_title = False
        else:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.facts["title"] = self.facts.get("title", "") + data[:500]
        elif not self._skip and self._size <= self._limits.text:
            self._size += len(data)
            self._words.append(data)

    def _note(self, told: dict[str, str]) -> None:
        name = (told.get("name") or told.get("property") or "").lower()
        if name in _DATES:
            self.facts.setdefault("date", told.get("content", "")[:40])
        elif name == "keywords":
            self.facts.setdefault("keywords", told.get("content", "")[:1000])

    def _open(self, tag: str) -> None:
        if tag in _HEADINGS or tag in _BREAKS or tag in {"li", "pre"}:
            self._end_block()
            self._kind = tag if tag in _HEADINGS or tag in {"li", "pre"} else "p"
        if tag in {"main", "article"}:
            self._main += 1
        elif tag in {"ul", "ol"}:
            self._lists += 1
        elif tag == "br":
            self._words.append("\n" if self._kind == "pre" else " ")
        elif tag == "table":
            self._rows = []
        elif tag in {"tr", "td", "th"} and self._rows is not None:
            self._open_cell(tag)

    def _open_cell(self, tag: str) -> None:
        """Begin a row or a cell; the end tag of the one before may be left out (HTML, 13.1.2.4)."""
        assert self._rows is not None  # noqa: S101  (the caller asks)
        self._end_cell()
        self._words.clear()
        if tag == "tr" or not self._rows:
            self._rows.append([])
        self._cell = tag != "tr"

    def _end_cell(self) -> None:
        if self._cell and self._rows:
            self._rows[-1].append(self._taken())
        self._cell = False

    def _close(self, tag: str) -> None:
        if tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag == "table" and self._rows is not None:
            self._end_cell()
            rows, self._rows = [row for row in self._rows if row], None
            if rows:
                self._add(shown_table(rows, len(rows) - 1, self._limits)[0])
        elif tag in _HEADINGS or tag in _BREAKS or tag in {"li", "pre"}:
            self._end_block()
        if tag in {"main", "article"}:
            self._main = max(self._main - 1, 0)
        elif tag in {"ul", "ol"}:
            self._lists = max(self._lists - 1, 0)

    def _end_block(self) -> None:
        if self._cell:
            return
        code = self._kind == "pre"
        text = plain_text("".join(self._words)).strip("\n") if code else self._taken()
        self._words.clear()
        kind, self._kind = self._kind, "p"
        if not text.strip():
            return
        if kind in _HEADINGS:
            self._add(Heading(_HEADINGS[kind], text))
        elif kind == "li":
            self._add(Item(text, min(max(self._lists - 1, 0), 3)))
        else:
            self._add(Code(text) if code else Paragraph(text))

    def _taken(self) -> str:
        text = " ".join(plain_text("".join(self._words)).split())
        self._words.clear()
        return text

    def _add(self, block: Block) -> None:
        self._blocks.append((self._main > 0, block))

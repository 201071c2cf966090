"""Excel files (xlsx; ECMA-376, SpreadsheetML): the sheets that are shown, as tables."""

import datetime as dt
import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

from omnigrid.intake.content import Block, Content, FileKind, Heading, Limits
from omnigrid.intake.foreign import secrets_in
from omnigrid.intake.grids import described, listed, shown_table
from omnigrid.intake.office import active_parts, core_facts
from omnigrid.intake.package import EnoughRead, Package

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_MAX_STRINGS = 200_000
_MAX_COUNTED = 200_000
"""Rows of a sheet that are counted."""
_MAX_SHEETS = 6
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Numbers of formats that show a date or a time (ECMA-376, 18.8.30)."""
_DATE_CODE = re.compile(r"(?:\[[^\]]*\]|\"[^\"]*\"|\\.|[^\[\"\\dmyhs])*[dmyh]", re.I)
_CELL = re.compile(r"([A-Z]{1,3})\d+")
_CUT = "…"


class _Sheet(NamedTuple):
    name: str
    part: str


def is_workbook(package: Package) -> bool:
    """Whether an archive is an Excel file."""
    return _BOOK in package.names


def read_workbook(name: str, data: bytes, package: Package, limits: Limits) -> Content:
    """Return the tables of an Excel file. Raises InputError."""
    sheets, hidden, old_epoch = _sheets(package)
    strings, dates = _strings(package), _date_styles(package)
    blocks: list[Block] = []
    notes: list[str] = []
    told: list[tuple[str, str]] = []
    for sheet in sheets[:_MAX_SHEETS]:
        reader = _Rows(strings, dates, limits, old_epoch=old_epoch)
        whole = package.parse(sheet.part, reader.start, reader.end, reader.text)
        if not reader.rows:
            continue
        table, left = shown_table(reader.rows, reader.count - 1, limits)
        blocks += [Heading(2, sheet.name), table]
        more = "" if whole else " or more"
        notes += [f'sheet "{sheet.name}": {each}{more}' for each in left]
        told.append(described(reader.rows[0], reader.count - 1))
    if hidden or len(sheets) > _MAX_SHEETS:
        left_out = hidden + max(len(sheets) - _MAX_SHEETS, 0)
        notes.append(f"{left_out} sheets are not shown, as they are hidden or too many")
    facts, active = core_facts(package), active_parts(package)
    return Content(
        name=name,
        kind=FileKind.XLSX,
        title=facts.get("title", ""),
        blocks=tuple(blocks if len(told) > 1 else blocks[1:]),
        about=_about(told, [each.text for each in blocks if isinstance(each, Heading)]),
        subject="; ".join(subject for _, subject in told[:2]),
        date=facts.get("date", ""),
        facts=(f"{len(told)} tables",) if len(told) > 1 else (),
        kept=None if active else data,
        secrets=secrets_in("\n".join(strings)),
        notes=(*notes, active) if active else tuple(notes),
    )


def _about(told: list[tuple[str, str]], sheets: list[str]) -> str:
    if len(told) > 1:
        return f"A workbook with {len(told)} tables: {listed(sheets)}."
    return told[0][0] if told else "A workbook without a table."


def _sheets(package: Package) -> tuple[list[_Sheet], int, bool]:
    """Return the sheets that are shown, how many are hidden, and whether days count from 1904."""
    parts = _targets(package)
    shown: list[_Sheet] = []
    hidden, old_epoch = 0, False

    def start(tag: str, told: Mapping[str, str]) -> None:
        nonlocal hidden, old_epoch
        if tag == "workbookPr":
            old_epoch = told.get("date1904") in {"1", "true"}
        elif tag == "sheet" and told.get("state", "visible") != "visible":
            hidden += 1
        elif tag == "sheet" and parts.get(told.get("id", "")) in package.names:
            shown.append(_Sheet(told.get("name", ""), parts[told["id"]]))

    package.parse(_BOOK, start, lambda _: None, lambda _: None)
    return shown, hidden, old_epoch


def _targets(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(tag: str, told: Mapping[str, str]) -> None:
        if tag == "Relationship" and told.get("Type", "").endswith("/worksheet"):
            target = told.get("Target", "")
            found[told.get("Id", "")] = posixpath.normpath(
                target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            )

    if _LINKS in package.names:
        package.parse(_LINKS, start, lambda _: None, lambda _: None)
    return found


def _strings(package: Package) -> list[str]:
    """Return the texts that cells name by number."""
    found: list[str] = []
    words: list[str] = []
    inside = {"si": False, "t": False, "rPh": False}

    def start(tag: str, _told: Mapping[str, str]) -> None:
        if tag in inside:
            inside[tag] = True
        if len(found) >= _MAX_STRINGS:
            raise EnoughRead

    def end(tag: str) -> None:
        if tag == "si":
            found.append("".join(words)[:2000])
            words.clear()
        if tag in inside:
            inside[tag] = False

    def text(data: str) -> None:
        if inside["t"] and not inside["rPh"]:  # What is no reading aid of a Japanese word.
            words.append(data)

    if _STRINGS in package.names:
        package.parse(_STRINGS, start, end, text)
    return found


def _date_styles(package: Package) -> frozenset[int]:
    """Return the numbers of the cell styles that show dates."""
    codes: set[int] = set(_DATE_FORMATS)
    styles: list[int] = []
    inside = False

    def start(tag: str, told: Mapping[str, str]) -> None:
        nonlocal inside
        number = told.get("numFmtId", "")
        if tag == "numFmt" and number.isdigit() and _DATE_CODE.match(told.get("formatCode", "")):
            codes.add(int(number))
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            styles.append(int(number) if number.isdigit() else 0)

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    if _STYLES in package.names:
        package.parse(_STYLES, start, end, lambda _: None)
    return frozenset(at for at, code in enumerate(styles) if code in codes)


class _Rows:
    """Collects the first rows of a sheet and counts the others; gaps between rows count nothing."""

    def __init__(
        self, strings: list[str], dates: frozenset[int], limits: Limits, *, old_epoch: bool
    ) -> None:
        self.rows: list[list[str]] = []
        self.count = 0
        self._strings, self._dates, self._limits = strings, dates, limits
        self._first = dt.datetime(1904, 1, 1) if old_epoch else dt.datetime(1899, 12, 30)
        self._row: dict[int, str] = {}
        self._words: list[str] = []
        self._column, self._type, self._style = 0, "", 0
        self._in_value = False

    def start(self, tag: str, told: Mapping[str, str]) -> None:
        if tag == "row":
            self._row = {}
            self._column = -1
        elif tag == "c":
            place = _CELL.match(told.get("r", ""))
            self._column = _number(place[1]) if place else self._column + 1
            style = told.get("s", "")
            self._type, self._style = told.get("t", "n"), int(style) if style.isdigit() else 0
            self._words.clear()
        elif tag in {"v", "t"}:
            self._in_value = True

    def end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self._in_value = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row" and any(self._row.values()):
            self.count += 1
            if len(self.rows) <= self._limits.rows:
                self.rows.append([self._row.get(at, "") for at in range(max(self._row) + 1)])
            if self.count > _MAX_COUNTED:
                raise EnoughRead

    def text(self, data: str) -> None:
        if self._in_value and len(self._words) < 100:
            self._words.append(data[:2000])

    def _end_cell(self) -> None:
        text = "".join(self._words)
        if text and self._column <= 4 * self._limits.columns and self.count <= self._limits.rows:
            self._row[self._column] = self._shown(text)
        elif text:
            self._row[0] = self._row.get(0, "") or _CUT

    def _shown(self, text: str) -> str:
        if self._type == "s":
            known = text.isdigit() and int(text[:9]) < len(self._strings)
            return self._strings[int(text[:9])] if known else _CUT
        if self._type == "b":
            return "yes" if text == "1" else "no"
        if self._type != "n":
            return text
        return self._date(text) if self._style in self._dates else _written(text)

    def _date(self, text: str) -> str:
        try:
            when = self._first + dt.timedelta(days=round(float(text), 5))
        except (ValueError, OverflowError):
            return text
        if when.date() == self._first.date():
            return f"{when:%H:%M}"
        return when.date().isoformat() if when.time() == dt.time() else f"{when:%Y-%m-%d %H:%M}"


def _written(number: str) -> str:
    """Return a number as people write it: files hold 0.3 as 0.30000000000000004."""
    try:
        return f"{float(number):.12g}" if "." in number else number
    except ValueError:
        return number


def _number(letters: str) -> int:
    """Return the number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1

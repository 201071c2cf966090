"""Comma- and tab-separated values (RFC 4180), whatever separates them."""

import csv
import re
from collections.abc import Iterator

from omnigrid.intake.content import Content, FileKind, Limits
from omnigrid.intake.foreign import decode, one_line, secrets_in
from omnigrid.intake.grids import described, shown_table
from omnigrid.model.errors import InputError

_SEPARATORS = (",", ";", "\t", "|")
_TRIED = 20
"""Lines by which a separator is told."""
_LONGEST = 65_536
"""Characters of a row: a table of one endless line is none."""
_RUN = re.compile(r"\s*[=@]|\s*[+\-](?![\d.,\s]*%?$)[^\s].*[(|!]")
"""A cell that spreadsheet programs run (OWASP, "CSV Injection"); a number is none."""


def read_delimited(name: str, kind: FileKind, data: bytes, limits: Limits) -> Content:
    """Return the table of a file. Raises InputError where it is none."""
    decoded = decode(data)
    if decoded is None:
        raise InputError("it is no text, whatever its name says", "save the table as CSV again")
    text = decoded.text.lstrip("\ufeff")
    separator = "\t" if kind is FileKind.TSV else delimiter_of(text) or ","
    rows: list[list[str]] = []
    count, runs = -1, False
    for row in _rows(text, separator):
        count += 1
        runs = runs or any(map(_RUN.match, row))
        if count <= limits.rows:
            rows.append(row)
    table, notes = shown_table(rows, count, limits)
    if decoded.encoding not in {"utf-8", "utf-8-sig"}:
        notes = (*notes, f"read as {decoded.encoding}: see that letters with accents are right")
    if runs:
        why = "the original is not kept: it holds cells that a spreadsheet program would run"
        notes = (*notes, why)
    about, subject = described(rows[0] if rows else [], count)
    return Content(
        name=name,
        kind=kind,
        blocks=(table,) if table.rows else (),
        about=about,
        subject=subject,
        facts=(f"{count:,} rows",),
        kept=None if runs else data,
        secrets=secrets_in(text),
        notes=notes,
    )


def delimiter_of(text: str) -> str:
    """Return what separates the cells of a table; nothing where the text is none."""
    first = _with_one_line_end(text[:_LONGEST]).split("\n", _TRIED)[:_TRIED]
    lines = [line for line in first if line.strip()]
    for separator in sorted(_SEPARATORS, key=lambda each: -lines[0].count(each)) if lines else ():
        counts = {len(row) for row in csv.reader(lines, delimiter=separator)}
        if len(counts) == 1 and counts.pop() > 1 and len(lines) > 1:
            return separator
    return ""


def _with_one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    lines = (line[:_LONGEST] for line in _with_one_line_end(text).split("\n"))
    csv.field_size_limit(_LONGEST * 4)
    try:
        for row in csv.reader((f"{line}\n" for line in lines), delimiter=separator):
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error as error:
        raise InputError(
            f"it is no table: {one_line(str(error))}", "save it as CSV again"
        ) from None

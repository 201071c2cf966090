"""Tables as a page shows them: few rows, few columns, short cells; and what they are about."""

from collections.abc import Sequence

from omnigrid.intake.content import Limits, Table
from omnigrid.intake.foreign import one_line

CELL = 80
"""Characters of a cell that are shown."""
_NAMED = 6
"""Columns that a sentence names."""


def shown_table(
    rows: Sequence[Sequence[str]], count: int, limits: Limits
) -> tuple[Table, tuple[str, ...]]:
    """Return the part of a table that is shown, and what is left out.

    The first of the ``rows`` names the columns; ``count`` is how many there are below it.
    """
    width = max((len(row) for row in rows[: limits.rows + 1]), default=0)
    columns = min(width, limits.columns)
    shown = tuple(
        tuple(one_line(cell, CELL) for cell in (*row[:columns], *[""] * (columns - len(row))))
        for row in rows[: limits.rows + 1]
    )
    notes = []
    if count > limits.rows:
        notes.append(f"shown are the first {limits.rows:,} of {count:,} rows")
    if width > columns:
        notes.append(f"shown are the first {columns} of {width:,} columns")
    return Table(shown), tuple(notes)


def described(header: Sequence[str], count: int) -> tuple[str, str]:
    """Return a sentence about a table, and what it is about in a few words."""
    names = [one_line(cell, 40) for cell in header if cell.strip()]
    subject = listed(names)
    rows = "1 row" if count == 1 else f"{max(count, 0):,} rows"
    columns = "1 column" if len(header) == 1 else f"{len(header):,} columns"
    return f"A table with {rows} and {columns}{': ' if subject else ''}{subject}.", subject


def listed(names: Sequence[str]) -> str:
    """Return the first few of some names as words."""
    few = ", ".join(names[:_NAMED])
    return f"{few} and {len(names) - _NAMED} more" if len(names) > _NAMED else few

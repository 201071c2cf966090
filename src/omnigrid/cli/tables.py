"""Columns of text."""

from collections.abc import Sequence


def columns(rows: Sequence[Sequence[str]], header: Sequence[str] = ()) -> str:
    """Return rows with their cells lined up, two spaces between columns."""
    everything = [header, *rows] if header else list(rows)
    if not everything:
        return ""
    widths = [max(len(row[i]) for row in everything) for i in range(len(everything[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in everything
    )


def number(value: int) -> str:
    """Return a number with separators of thousands."""
    return f"{value:,}"


def counted(value: int, noun: str) -> str:
    """Return a number and its noun: ``1 file``, ``1,192 files``."""
    return f"{value:,} {noun}{'' if value == 1 else 's'}"

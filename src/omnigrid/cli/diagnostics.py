"""Diagnostics as people read them: place, message, source line with a caret, hint."""

import unicodedata
from collections.abc import Sequence

import click

from omnigrid.model.findings import Diagnostic, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
MAX_LINE = 160
"""A longer source line is cut around its fault."""


def full_text(diagnostic: Diagnostic) -> str:
    """Return the whole diagnostic, over several lines."""
    head = concise_text(diagnostic)
    parts = [head, *_snippet(diagnostic)]
    if diagnostic.hint:
        parts.append(f"{click.style('hint:', bold=True)} {diagnostic.hint}")
    return "\n".join(parts)


def plain_text(diagnostic: Diagnostic) -> str:
    """Return the whole diagnostic without colours, for files and other programs."""
    return click.unstyle(full_text(diagnostic))


def concise_text(diagnostic: Diagnostic) -> str:
    """Return the diagnostic on one line."""
    span = diagnostic.span
    place = click.style(f"{diagnostic.path}:{span.line}:{span.column}:", bold=True)
    label = click.style(
        f"{diagnostic.severity}[{diagnostic.code}]", fg=_COLOURS[diagnostic.severity], bold=True
    )
    return f"{place} {label}: {diagnostic.message}"


def _snippet(diagnostic: Diagnostic) -> list[str]:
    line, before, marks = marked_line(diagnostic)
    if not line:
        return []
    number = str(diagnostic.span.line).rjust(5)
    blank = " " * len(number)
    caret = click.style(marks, fg=_COLOURS[diagnostic.severity], bold=True)
    return [f"{number} | {line}", f"{blank} | {before}{caret}"]


def marked_line(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """Return the source line, the blanks before its fault, and the marks below that.

    All empty where there is no such line.
    """
    if not diagnostic.snippet.strip():
        return "", "", ""
    span = diagnostic.span
    line, start = _window(diagnostic.snippet, span.column - 1)
    before = line[: span.column - 1 - start]
    marked = line[span.column - 1 - start : span.end_column - 1 - start]
    return line, " " * _width(before), "^" * max(_width(marked), 1)


def _window(line: str, column: int) -> tuple[str, int]:
    """Return the part of a line that is shown and where it starts; tabs as one space."""
    plain = "".join(" " if c == "\t" else c if c.isprintable() else "�" for c in line)
    if len(plain) <= MAX_LINE:
        return plain.rstrip(), 0
    start = max(0, min(column - MAX_LINE // 2, len(plain) - MAX_LINE))
    return plain[start : start + MAX_LINE].rstrip(), start


def _width(text: str) -> int:
    """Return how many columns a text takes on a terminal (Unicode TR11; marks take none)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many errors and warnings there are, in words."""
    counts = [
        (sum(d.severity is severity for d in diagnostics), severity.value) for severity in Severity
    ]
    said = [f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts if count]
    return " and ".join(said) or "no faults"

"""Bounds of Markdown, so that no page takes long, or much memory, to be rendered.

Python-Markdown reads a paragraph again for each sign that might begin something: its time grows
with the signs times the length of the paragraph, with brackets that are never closed, with the
cells that a wide table promises, and its stack with the depth of lists. Each is bounded here, far
above what people write. What the bounds let through is rendered in a second or two.

They hold for both dialects. comrak reads all text in linear time, but the sanitiser after it is
slow where quotations or tags are nested by the hundred. What is code for one dialect may be text
for the other, so that looser bounds hold for code as well.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from omnigrid.model.findings import Finding, Place, Span
from omnigrid.model.source import Document, Kind

MAX_LINES = 10_000
MAX_DEPTH = 20
MAX_OPEN = 30
MAX_COLUMNS = 60
MAX_PARTS = 300
"""Footnotes and the like; and lines around blocks of code."""
MAX_WORK = 40_000_000
"""Signs times characters, summed over the paragraphs of a page."""
MAX_MARKS = 200
MAX_TAGS = 10_000
MAX_CELLS = MAX_COLUMNS * MAX_LINES
"""Bounds of code: marks at the beginning of a line, signs < of a page, columns times lines."""

_FENCE = re.compile(
    r"^(?P<fence>~{3,}|`{3,})[ ]*\.?[\w#.+-]*[ ]*\n.*?(?<=\n)(?P=fence)[ ]*$", re.M | re.S
)
"""A block of code, as the extension fenced_code of Python-Markdown sees it."""
_FENCE_LINE = re.compile(r"^(?:~{3}|`{3})", re.M)
_ODD_FENCE = re.compile(r"^(?:~{3}|`{3})[^\n]*[{=]", re.M)
"""May be the beginning of a block of code, or not: then nothing is taken for code."""
_LEAD = re.compile(r"(?:[\s>]|[-+*:](?=\s)|\d+[.)](?=\s))*")
_DEEP = re.compile(r"^(?=[\s>*+:-]|\d+[.)])(?:[\s>]|[-+*:](?=\s)|\d+[.)](?=\s)){5}", re.M)
"""A line that may be nested deeply."""
_MARK = re.compile(r"[^\s\d]")
_SIGNS = re.compile(r"[*_`<&\\!\[#=~|^{]|  $|^[ ]{0,3}(?:[:>+-]|\d+\.)", re.M)
_NOTE = re.compile(r"^[ ]{0,3}\*?\[[^\]\n]*\][ ]?:|\[\^", re.M)
_CODE = re.compile(r"(?<!\\)(?:\\\\)*(`+)(.+?)(?<!`)\1(?!`)", re.S)
_ESCAPED = re.compile(r"\\.")
_SHORTER = "make the line shorter, or several pages of this one"
_DESTINATION = re.compile(r"\]\((?!(?:<[^<>\n]*>|[^()<>\"'\n]|\([^()\n]*\))*[^()\n]*\))")


class _Limit(NamedTuple):
    """A limit that a page breaks: on which line of its Markdown (from 0), and how."""

    line: int
    message: str
    hint: str


def check_tangles(documents: Iterable[Document]) -> Iterator[Finding]:
    """Yield the first limit that each page breaks."""
    for document in documents:
        if document.kind is Kind.PAGE:
            first = document.text.count("\n", 0, len(document.text) - len(document.body)) + 1
            for limit in () if _is_simple(document.body) else _broken(document.body):
                line = first + limit.line
                place = Place(document.path, span=Span(line, 1, 2))
                yield Finding("OG224", limit.message, place, limit.hint)
                break


def _is_simple(body: str) -> bool:
    """Whether no limit can be broken, told at a glance: as of nearly all pages."""
    return (
        2 * len(body) ** 2 < MAX_WORK
        and "\t" not in body
        and body.count("\n") < MAX_PARTS
        and body.count("[") <= min(MAX_OPEN, MAX_PARTS)
        and body.count("|") <= MAX_COLUMNS
        and not _DEEP.search(body)
    )


def _broken(body: str) -> Iterator[_Limit]:
    body = body.expandtabs(4)
    count = body.count("\n") + 1
    if count > MAX_LINES:
        yield _Limit(
            MAX_LINES,
            f"the page has {count:,} lines, more than {MAX_LINES:,}",
            "make several pages of it",
        )
    yield from _many(_FENCE_LINE, body, "beginnings and ends of blocks of code")
    prose = body if _ODD_FENCE.search(body) else _FENCE.sub(_line_ends, body)
    yield from _nested(prose)
    yield from _wide_table(prose)
    yield from _many(_NOTE, prose, "footnotes, addresses and abbreviations")
    yield from _work(prose)
    yield from _open_brackets(prose)
    yield from _hidden(body)


def _line_ends(code: re.Match[str]) -> str:
    """Return nothing of a stretch of code but its line ends, so that lines can be counted."""
    return "\n" * code.group().count("\n")


def _nested(prose: str) -> Iterator[_Limit]:
    for number, line in enumerate(prose.split("\n")):
        lead = _LEAD.match(line)
        marks = lead.group() if lead else ""
        if len(marks) > MAX_DEPTH and _depth(marks) > MAX_DEPTH:
            yield _Limit(
                number,
                f"this line is nested more than {MAX_DEPTH} levels deep",
                "remove spaces, hyphens or signs > at its beginning",
            )


def _depth(marks: str) -> int:
    """Return how deep the beginning of a line may lead: a level for four spaces, or for a sign."""
    return marks.count(" ") // 4 + len(_MARK.findall(marks))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each stretch without empty lines, and the line on which it begins."""
    lines = enumerate(text.split("\n"))
    for empty, group in groupby(lines, lambda each: not each[1].strip()):
        if not empty:
            numbers, stretch = zip(*group, strict=True)
            yield numbers[0], "\n".join(stretch)


def _open_brackets(prose: str) -> Iterator[_Limit]:
    if prose.count("[") <= MAX_OPEN:
        return
    depth = odd = 0
    for line, paragraph in _paragraphs(prose):
        plain = _ESCAPED.sub("  ", _CODE.sub(_line_ends, paragraph))
        odd += len(_DESTINATION.findall(plain))
        for found in re.finditer(r"[\[\]]", plain):
            depth = max(depth + (1 if found.group() == "[" else -1), 0)
            if max(depth, odd) > MAX_OPEN:
                yield _Limit(
                    line + plain.count("\n", 0, found.start()),
                    f"more than {MAX_OPEN} brackets are opened up to here and never closed",
                    "close each [ with ] and each ]( with ), or write \\[ for a mere sign",
                )
                return


def _many(pattern: re.Pattern[str], text: str, what: str) -> Iterator[_Limit]:
    found = list(pattern.finditer(text))
    if len(found) > MAX_PARTS:
        yield _Limit(
            text.count("\n", 0, found[MAX_PARTS].start()),
            f"the page has {len(found):,} {what}, more than {MAX_PARTS}",
            "make several pages of it",
        )


def _wide_table(prose: str) -> Iterator[_Limit]:
    for number, line in enumerate(prose.split("\n")):
        if line.count("|") > MAX_COLUMNS:
            yield _Limit(
                number,
                f"a table with more than {MAX_COLUMNS} columns",
                "turn the table round, or make several tables of it",
            )


def _work(prose: str) -> Iterator[_Limit]:
    work = [
        (len(_SIGNS.findall(paragraph)) * len(paragraph), line)
        for line, paragraph in _paragraphs(prose)
    ]
    # Tags are looked for in the whole page, all other signs in their paragraph.
    tags = prose.count("<") * len(prose)
    if tags + sum(each for each, _ in work) > MAX_WORK:
        _, line = max(work, key=lambda each: each[0])
        yield _Limit(
            line,
            "this paragraph is too long for the many signs (such as *, [, < and `) in it",
            "divide it by empty lines, or make several pages of it",
        )


def _hidden(body: str) -> Iterator[_Limit]:
    """Yield what would take long if the other dialect did not take it for code."""
    lines, tags = body.split("\n"), 0
    for number, line in enumerate(lines):
        tags += line.count("<")
        lead = _LEAD.match(line)
        if lead and len(_MARK.findall(lead.group())) > MAX_MARKS:
            yield _Limit(number, f"this line begins with more than {MAX_MARKS} marks", _SHORTER)
        elif line.count("|") * len(lines) > MAX_CELLS:
            yield _Limit(number, "too many signs | for a page of so many lines", _SHORTER)
        elif tags > MAX_TAGS:
            yield _Limit(number, f"more than {MAX_TAGS:,} signs < up to here", _SHORTER)

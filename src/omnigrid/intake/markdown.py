"""Blocks of foreign text as Markdown in which nothing has a meaning but what we put there."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never

from omnigrid.intake.content import Block, Code, Heading, Item, Paragraph, Table

MAX_BYTES = 100 * 1024
"""Of a page's text: a little less than a page may have."""
_MAX_WORK = 25_000_000
"""Signs times characters, summed over paragraphs: more takes a converter long."""
_MAX_LINES = 5000
_LONGEST = 1200
"""Characters of a paragraph; a longer one is divided between sentences."""
_ALWAYS = re.compile(
    r"[\\`*\[\]{}<>|~^]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,40};)|!(?=\[)|\#(?=\#*$)"
)
_FIRST = re.compile(r"(?P<sign>[#+\-=:>])|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)")
_ENTITIES = {sign: f"&#{ord(sign)};" for sign in "<>&|~^=:"}
_SIGNS = re.compile(r"[*_`<&\\!\[#=~|^{]")


class Written(NamedTuple):
    """Markdown, and whether there was more than a page may have."""

    text: str
    cut: bool


def written(blocks: Iterable[Block]) -> Written:
    """Return blocks as the body of a page."""
    parts: list[str] = []
    size = work = lines = 0
    in_list = False
    for text, is_item in _parts(blocks):
        size += len(text.encode()) + 2
        work += len(_SIGNS.findall(text)) * len(text)
        lines += text.count("\n") + 2
        if size > MAX_BYTES or work > _MAX_WORK or lines > _MAX_LINES:
            return Written("".join(parts), True)
        if parts:
            parts.append("\n" if is_item and in_list else "\n\n")
        parts.append(text)
        in_list = is_item
    return Written("".join(parts), False)


def _parts(blocks: Iterable[Block]) -> Iterator[tuple[str, bool]]:
    """Yield the text of each block, and whether it is an item of a list."""
    for block in blocks:
        match block:
            case Heading(level=level, text=text):
                yield f"{'#' * min(max(level, 1) + 1, 6)} {escaped(' '.join(text.split()))}", False
            case Paragraph(text=text):
                yield from ((each, False) for each in _paragraphs(text))
            case Item(text=text, depth=depth, numbered=numbered):
                mark = "1." if numbered else "-"
                yield f"{'    ' * depth}{mark} {escaped(_first(text))}", True
            case Code(text=text):
                yield "\n".join(f"    {line}" for line in text.split("\n")), False
            case Table(rows=rows):
                yield _table(rows), False
            case _:
                assert_never(block)


def escaped(text: str) -> str:
    """Return one line of text for Markdown, in which every sign stands for itself.

    A backslash serves where both dialects know it, else the sign's number.
    """
    line = _ALWAYS.sub(lambda found: _ENTITIES.get(found[0]) or f"\\{found[0]}", text.strip())
    return _FIRST.sub(_first_sign, line, count=1) if _FIRST.match(line) else line


def _first_sign(found: re.Match[str]) -> str:
    if found["number"]:
        return f"{found['number']}\\{found['dot']}"
    return _ENTITIES.get(found["sign"]) or f"\\{found['sign']}"


def _first(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _paragraphs(text: str) -> Iterator[str]:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [line for line in lines if line]
    if len(lines) > 1 and sum(map(len, lines)) <= _LONGEST:
        yield "  \n".join(map(escaped, lines))
    else:
        for part in _divided(" ".join(lines)):
            yield escaped(part)


def _divided(line: str) -> Iterator[str]:
    while len(line) > _LONGEST:
        head = line[:_LONGEST]
        ends = [found.start() for found in re.finditer(r"(?<=[.!?。]) ", head)]
        at = ends[-1] if ends else head.rfind(" ")
        at = at if at > _LONGEST // 3 else _LONGEST
        yield line[:at]
        line = line[at:].strip()
    if line:
        yield line


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    width = max(map(len, rows), default=0)
    lines = [_row((*row, *[""] * (width - len(row)))) for row in rows]
    return "\n".join([lines[0], _row(["---"] * width, plain=True), *lines[1:]]) if width else ""


def _row(cells: Iterable[str], *, plain: bool = False) -> str:
    shown = cells if plain else (escaped(" ".join(cell.split())) for cell in cells)
    return f"| {' | '.join(shown)} |"

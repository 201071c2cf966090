"""Reliability diagrams: how often an answer is right, by how sure it is."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benching.matching.figures import BINS, Bin

_SIDE, _EDGE = 400, 60
"""Pixels of the square that holds the bars, and of what is left around it."""
_INK, _BAR, _LINE, _GRID = "#222222", "#7fa7d1", "#c0392b", "#dddddd"


def draw(path: Path, panels: Mapping[str, Sequence[Bin]]) -> None:
    """Write a PNG with a panel for each contestant: bars, and the line where they should end."""
    drawing = import_module("PIL.ImageDraw")
    images = import_module("PIL.Image")
    width = len(panels) * (_SIDE + _EDGE) + _EDGE
    image = images.new("RGB", (width, _SIDE + 2 * _EDGE), "white")
    pen = drawing.Draw(image)
    for number, (title, found) in enumerate(panels.items()):
        _panel(pen, _EDGE + number * (_SIDE + _EDGE), title, found)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, optimize=True)


def _panel(pen: Any, left: int, title: str, found: Sequence[Bin]) -> None:
    top, bottom = _EDGE, _EDGE + _SIDE
    _scale(pen, left)
    for number, each in enumerate(found):
        if each.answers:
            _bar(pen, left + number * _SIDE // BINS, each)
    pen.line((left, bottom, left + _SIDE, top), fill=_LINE, width=2)
    pen.rectangle((left, top, left + _SIDE, bottom), outline=_INK)
    _write(pen, (left + _SIDE // 2, top // 2), title, 16)
    _write(pen, (left + _SIDE // 2, bottom + 44), "confidence (answers above each bar)", 12)


def _bar(pen: Any, left: int, each: Bin) -> None:
    bottom, wide = _EDGE + _SIDE, _SIDE // BINS
    high = bottom - round(each.right * _SIDE)
    pen.rectangle((left + 2, high, left + wide - 2, bottom), fill=_BAR)
    _write(pen, (left + wide // 2, max(high - 9, _EDGE + 9)), str(each.answers), 12)


def _scale(pen: Any, left: int) -> None:
    bottom = _EDGE + _SIDE
    for share in range(0, 101, 20):
        way = share * _SIDE // 100
        pen.line((left, bottom - way, left + _SIDE, bottom - way), fill=_GRID)
        _write(pen, (left - 20, bottom - way), str(share), 12)
        _write(pen, (left + way, bottom + 16), str(share), 12)


def _write(pen: Any, centre: tuple[int, int], text: str, size: int) -> None:
    font = import_module("PIL.ImageFont").load_default(size)
    pen.text(centre, text, fill=_INK, font=font, anchor="mm")

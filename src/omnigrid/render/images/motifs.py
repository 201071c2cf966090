"""Eight ornaments, each for the subject of a type of site: masks, drawn once in each process."""

from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw

SIZE = (400, 630)
"""Width and height of an ornament, in pixels: the right third of a card."""
_FINE = 2
"""Drawn so many times as large, then reduced: edges are soft."""
_WIDE, _HIGH = SIZE[0] * _FINE, SIZE[1] * _FINE
_FULL, _HALF, _FAINT = 255, 170, 85
Pen = ImageDraw.ImageDraw
Motif = Callable[[Pen], None]


def _ledger(pen: Pen) -> None:
    """Rows of a register; most are ticked."""
    for row in range(6):
        top = 160 + row * 164
        box = (92, top + 30, 151, top + 89)
        pen.rectangle((60, top, _WIDE, top + 119), fill=_FAINT)
        pen.rectangle(box, fill=_HALF if row in {2, 4} else _FULL)
        for bar, length in enumerate((330 - 30 * (row % 3), 180 + 40 * row)):
            y = top + 34 + bar * 36
            pen.rectangle((190, y, 190 + length, y + 15), fill=_HALF)


def _seal(pen: Pen) -> None:
    """A seal, as on a certificate."""
    for radius, shade in ((520, _FAINT), (400, _HALF), (270, _FULL)):
        box = (660 - radius, 630 - radius, 660 + radius, 630 + radius)
        pen.ellipse(box, fill=shade)


def _leaves(pen: Pen) -> None:
    """Leaves that grow from below."""
    for number, shade in enumerate((_FAINT, _HALF, _FULL)):
        reach = 980 - number * 270
        left, bottom = 40 + number * 190, _HIGH + 40
        pen.pieslice((left, bottom - reach, left + 2 * reach, bottom + reach), 180, 270, fill=shade)


def _lattice(pen: Pen) -> None:
    """A lattice of states, some of them proven."""
    for row in range(9):
        for column in range(5):
            left, top = 80 + column * 150, 90 + row * 126
            proven = (row * 7 + column * 11 + row * column) % 5
            shade = (_FULL, _HALF, _FAINT, _FAINT, _HALF)[proven]
            side = (84, 60, 44, 60, 44)[proven]
            pen.rectangle((left, top, left + side - 1, top + side - 1), fill=shade)


def _bars(pen: Pen) -> None:
    """Columns that rise."""
    for number, height in enumerate((230, 340, 300, 470, 600, 540, 790, 960)):
        left = 20 + number * 100
        shade = _FULL if number == 6 else _HALF if number % 2 else _FAINT
        pen.rectangle((left, _HIGH - height, left + 68, _HIGH), fill=shade)


def _pillars(pen: Pen) -> None:
    """The front of a house with pillars."""
    pen.polygon(((40, 420), (450, 200), (860, 420)), fill=_FULL)
    pen.rectangle((60, 450, 840, 490), fill=_HALF)
    for number in range(4):
        left = 96 + number * 190
        pen.rectangle((left, 520, left + 96, 1060), fill=_HALF)
    pen.rectangle((40, 1090, 860, 1130), fill=_HALF)
    pen.rectangle((0, 1160, _WIDE, 1200), fill=_FAINT)


def _pulse(pen: Pen) -> None:
    """A line that beats, over the lines of a screen."""
    for line in range(9):
        pen.line(((0, 150 + line * 120), (_WIDE, 150 + line * 120)), fill=_FAINT, width=4)
    beat = ((0, 700), (190, 700), (250, 590), (330, 900), (430, 260), (520, 780), (570, 700))
    pen.line((*beat, (_WIDE, 700)), fill=_FULL, width=18, joint="curve")
    pen.ellipse((540, 670, 600, 730), fill=_FULL)


def _steps(pen: Pen) -> None:
    """A path in steps, with the marks of what was passed."""
    for number in range(5):
        left, top = number * 160, 1000 - number * 190
        pen.rectangle((left, top, left + 160, _HIGH), fill=(_FAINT, _HALF)[number % 2])
        pen.rectangle((left, top, left + 160, top + 16), fill=_FULL)


MOTIFS: dict[str, Motif] = {
    "ledger": _ledger,
    "seal": _seal,
    "leaves": _leaves,
    "lattice": _lattice,
    "bars": _bars,
    "pillars": _pillars,
    "pulse": _pulse,
    "steps": _steps,
}


@lru_cache(maxsize=len(MOTIFS))
def motif(name: str) -> Image.Image:
    """Return an ornament as a mask of mode L."""
    large = Image.new("L", (_WIDE, _HIGH))
    MOTIFS[name](ImageDraw.Draw(large))
    return large.reduce(_FINE)

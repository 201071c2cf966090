"""A brand's icon in pixels, where SVG is not understood: for home screens and app lists."""

from functools import lru_cache

from PIL import Image, ImageDraw

from omnigrid.model.packs import Pack
from omnigrid.model.palette import light_palette
from omnigrid.render.images.canvas import Canvas, font_of

ICON_SIZES = (180, 192, 512)
"""For Apple's home screens, and what a web manifest lists."""
BOLD = "fonts/inter-display-bold.otf"
Place = tuple[int, int, int]
"""Left, top and size of a square, in pixels."""
Colours = tuple[str, str]
"""Of a square, and of the letters on it."""
_LETTERS, _WIDEST = 0.5, 0.6
"""How high letters are drawn, and how wide they may be, of the side of a square."""
_FINE = 4


def icon(initials: str, accent: str, size: int, base: Pack) -> bytes:
    """Return a square PNG: the initials on the accent, without corners.

    Systems cut icons to shapes of their own: the letters stand in the middle 60 percent (W3C,
    "Web Application Manifest", maskable icons).
    """
    return _drawn(initials, accent, size, base.files[BOLD])


# Who edits words or a template beside a preview gets the same icons again.
@lru_cache(maxsize=1024)
def _drawn(initials: str, accent: str, size: int, data: bytes) -> bytes:
    palette = light_palette(accent)
    canvas = Canvas((size, size), palette.accent)
    _letters(canvas, initials, (0, 0, size), (palette.accent, palette.on_accent), data)
    return canvas.png()


def draw_mark(canvas: Canvas, initials: str, place: Place, colours: Colours, data: bytes) -> None:
    """Draw a rounded square with initials, in a bold font."""
    left, top, size = place
    canvas.stamp(_rounded(size), (left, top), colours[0], canvas.ground)
    _letters(canvas, initials, place, colours, data)


def _letters(canvas: Canvas, initials: str, place: Place, colours: Colours, data: bytes) -> None:
    left, top, size = place
    ground, ink = colours
    font = font_of(data, round(size * _LETTERS))
    width = font.getlength(initials)
    if width > size * _WIDEST:
        font = font_of(data, max(int(font.size * size * _WIDEST / width), 1))
        width = font.getlength(initials)
    at = (left + round((size - width) / 2), top + round(size / 2 + font.size * 0.36))
    canvas.text(initials, at, font, ink, ground)


@lru_cache(maxsize=8)
def _rounded(size: int) -> Image.Image:
    large = Image.new("L", (size * _FINE, size * _FINE))
    box = (0, 0, size * _FINE - 1, size * _FINE - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, size * _FINE * 0.22, fill=255)
    return large.reduce(_FINE)

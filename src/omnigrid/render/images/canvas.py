"""A picture of few colours, drawn as indexes: grounds, and on each of them inks with soft edges."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from omnigrid.render.images.png import encode_png

LEVELS = 3
"""Steps from a ground to an ink: five inks and the ground are 16 colours, four bits a pixel."""
Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels; right and bottom are outside."""


@lru_cache(maxsize=128)
def font_of(data: bytes, size: int) -> FreeTypeFont:
    """Return a font at a size in pixels. Laid out simply: without what a system may bring."""
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


class Canvas:
    """Draws flat grounds, and masks in an ink whose ground is known."""

    def __init__(self, size: tuple[int, int], ground: str) -> None:
        self.ground = ground
        self._indexes = Image.new("L", size, 0)
        self._colours = [ground]
        self._ramps: dict[tuple[str, str], int] = {}

    def fill(self, box: Box, colour: str) -> None:
        """Fill a rectangle."""
        self._indexes.paste(self._index(colour), box)

    def stamp(self, mask: Image.Image, at: tuple[int, int], ink: str, ground: str) -> None:
        """Draw an image of mode L in an ink: 255 is all ink, 0 leaves what is there."""
        first = self._ramp(ground, ink)
        self._indexes.paste(mask.point(_levels(first)), at, mask.point(_present()))

    def text(
        self, said: str, at: tuple[int, int], font: FreeTypeFont, ink: str, ground: str
    ) -> int:
        """Draw a line of text with its baseline at a place; return its width in pixels."""
        if not said:
            return 0
        left, top, right, bottom = (round(side) for side in font.getbbox(said, anchor="ls"))
        mask = Image.new("L", (max(right - left, 1), max(bottom - top, 1)))
        ImageDraw.Draw(mask).text((-left, -top), said, 255, font, anchor="ls")
        self.stamp(mask, (at[0] + left, at[1] + top), ink, ground)
        return round(font.getlength(said))

    def png(self) -> bytes:
        """Return the picture."""
        return encode_png(self._indexes, self._colours)

    def _index(self, colour: str) -> int:
        if colour not in self._colours:
            self._colours.append(colour)
        return self._colours.index(colour)

    def _ramp(self, ground: str, ink: str) -> int:
        """Return the index of the first of LEVELS colours from near a ground to an ink."""
        first = self._ramps.get((ground, ink))
        if first is None:
            first = self._ramps[ground, ink] = len(self._colours)
            steps = (step / LEVELS for step in range(1, LEVELS + 1))
            self._colours += [mixed(ground, ink, share) for share in steps]
        return first


def mixed(ground: str, ink: str, share: float) -> str:
    """Return a colour between two: 0 is the ground, 1 the ink."""
    pairs = zip(bytes.fromhex(ground[1:]), bytes.fromhex(ink[1:]), strict=True)
    return "#" + bytes(round(one + (other - one) * share) for one, other in pairs).hex()


@lru_cache(maxsize=256)
def _levels(first: int) -> list[int]:
    return [first + max(round(value / 255 * LEVELS) - 1, 0) for value in range(256)]


@lru_cache(maxsize=1)
def _present() -> list[int]:
    return [255 if round(value / 255 * LEVELS) else 0 for value in range(256)]

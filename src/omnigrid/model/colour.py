"""Colours: sRGB, OKLCH and contrast.

Sources: Björn Ottosson, "A perceptual color space for image processing" (OKLab, 2020);
WCAG 2.2, "relative luminance" and "contrast ratio".
"""

import math
from functools import lru_cache
from typing import NamedTuple


class Oklch(NamedTuple):
    """Lightness 0 to 1, chroma 0 to about 0.4, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


Rgb = tuple[float, float, float]


def parse_hex(colour: str) -> Rgb:
    """Return the red, green and blue of ``#rrggbb``, each 0 to 1."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def to_oklch(colour: str) -> Oklch:
    """Return ``#rrggbb`` in OKLCH."""
    r, g, b = (_linear(channel) for channel in parse_hex(colour))
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    bb = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, bb), math.degrees(math.atan2(bb, a)) % 360)


Shown = tuple[int, int, int]
"""Red, green and blue as a screen shows them, each 0 to 255."""
_HALVINGS = 10


def to_hex(colour: Oklch) -> str:
    """Return the nearest ``#rrggbb``; chroma is lowered, not clipped, where sRGB cannot show it."""
    return hex_of(shown(*colour))


def hex_of(colour: Shown) -> str:
    """Return a shown colour as ``#rrggbb``."""
    return f"#{bytes(colour).hex()}"


def shown(lightness: float, chroma: float, hue: float) -> Shown:
    """Return the colour that a screen shows for these; see ``to_hex``."""
    angle = math.radians(hue)
    cos, sin = math.cos(angle), math.sin(angle)
    # How much each unit of chroma adds to what long, medium and short waves are made of.
    long = 0.3963377774 * cos + 0.2158037573 * sin
    medium = -0.1055613458 * cos - 0.0638541728 * sin
    short = -0.0894841775 * cos - 1.2914855480 * sin
    low, high, tried = 0.0, chroma, chroma
    # One loop without calls: a portfolio has dozens of colours a brand. First with all the chroma,
    # then halving the way to the most that can be shown, last with that.
    for step in range(_HALVINGS + 2):
        ls = (lightness + tried * long) ** 3
        ms = (lightness + tried * medium) ** 3
        ss = (lightness + tried * short) ** 3
        r = 4.0767416621 * ls - 3.3077115913 * ms + 0.2309699292 * ss
        g = -1.2684380046 * ls + 2.6097574011 * ms - 0.3413193965 * ss
        b = -0.0041960863 * ls - 0.7034186147 * ms + 1.7076147010 * ss
        if -0.0005 <= r <= 1.0005 and -0.0005 <= g <= 1.0005 and -0.0005 <= b <= 1.0005:
            if step == 0:
                break
            low = tried
        else:
            high = tried
        tried = (low + high) / 2 if step < _HALVINGS else low
    return _channel(r), _channel(g), _channel(b)


def _channel(linear: float) -> int:
    if linear <= 0.0031308:
        return round(255 * 12.92 * linear) if linear > 0 else 0
    return round(255 * (1.055 * linear ** (1 / 2.4) - 0.055)) if linear < 1 else 255


_LINEAR = tuple(_linear(number / 255) for number in range(256))


def brightness(colour: Shown) -> float:
    """Return WCAG's relative luminance of a shown colour, 0 to 1."""
    r, g, b = colour
    return 0.2126 * _LINEAR[r] + 0.7152 * _LINEAR[g] + 0.0722 * _LINEAR[b]


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """Return WCAG's relative luminance of ``#rrggbb``, 0 to 1."""
    r, g, b = bytes.fromhex(colour[1:])
    return brightness((r, g, b))


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours, 1 to 21."""
    first, second = luminance(one) + 0.05, luminance(other) + 0.05
    return first / second if first > second else second / first

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


def to_hex(colour: Oklch) -> str:
    """Return the nearest ``#rrggbb``; chroma is lowered, not clipped, where sRGB cannot show it."""
    lightness, chroma, hue = colour
    angle = math.radians(hue)
    cos, sin = math.cos(angle), math.sin(angle)
    rgb = _to_rgb(lightness, chroma * cos, chroma * sin)
    if not _in_gamut(rgb):
        low, high = 0.0, chroma
        for _ in range(10):
            middle = (low + high) / 2
            if _in_gamut(_to_rgb(lightness, middle * cos, middle * sin)):
                low = middle
            else:
                high = middle
        rgb = _to_rgb(lightness, low * cos, low * sin)
    r, g, b = rgb
    return f"#{_channel(r):02x}{_channel(g):02x}{_channel(b):02x}"


def _to_rgb(lightness: float, a: float, b: float) -> Rgb:
    """Return linear red, green and blue; outside 0 to 1 where sRGB cannot show the colour."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _channel(linear: float) -> int:
    if linear <= 0.0031308:
        return round(255 * 12.92 * linear) if linear > 0 else 0
    return round(255 * (1.055 * linear ** (1 / 2.4) - 0.055)) if linear < 1 else 255


def _in_gamut(rgb: Rgb) -> bool:
    r, g, b = rgb
    return -0.0005 <= r <= 1.0005 and -0.0005 <= g <= 1.0005 and -0.0005 <= b <= 1.0005


_LINEAR = tuple(_linear(number / 255) for number in range(256))


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """Return WCAG's relative luminance of ``#rrggbb``, 0 to 1."""
    r, g, b = bytes.fromhex(colour[1:])
    return 0.2126 * _LINEAR[r] + 0.7152 * _LINEAR[g] + 0.0722 * _LINEAR[b]


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours, 1 to 21."""
    first, second = luminance(one) + 0.05, luminance(other) + 0.05
    return first / second if first > second else second / first

"""Colours: sRGB, OKLCH and contrast.

Sources: Björn Ottosson, "A perceptual color space for image processing" (OKLab, 2020);
WCAG 2.2, "relative luminance" and "contrast ratio".
"""

import math
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


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


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


def _to_rgb(colour: Oklch) -> Rgb:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def to_hex(colour: Oklch) -> str:
    """Return the nearest ``#rrggbb``; chroma is lowered, not clipped, where sRGB cannot show it."""
    low, high = 0.0, colour.chroma
    fits = colour
    if not _in_gamut(_to_rgb(colour)):
        for _ in range(10):
            fits = colour._replace(chroma=(low + high) / 2)
            low, high = (fits.chroma, high) if _in_gamut(_to_rgb(fits)) else (low, fits.chroma)
        fits = colour._replace(chroma=low)
    channels = (round(255 * _gamma(min(max(c, 0.0), 1.0))) for c in _to_rgb(fits))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _in_gamut(rgb: Rgb) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in rgb)


def luminance(colour: str) -> float:
    """Return WCAG's relative luminance of ``#rrggbb``, 0 to 1."""
    r, g, b = (_linear(channel) for channel in parse_hex(colour))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)

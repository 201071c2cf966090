"""From one accent to the colours of a whole page, in light and in dark, all readable (WCAG AA)."""

import hashlib
import math
from functools import lru_cache
from typing import NamedTuple

from omnigrid.model.colour import (
    Oklch,
    Shown,
    brightness,
    contrast,
    hex_of,
    luminance,
    shown,
    to_hex,
    to_oklch,
)

TEXT = 4.5
"""WCAG 2.2, 1.4.3: contrast of text at AA."""
SHAPE = 3.0
"""WCAG 2.2, 1.4.11: contrast of controls and graphics."""
_MARGIN = 0.05
"""Above the limit by this much, so that a checker's rounding never matters."""
WHITE, BLACK = "#ffffff", "#000000"
_BRIGHT = 0.7
"""Accents lighter than this (in OKLCH) carry dark text, the others white."""


class Palette(NamedTuple):
    """Colours of one scheme. Each ``on_…`` and each text colour is readable on its ground."""

    ground: str
    surface: str
    ink: str
    muted: str
    line: str
    accent: str
    on_accent: str
    accent_text: str
    soft: str
    on_soft: str
    deep: str
    on_deep: str


@lru_cache(maxsize=4096)
def light_palette(accent: str) -> Palette:
    """Return the palette on a light ground for an accent ``#rrggbb``."""
    tone = to_oklch(accent)
    base = _light_base(*_shade(tone))
    grounds = (base.ground, base.surface, base.soft)
    fill = _reach(tone, grounds[:2], SHAPE, -1)
    if tone.lightness < _BRIGHT:
        fill = _reach(tone, (WHITE,), TEXT, -1)
    return base._replace(
        accent=fill,
        on_accent=readable_on(fill),
        accent_text=_reach(tone, grounds, TEXT, -1),
    )


@lru_cache(maxsize=4096)
def dark_palette(accent: str) -> Palette:
    """Return the palette on a dark ground for an accent ``#rrggbb``."""
    tone = to_oklch(accent)
    base = _dark_base(*_shade(tone))
    grounds = (base.ground, base.surface, base.soft)
    bright = tone._replace(lightness=max(tone.lightness, 0.62))
    fill = _reach(bright, (base.surface, BLACK), TEXT, 1)
    return base._replace(
        accent=fill,
        on_accent=readable_on(fill),
        accent_text=_reach(tone, grounds, TEXT, 1),
    )


def _shade(tone: Oklch) -> tuple[int, float]:
    """Return hue and tint of the quiet colours around an accent, in steps that no eye tells apart.

    So that the many accents of a sector share them.
    """
    return round(tone.hue / 4) * 4 % 360, round(min(tone.chroma, 0.25) * 50) / 50


@lru_cache(maxsize=4096)
def _light_base(hue: float, tint: float) -> Palette:
    """Return a light palette without its accent."""
    ground = to_hex(Oklch(0.992, tint * 0.02, hue))
    surface = to_hex(Oklch(0.968, tint * 0.06, hue))
    soft = to_hex(Oklch(0.935, tint * 0.22, hue))
    return Palette(
        ground=ground,
        surface=surface,
        ink=to_hex(Oklch(0.22, tint * 0.12, hue)),
        muted=_reach(Oklch(0.52, tint * 0.12, hue), (ground, surface, soft), TEXT, -1),
        line=to_hex(Oklch(0.885, tint * 0.08, hue)),
        accent=BLACK,
        on_accent=WHITE,
        accent_text=BLACK,
        soft=soft,
        on_soft=_reach(Oklch(0.4, tint * 0.6, hue), (soft,), TEXT, -1),
        deep=to_hex(Oklch(0.27, min(tint, 0.09), hue)),
        on_deep=to_hex(Oklch(0.97, tint * 0.05, hue)),
    )


@lru_cache(maxsize=4096)
def _dark_base(hue: float, tint: float) -> Palette:
    """Return a dark palette without its accent."""
    ground = to_hex(Oklch(0.175, tint * 0.1, hue))
    surface = to_hex(Oklch(0.225, tint * 0.14, hue))
    soft = to_hex(Oklch(0.3, tint * 0.3, hue))
    return Palette(
        ground=ground,
        surface=surface,
        ink=to_hex(Oklch(0.945, tint * 0.05, hue)),
        muted=_reach(Oklch(0.72, tint * 0.1, hue), (ground, surface, soft), TEXT, 1),
        line=to_hex(Oklch(0.34, tint * 0.16, hue)),
        accent=WHITE,
        on_accent=BLACK,
        accent_text=WHITE,
        soft=soft,
        on_soft=_reach(Oklch(0.88, tint * 0.4, hue), (soft,), TEXT, 1),
        deep=to_hex(Oklch(0.13, tint * 0.2, hue)),
        on_deep=to_hex(Oklch(0.95, tint * 0.06, hue)),
    )


def readable_on(fill: str) -> str:
    """Return white where it can be read on ``fill``, else black, which then can: √21 > 4.5."""
    return WHITE if contrast(fill, WHITE) >= TEXT else BLACK


_STEP = 0.01
"""The least difference in lightness, of 1, that is tried."""


def _reach(start: Oklch, grounds: tuple[str, ...], ratio: float, direction: int) -> str:
    """Return ``start`` moved in lightness, no more than needed, to stand out on all grounds."""
    enough, seen = ratio + _MARGIN, [luminance(ground) + 0.05 for ground in grounds]
    tried: dict[int, Shown] = {}

    def light_of(steps: int) -> float:
        if steps not in tried:
            lightness = min(max(start.lightness + direction * steps * _STEP, 0.0), 1.0)
            tried[steps] = shown(lightness, start.chroma, start.hue)
        return brightness(tried[steps]) + 0.05

    def stands_out(steps: int) -> bool:
        light = light_of(steps)
        return min([light / each if light > each else each / light for each in seen]) >= enough

    if stands_out(0):
        return hex_of(tried[0])
    # Contrast grows with each step, so the first that is enough is found by halving, from a guess:
    # lightness grows with the cube root of luminance, by the same for each colour of a hue.
    wanted = max(seen) * enough if direction > 0 else min(seen) / enough
    missing = _root(wanted - 0.05) - _root(light_of(0) - 0.05)
    few, many = 0, round(1 / _STEP)
    guess = math.ceil(direction * missing / _STEP)
    for near in (guess, guess - 1, guess + 1, guess - 2, guess + 2):
        if few < near < many:
            few, many = (few, near) if stands_out(near) else (near, many)
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if stands_out(middle) else (middle, many)
    if many * _STEP < 1 or stands_out(many):
        return hex_of(tried[many])
    return WHITE if direction > 0 else BLACK


def _root(luminance: float) -> float:
    """Return the lightness in OKLCH of a grey of some luminance."""
    return math.cbrt(min(max(luminance, 0.0), 1.0))


@lru_cache(maxsize=1024)
def _tone_of(family: str) -> Oklch:
    return to_oklch(family)


@lru_cache(maxsize=65536)
def accent_of(family: str, name: str) -> str:
    """Return an accent near the colour ``family``, always the same one for ``name``.

    Members of a family differ in hue by up to 28 degrees and a little in lightness and chroma:
    each looks like itself, together they look related.
    """
    tone = _tone_of(family)
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:3])
    hue, lightness, chroma = (number % 57 - 28, number // 57 % 9 - 4, number // 513 % 7 - 3)
    return to_hex(
        Oklch(
            tone.lightness + lightness * 0.012,
            max(tone.chroma + chroma * 0.01, 0.0),
            (tone.hue + hue) % 360,
        )
    )

"""The picture that others show where a site is linked: 1200 by 630 pixels (Open Graph)."""

import hashlib
from functools import lru_cache
from typing import NamedTuple

from PIL.ImageFont import FreeTypeFont

from omnigrid.model.names import strip_marks
from omnigrid.model.packs import Pack
from omnigrid.model.palette import Palette, dark_palette, light_palette
from omnigrid.model.views import SiteView
from omnigrid.render.images.canvas import Canvas, font_of
from omnigrid.render.images.icons import BOLD, draw_mark
from omnigrid.render.images.motifs import SIZE, motif

CARD = (1200, 630)
TEXT_FONT = "fonts/inter-medium.otf"
_LEFT, _RIGHT = 80, 780
"""Between them stands the text."""
_NAME_SIZES = (104, 92, 80, 70, 62, 54)
_NAME_LINES, _TAGLINE_LINES = 2, 3


class _Style(NamedTuple):
    """How a type of site looks: the scheme of its card, and its ornament."""

    scheme: str
    motif: str


_STYLES = {
    "compliance_dashboard": _Style("light", "ledger"),
    "ip_tracking": _Style("deep", "seal"),
    "sustainability_portal": _Style("soft", "leaves"),
    "algorithm_verification": _Style("dark", "lattice"),
    "analytics_platform": _Style("light", "bars"),
    "governance_portal": _Style("accent", "pillars"),
    "operations_monitor": _Style("dark", "pulse"),
    "market_compliance": _Style("soft", "steps"),
}
_IN_ORDER = tuple(_STYLES.values())


class _Inks(NamedTuple):
    """Colours of a card. All but the ornament's stand out on the ground (WCAG AA)."""

    ground: str
    name: str
    text: str
    ornament: str
    mark: str
    on_mark: str


class _Words(NamedTuple):
    """What a card says."""

    initials: str
    name: str
    tagline: str
    sector: str


def open_graph_card(view: SiteView, base: Pack) -> bytes:
    """Return the card of a brand as PNG: its mark, name, tagline and sector."""
    brand = view.brand
    style = _style_of(brand.template)
    words = _Words(brand.initials, strip_marks(brand.name), brand.tagline, view.sector.name)
    inks = _inks(style.scheme, brand.accent)
    return _drawn(words, style.motif, inks, base.files[BOLD], base.files[TEXT_FONT])


# Who edits a template beside a preview gets the same cards again.
@lru_cache(maxsize=256)
def _drawn(words: _Words, ornament: str, inks: _Inks, bold: bytes, text: bytes) -> bytes:
    canvas = Canvas(CARD, inks.ground)
    canvas.stamp(motif(ornament), (CARD[0] - SIZE[0], 0), inks.ornament, inks.ground)
    draw_mark(canvas, words.initials, (_LEFT, 76, 88), (inks.mark, inks.on_mark), bold)
    canvas.text(words.sector, (_LEFT + 116, 130), font_of(text, 30), inks.text, inks.ground)
    name, font = _fitted(words.name, bold)
    line_height = round(font.size * 1.08)
    baseline = 248 + round(font.size * 0.72)
    for number, line in enumerate(name):
        at = (_LEFT - round(font.size / 18), baseline + number * line_height)
        canvas.text(line, at, font, inks.name, inks.ground)
    below = baseline + (len(name) - 1) * line_height + 74
    for number, line in enumerate(_tagline(words.tagline, font_of(text, 38), len(name))):
        at = (_LEFT, below + number * 50)
        canvas.text(line, at, font_of(text, 38), inks.text, inks.ground)
    return canvas.png()


def _style_of(template: str) -> _Style:
    """Return the look of a type of site; of those that we do not know, always the same one."""
    known = _STYLES.get(template)
    number = hashlib.sha256(template.encode()).digest()[0]
    return known or _IN_ORDER[number % len(_IN_ORDER)]


def _inks(scheme: str, accent: str) -> _Inks:
    light, dark = light_palette(accent), dark_palette(accent)
    match scheme:
        case "light":
            return _on(light, light.ground)
        case "soft":
            return _on(light, light.soft)._replace(text=light.on_soft)
        case "dark":
            return _on(dark, dark.ground)
        case "deep":
            inks = _on(dark, light.deep)
            return inks._replace(name=light.on_deep, text=light.on_deep)
        case _:
            fill, on = light.accent, light.on_accent
            return _Inks(fill, on, on, on, on, fill)


def _on(palette: Palette, ground: str) -> _Inks:
    return _Inks(
        ground, palette.ink, palette.muted, palette.accent, palette.accent, palette.on_accent
    )


def _fitted(name: str, data: bytes) -> tuple[list[str], FreeTypeFont]:
    """Return a name in lines and the largest size at which they fit; cut where none does."""
    width = _RIGHT - _LEFT
    for size in _NAME_SIZES:
        font = font_of(data, size)
        lines = wrapped(name, font, width)
        if len(lines) <= (1 if size > _NAME_SIZES[2] else _NAME_LINES) and _fits(lines, font):
            return lines, font
    return cut(lines, font, width, _NAME_LINES), font


def _fits(lines: list[str], font: FreeTypeFont) -> bool:
    return all(font.getlength(line) <= _RIGHT - _LEFT for line in lines)


def _tagline(said: str, font: FreeTypeFont, name_lines: int) -> list[str]:
    width = _RIGHT - _LEFT
    return cut(wrapped(said, font, width), font, width, _TAGLINE_LINES + 1 - name_lines)


def wrapped(said: str, font: FreeTypeFont, width: int) -> list[str]:
    """Return a text in lines of at most ``width`` pixels; a longer word has a line of its own."""
    lines: list[str] = []
    for word in said.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def cut(lines: list[str], font: FreeTypeFont, width: int, count: int) -> list[str]:
    """Return at most ``count`` lines, none wider than ``width``; what is left out shows as …"""
    kept = lines[:count]
    if len(lines) > count:
        kept[-1] += " …"
    return [
        line if font.getlength(line) <= width else _shortened(line, font, width) for line in kept
    ]


def _shortened(line: str, font: FreeTypeFont, width: int) -> str:
    while line and font.getlength(f"{line}…") > width:
        line = line[:-1].rstrip(" …")
    return f"{line}…"

"""Which colour stands on which, on a page: what is read on it, with the grounds below."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

import tinycss2
from cssselect2 import ElementWrapper
from tinycss2.ast import FunctionBlock, HashToken

from support.cascade import Medium, Styles
from support.trees import has_text

TEXT, SHAPE = "text", "shape"
_SHAPES = {"rect", "circle", "ellipse", "path"}
_TELLING = {"due", "on", "top", "full"}
"""Classes of the shapes in drawings that say something; the others are ornament."""
_COLOURS = {"var", "color-mix", "light-dark", "oklch"}
_VAR = re.compile(r"var\((--[\w-]+)\)")
_CURRENT = re.compile("currentcolor", re.IGNORECASE)


class Pair(NamedTuple):
    """What is seen, and the grounds it stands on: the nearest first, an opaque one last."""

    kind: str
    colour: str
    grounds: tuple[str, ...]
    share: float = 1.0
    """How opaque it is."""


class Seen(NamedTuple):
    """A pair, and the first element where it was found."""

    pair: Pair
    where: str


class _Look(NamedTuple):
    """What an element hands down."""

    properties: dict[str, str]
    colour: str
    fill: str
    grounds: tuple[str, ...]


def painted(root: ET.Element, styles: Styles, medium: Medium) -> Iterator[Seen]:
    """Yield every pair on a page in a medium."""
    top = _Look({}, "var(--ink)", "#000000", ())
    yield from _paint(ElementWrapper.from_html_root(root), top, styles, medium)


def _paint(element: ElementWrapper, above: _Look, styles: Styles, medium: Medium) -> Iterator[Seen]:
    if element.local_name in {"head", "script"}:
        return
    own = styles.winners(element, medium)
    if own.get("display") == "none" or "vh" in element.classes:
        return
    look = _inherited(own, above)
    name = f"{element.local_name}.{'.'.join(sorted(element.classes))}"
    if element.local_name == "svg":
        yield from _drawn(element, look, styles, medium, name)
        return
    if has_text(element.etree_element):
        share = float(own.get("opacity", "1"))
        yield Seen(Pair(TEXT, look.colour, look.grounds, share), name)
    for part in ("before", "after", "first-letter", "marker"):
        made = styles.winners(element, medium, part)
        if _is_seen(part, made, element):
            inner = _inherited(made, look)
            share = float(made.get("opacity", "1"))
            yield Seen(Pair(TEXT, inner.colour, inner.grounds, share), f"{name}::{part}")
    if medium.pointed and element.local_name in {"a", "button"}:
        outline = own.get("outline-color") or own["outline"].split(" ", 2)[-1]
        colour = _resolved(outline, look)
        yield Seen(Pair(SHAPE, colour, above.grounds), f"{name} outline")
    for child in element.iter_children():
        yield from _paint(child, look, styles, medium)


def _is_seen(part: str, made: dict[str, str], element: ElementWrapper) -> bool:
    if part in {"before", "after"}:
        return made.get("content", "none") not in {"none", '""'}
    return "color" in made and (part != "marker" or element.local_name == "li")


def _drawn(
    svg: ElementWrapper, look: _Look, styles: Styles, medium: Medium, name: str
) -> Iterator[Seen]:
    """Yield what is written in a drawing, upon the last filled shape before it, and what tells."""
    below = look.grounds
    for element, inner in _shapes(svg, look, styles, medium):
        if element.local_name == "text":
            yield Seen(Pair(TEXT, inner.fill, below), f"{name} text")
        elif element.local_name in _SHAPES and inner.fill != "none":
            if _TELLING & set(element.classes):
                yield Seen(Pair(SHAPE, inner.fill, look.grounds), f"{name} {element.classes}")
            below = (inner.fill, *look.grounds)


def _shapes(
    element: ElementWrapper, look: _Look, styles: Styles, medium: Medium
) -> Iterator[tuple[ElementWrapper, _Look]]:
    for child in element.iter_children():
        inner = _inherited(styles.winners(child, medium), look)
        yield child, inner
        yield from _shapes(child, inner, styles, medium)


def _inherited(own: dict[str, str], above: _Look) -> _Look:
    """Return the look of what has these declarations, within an element of the look ``above``."""
    look = above._replace(properties=_properties(own, above.properties))
    if own.get("color", "inherit") != "inherit":
        look = look._replace(colour=_resolved(own["color"], look))
    if "fill" in own:
        look = look._replace(fill=_resolved(own["fill"], look))
    assert "background-color" not in own
    ground = _resolved(_ground_of(own.get("background", "none")), look)
    if ground != "none":
        covers = "transparent" not in ground
        look = look._replace(grounds=(ground,) if covers else (ground, *look.grounds))
    return look


def _properties(own: dict[str, str], inherited: dict[str, str]) -> dict[str, str]:
    """Return the custom properties that are set by the style sheet, those of the palette aside."""
    raw = {name: value for name, value in own.items() if name.startswith("--")}
    if not raw:
        return inherited

    def value(name: str) -> str:
        if name not in raw:
            return inherited.get(name, f"var({name})")
        return _VAR.sub(lambda found: value(found[1]), raw[name])

    return inherited | {name: value(name) for name in raw}


def _resolved(value: str, look: _Look) -> str:
    value = _VAR.sub(lambda found: look.properties.get(found[1], found[0]), value)
    return _CURRENT.sub(look.colour, value)


@lru_cache(maxsize=512)
def _ground_of(background: str) -> str:
    """Return the colour in the value of ``background``, or ``none``."""
    for part in tinycss2.parse_component_value_list(background):
        is_colour = isinstance(part, HashToken) or (
            isinstance(part, FunctionBlock) and part.lower_name in _COLOURS
        )
        if is_colour:
            return str(part.serialize())
    return "none"

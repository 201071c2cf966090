"""What the colours in our style sheets come to, without a browser (CSS Color 4 and 5)."""

import math
import re
from typing import NamedTuple

import tinycss2
from tinycss2.ast import FunctionBlock, IdentToken, Node, WhitespaceToken

from omnigrid.model.colour import Oklch, to_hex, to_oklch
from omnigrid.model.palette import Palette

_CLEAR = {"transparent", "#0000"}
_SHORT = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])$")


class Colour(NamedTuple):
    """``#rrggbb`` and how much of it covers, 0 to 1."""

    hex: str
    alpha: float = 1.0


def evaluate(text: str, palette: Palette, dark: bool) -> Colour:
    """Return the colour of an expression whose custom properties are those of a palette."""
    if text in _CLEAR:
        return Colour("#000000", 0.0)
    if text.startswith("#"):
        return Colour(_SHORT.sub(r"#\1\1\2\2\3\3", text))
    [node] = tinycss2.parse_component_value_list(text)
    assert isinstance(node, FunctionBlock), text
    return _called(node.lower_name, _arguments(node.arguments), palette, dark)


def _called(name: str, parts: list[str], palette: Palette, dark: bool) -> Colour:
    match name:
        case "var":
            return Colour(getattr(palette, parts[0].removeprefix("--").replace("-", "_")))
        case "light-dark":
            return evaluate(parts[1 if dark else 0], palette, dark)
        case "color-mix":
            assert parts[0] == "in oklab", parts
            return _mixed(*(_share(part, palette, dark) for part in parts[1:]))
        case "oklch":
            return _relative(parts[0], palette, dark)
    raise AssertionError(f"{name}({parts}) is not a colour that this knows")


def over(top: Colour, ground: str) -> str:
    """Return what is seen of a colour upon a ground."""
    a, b = (bytes.fromhex(colour[1:]) for colour in (top.hex, ground))
    mixed = (round(x * top.alpha + y * (1 - top.alpha)) for x, y in zip(a, b, strict=True))
    return "#" + bytes(mixed).hex()


def _arguments(nodes: list[Node]) -> list[str]:
    """Return what stands between the commas."""
    parts = [""]
    for node in nodes:
        if node == ",":
            parts.append("")
        else:
            parts[-1] += node.serialize()
    return [part.strip() for part in parts]


def _share(text: str, palette: Palette, dark: bool) -> tuple[Colour, float | None]:
    colour, _, share = text.rpartition(" ")
    if not share.endswith("%"):
        return evaluate(text, palette, dark), None
    return evaluate(colour, palette, dark), float(share[:-1]) / 100


def _mixed(one: tuple[Colour, float | None], other: tuple[Colour, float | None]) -> Colour:
    """Return ``color-mix(in oklab, …)``: premultiplied, as the specification says."""
    (first, p), (second, q) = one, other
    p = p if p is not None else 0.5 if q is None else 1 - q
    q = q if q is not None else 1 - p
    a, b = first.alpha * p, second.alpha * q
    if a + b == 0:
        return Colour("#000000", 0.0)
    mixed = [
        (x * a + y * b) / (a + b) for x, y in zip(_lab(first.hex), _lab(second.hex), strict=True)
    ]
    return Colour(_from_lab(*mixed), a + b)


def _lab(colour: str) -> tuple[float, float, float]:
    lightness, chroma, hue = to_oklch(colour)
    angle = math.radians(hue)
    return lightness, chroma * math.cos(angle), chroma * math.sin(angle)


def _from_lab(lightness: float, a: float, b: float) -> str:
    hue = math.degrees(math.atan2(b, a)) % 360
    return to_hex(Oklch(lightness, math.hypot(a, b), hue))


def _relative(text: str, palette: Palette, dark: bool) -> Colour:
    """Return ``oklch(from COLOUR L c h)``, the only kind in use: another lightness."""
    nodes = [n for n in tinycss2.parse_component_value_list(text) if type(n) is not WhitespaceToken]
    match nodes:
        case [IdentToken(value="from"), origin, lightness, IdentToken(), IdentToken()]:
            start = to_oklch(evaluate(origin.serialize(), palette, dark).hex)
            return Colour(to_hex(start._replace(lightness=lightness.value)))
    raise AssertionError(f"oklch({text}) is not a colour that this knows")

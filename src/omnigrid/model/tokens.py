"""Design tokens: what a pack lets a theme choose, what may be written for it, what it is in CSS.

A value is one of a few closed forms and never CSS itself, so that nothing else gets into a style
sheet: what is written there is made from the parts that were understood.
"""

import enum
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, assert_never

from msgspec import Meta

from omnigrid.model.fields import Line, Shape
from omnigrid.model.palette import Palette


class TokenKind(enum.StrEnum):
    """What a design token is."""

    COLOUR = "colour"
    LENGTH = "length"
    NUMBER = "number"
    FONT = "font"
    CHOICE = "choice"


TokenName = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9]{0,31}(-[a-z0-9]{1,32}){0,3}$",
        description="a name in lower case such as radius or card-shadow",
    ),
]
TokenValue = Annotated[
    str, Meta(min_length=1, max_length=100, pattern=r"^[^\n]*$", description="a value of its type")
]
NeedName = Annotated[
    str,
    Meta(
        pattern=r"^[a-z_]{1,40}(\.[a-z_]{1,40}){0,3}$",
        description="a name that templates see, such as brand.trademark",
    ),
]


class TokenFile(Shape, frozen=True, kw_only=True):
    """A design token of a pack."""

    name: TokenName
    type: TokenKind
    default: TokenValue
    text: Line | None = None
    choices: Annotated[tuple[TokenName, ...], Meta(max_length=20)] = ()
    grounds: Annotated[tuple[TokenName, ...], Meta(max_length=20)] = ()


class NeedsFile(Shape, frozen=True, kw_only=True):
    """What a pack shows of a brand."""

    required: Annotated[tuple[NeedName, ...], Meta(max_length=40)] = ()
    optional: Annotated[tuple[NeedName, ...], Meta(max_length=40)] = ()


Tokens = dict[TokenName, TokenValue]
"""Values of tokens by name."""

FONTS = {
    "system": 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
    "grotesque": '"Helvetica Neue", "Nimbus Sans", "Liberation Sans", Arial, sans-serif',
    "humanist": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", sans-serif',
    "geometric": 'Avenir, Montserrat, Corbel, "URW Gothic", source-sans-pro, sans-serif',
    "rounded": 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, Manjari, sans-serif',
    "transitional": 'Charter, "Bitstream Charter", "Sitka Text", Cambria, serif',
    "old-style": '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, serif',
    "didone": 'Didot, "Bodoni MT", "Noto Serif Display", "URW Palladio L", P052, serif',
    "slab": 'Rockwell, "Rockwell Nova", "Roboto Slab", "DejaVu Serif", "Sitka Small", serif',
    "mono": 'ui-monospace, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace',
}
"""Stacks of fonts that visitors have, by a name for each (modernfontstacks.com, CC0)."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
_LENGTH = re.compile(r"(0|-?(?:\d{1,4}|\d{0,4}\.\d{1,3})(?:rem|em|px|ch|ex|vw|vh|%))", re.ASCII)
_NUMBER = re.compile(r"-?(?:\d{1,4}|\d{0,4}\.\d{1,3})", re.ASCII)
PALETTE = tuple(name.replace("_", "-") for name in Palette._fields)
"""The colours that every site has, by the names of their custom properties."""


def expected_of(token: TokenFile) -> str:
    """Return what may be written for a token, in words."""
    match token.type:
        case TokenKind.COLOUR:
            return 'a colour such as "#0b7285", two of them (light and dark), or accent-text'
        case TokenKind.LENGTH:
            return "a length such as 0.5rem, 12px or 0"
        case TokenKind.NUMBER:
            return "a number such as 1.25 or 700"
        case TokenKind.FONT:
            return f"one of {', '.join(FONTS)}"
        case TokenKind.CHOICE:
            return f"one of {', '.join(token.choices)}"
        case _:
            assert_never(token.type)


def fits(token: TokenFile, value: str) -> bool:
    """Whether a value may be written for a token."""
    match token.type:
        case TokenKind.COLOUR:
            return _colours(value) is not None
        case TokenKind.LENGTH:
            return _LENGTH.fullmatch(value) is not None
        case TokenKind.NUMBER:
            return _NUMBER.fullmatch(value) is not None
        case TokenKind.FONT:
            return value in FONTS
        case TokenKind.CHOICE:
            return value in token.choices
        case _:
            assert_never(token.type)


def _colours(value: str) -> tuple[str, str] | None:
    """Return a colour's forms in light and in dark: ``#rrggbb``, or the name of a palette's."""
    parts = value.split(" ")
    if value in PALETTE:
        return value, value
    if len(parts) in {1, 2} and all(_HEX.fullmatch(part) for part in parts):
        return parts[0].lower(), parts[-1].lower()
    return None


def scheme_colour(value: str, palette: Palette, *, dark: bool) -> str | None:
    """Return the ``#rrggbb`` that a colour's value is in one scheme; None where it is no colour."""
    found = _colours(value)
    if found is None:
        return None
    colour = found[dark]
    shown: str = getattr(palette, colour.replace("-", "_")) if colour in PALETTE else colour
    return shown


def resolve(declared: Sequence[TokenFile], *themes: Mapping[str, str]) -> Tokens:
    """Return every token's value: of the last theme that gives one that fits, or its default."""
    found = {token.name: token.default for token in declared}
    for theme in themes:
        for token in declared:
            value = theme.get(token.name)
            if value is not None and fits(token, value):
                found[token.name] = value
    return found


def default_css(declared: Sequence[TokenFile]) -> str:
    """Return a style sheet that sets each token's custom property; empty without tokens.

    A default that does not fit its token is left out.
    """
    return _sheet(declared, {token.name: token.default for token in declared})


def chosen_css(declared: Sequence[TokenFile], values: Mapping[str, str]) -> str:
    """Return a style sheet of what themes chose; empty where every token has its default."""
    chosen = resolve(declared, values)
    return _sheet([t for t in declared if chosen[t.name] != t.default], chosen)


def _sheet(declared: Sequence[TokenFile], values: Mapping[str, str]) -> str:
    known = [token for token in declared if fits(token, values[token.name])]
    two = [token for token in known if _differs(token, values[token.name])]
    if not known:
        return ""
    light = f":root{{{_rules(known, values, dark=False)}}}\n"
    if not two:
        return light
    dark = _rules(two, values, dark=True)
    return (
        f"{light}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f':root[data-scheme="light"]{{{_rules(two, values, dark=False)}}}\n'
        f':root[data-scheme="dark"]{{{dark}}}\n'
    )


def _rules(declared: Sequence[TokenFile], values: Mapping[str, str], *, dark: bool) -> str:
    return ";".join(f"--{t.name}:{_css(t, values[t.name], dark=dark)}" for t in declared)


def _differs(token: TokenFile, value: str) -> bool:
    colours = _colours(value) if token.type is TokenKind.COLOUR else None
    return colours is not None and colours[0] != colours[1]


def _css(token: TokenFile, value: str, *, dark: bool) -> str:
    if token.type is TokenKind.FONT:
        return FONTS[value]
    colours = _colours(value) if token.type is TokenKind.COLOUR else None
    if colours is None:
        return value
    return f"var(--{colours[dark]})" if colours[dark] in PALETTE else colours[dark]

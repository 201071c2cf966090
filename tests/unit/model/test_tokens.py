"""Design tokens: whatever somebody writes, the CSS has only values of the types of tokens."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.palette import dark_palette, light_palette
from omnigrid.model.readable import SAMPLES, unreadable
from omnigrid.model.tokens import (
    FONTS,
    PALETTE,
    TokenFile,
    TokenKind,
    chosen_css,
    default_css,
    fits,
    resolve,
    scheme_colour,
)

DEFAULTS = {
    TokenKind.COLOUR: "#0b7285",
    TokenKind.LENGTH: "1rem",
    TokenKind.NUMBER: "1",
    TokenKind.FONT: "system",
    TokenKind.CHOICE: "grid",
}
TOKENS = [
    TokenFile(name=f"t-{kind}", type=kind, default=default, choices=("grid", "list"))
    for kind, default in DEFAULTS.items()
]
ANYTHING = st.text() | st.text("#0123456789abcdef .;:{}()/*\\\n-remx%\"'<", max_size=20)
VALUES = st.fixed_dictionaries({token.name: ANYTHING for token in TOKENS})
RULE = re.compile(
    r"\n|@media \(prefers-color-scheme:dark\)\{:root\{(?:--t-[a-z]+:[^;{}<>\\\n]*;?)+\}\}"
    r'|:root(?:\[data-scheme="(?:light|dark)"\])?\{(?:--t-[a-z]+:[^;{}<>\\\n]*;?)+\}'
)


@given(VALUES)
def test_no_value_gets_css_into_a_style_sheet(values: dict[str, str]) -> None:
    made = chosen_css(TOKENS, values)
    assert RULE.sub("", made) == ""
    for stranger in ("/*", "url(", "expression", "@import", "<"):
        assert stranger not in made


@given(VALUES, VALUES, VALUES)
def test_the_last_theme_with_a_value_that_fits_wins(
    portfolio: dict[str, str], sector: dict[str, str], brand: dict[str, str]
) -> None:
    found = resolve(TOKENS, portfolio, sector, brand)
    for token in TOKENS:
        said = [theme[token.name] for theme in (brand, sector, portfolio)]
        fitting = [value for value in said if fits(token, value)]
        assert found[token.name] == [*fitting, token.default][0]


@pytest.mark.parametrize(
    ("kind", "value", "css"),
    [
        (TokenKind.COLOUR, "#C92A2A", "#c92a2a"),
        (TokenKind.COLOUR, "accent-text", "var(--accent-text)"),
        (TokenKind.LENGTH, ".5rem", ".5rem"),
        (TokenKind.LENGTH, "-2px", "-2px"),
        (TokenKind.NUMBER, "1.25", "1.25"),
        (TokenKind.FONT, "mono", FONTS["mono"]),
        (TokenKind.CHOICE, "list", "list"),
    ],
)
def test_values_that_fit(kind: TokenKind, value: str, css: str) -> None:
    token = next(token for token in TOKENS if token.type is kind)
    assert chosen_css([token], {token.name: value}) == f":root{{--{token.name}:{css}}}\n"


def test_two_colours_are_light_and_dark() -> None:
    token = TokenFile(name="t-seal", type=TokenKind.COLOUR, default="#7a1f1f #ffb3b3")
    assert default_css([token]) == (
        ":root{--t-seal:#7a1f1f}\n"
        "@media (prefers-color-scheme:dark){:root{--t-seal:#ffb3b3}}\n"
        ':root[data-scheme="light"]{--t-seal:#7a1f1f}\n'
        ':root[data-scheme="dark"]{--t-seal:#ffb3b3}\n'
    )


@pytest.mark.parametrize(
    "value", ["1", "1 rem", "1rem;", "red", "1e3px", "١rem", "1rem\n", "calc(1px)"]
)
def test_lengths_that_do_not_fit(value: str) -> None:
    assert not fits(TOKENS[1], value)


def test_the_texts_of_the_palette_are_readable_and_a_light_one_is_not() -> None:
    for text in ("ink", "muted", "accent-text"):
        assert unreadable(text, "ground", {}) is None
    worst = unreadable("#ffff00", "ground", {})
    assert worst is not None
    assert worst.scheme == "light"
    assert worst.ratio < 1.2


@given(st.sampled_from(PALETTE), st.sampled_from(SAMPLES))
def test_the_name_of_a_palettes_colour_is_that_colour(name: str, accent: str) -> None:
    field = name.replace("-", "_")
    for palette, dark in ((light_palette(accent), False), (dark_palette(accent), True)):
        assert scheme_colour(name, palette, dark=dark) == getattr(palette, field)

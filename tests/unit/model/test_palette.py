"""Colours of a page: readable, and no further from the accent than they have to be."""

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.colour import Oklch, brightness, contrast, luminance, shown, to_hex, to_oklch
from omnigrid.model.palette import BLACK, TEXT, WHITE, dark_palette, light_palette

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS, st.booleans())
def test_text_in_the_accent_moves_no_further_than_it_must(accent: str, dark: bool) -> None:
    palette = dark_palette(accent) if dark else light_palette(accent)
    grounds = (palette.ground, palette.surface, palette.soft)
    tone = to_oklch(accent)

    def stands_out(colour: str) -> bool:
        return min(contrast(colour, ground) for ground in grounds) >= TEXT + 0.05

    steps = (tone.lightness + (n if dark else -n) / 100 for n in range(101))
    tried = (to_hex(tone._replace(lightness=min(max(each, 0.0), 1.0))) for each in steps)
    assert palette.accent_text == next(filter(stands_out, tried), WHITE if dark else BLACK)


@given(st.floats(0.2, 1), st.floats(0, 0.4), st.floats(0, 360))
def test_a_colour_that_no_screen_shows_loses_chroma_alone(
    lightness: float, chroma: float, hue: float
) -> None:
    colour = to_hex(Oklch(lightness, chroma, hue))
    assert brightness(shown(lightness, chroma, hue)) == luminance(colour)
    seen = to_oklch(colour)
    assert seen.chroma <= chroma + 0.01
    assert abs(seen.lightness - lightness) < 0.02

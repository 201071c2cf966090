"""Whether the text of a colour token can be read where it stands (WCAG 2.2, 1.4.3)."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from omnigrid.model.colour import contrast
from omnigrid.model.palette import TEXT, dark_palette, light_palette
from omnigrid.model.tokens import PALETTE, scheme_colour

SAMPLES = (
    "#000000", "#ffffff", "#808080", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff",
    "#ff00ff", "#0b7285", "#2b8a3e", "#3451b2", "#a61e4d", "#e8590c", "#5f3dc4", "#1a1a1a",
)  # fmt: skip
"""Accents that brands may have, the worst ones among them."""


class Unreadable(NamedTuple):
    """The lowest contrast of a text on a ground: in which scheme, with which accent of a brand."""

    ratio: float
    scheme: str
    accent: str

    def __str__(self) -> str:
        return (
            f"in {self.scheme} its contrast is {self.ratio:.1f} to 1 with the accent "
            f"{self.accent}, and {TEXT} to 1 is needed"
        )


def unreadable(
    value: str, ground: str, values: Mapping[str, str], accents: Iterable[str] = SAMPLES
) -> Unreadable | None:
    """Return the worst case of a text of the colour ``value``; None where it is always readable.

    ``ground`` is a colour of every site or a token; ``values`` are those of the tokens.
    """
    shown = ground if ground in PALETTE else values.get(ground, "")
    found = [
        Unreadable(contrast(text, under), "dark" if dark else "light", accent)
        for accent in accents
        for dark in (False, True)
        for palette in [(dark_palette if dark else light_palette)(accent)]
        if (text := scheme_colour(value, palette, dark=dark))
        and (under := scheme_colour(shown, palette, dark=dark))
    ]
    worst = min(found, default=None)
    return worst if worst and worst.ratio < TEXT else None

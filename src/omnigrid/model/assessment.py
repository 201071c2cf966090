"""Health as pages show it: the figure, what it is made of, and what became of it over time."""

from msgspec import Struct

from omnigrid.model.names import SectorId
from omnigrid.model.portfolio import Health


class Instant(Struct, frozen=True):
    """A moment, for machines and for people."""

    iso: str
    words: str


class Weighed(Struct, frozen=True):
    """A part of a health: what was found, in words, its score of 0 to 100, and what it counts.

    ``score`` is None where the part was not measured and so is left out.
    """

    name: str
    found: str
    score: str | None
    weight: int


class Trend(Struct, frozen=True):
    """A health over the last days, as a line within 100 by 24, and in words."""

    line: str
    """Points of an SVG ``polyline``."""
    x: str
    y: str
    """The last of them."""
    words: str


class Assessment(Struct, frozen=True, kw_only=True):
    """How a sector's health came about."""

    parts: tuple[Weighed, ...]
    sum: str
    """The sum with its numbers; empty where there is nothing to sum."""
    measured: Instant | None
    """When it was measured; None where it never was, and the declared health stands."""
    trend: Trend | None


class BrandHealth(Struct, frozen=True):
    """A brand's health; ``notes`` say in words what is wrong. Grey where nothing was measured."""

    name: str
    url: str
    health: int | None
    status: Health
    notes: tuple[str, ...]


class Drill(Struct, frozen=True, kw_only=True):
    """A sector opened: its brands, those that need somebody first."""

    sector: SectorId
    brands: tuple[BrandHealth, ...]
    more: int
    """How many of its brands are not listed."""
    ailing: int
    """Brands of which something is known that is wrong."""
    trend: Trend | None

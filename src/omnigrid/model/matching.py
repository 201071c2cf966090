"""Intents, and how well brands answer them."""

from msgspec import Struct

from omnigrid.model.files import Priority
from omnigrid.model.names import BrandId, PackId, SectorId, Slug, SourcePath


class Intent(Struct, frozen=True):
    """A need in somebody's own words, with what they chose to state beside it."""

    text: str
    sector: SectorId | None = None
    template: PackId | None = None
    priority: Priority | None = None


class Parts(Struct, frozen=True):
    """The parts of a confidence, each 0 to 100; None where the intent states nothing."""

    text: float
    sector: float | None
    template: float | None
    priority: float | None


class Match(Struct, frozen=True):
    """One brand's answer to an intent. ``confidence`` is 0 to 100."""

    id: BrandId
    name: str
    sector: SectorId
    template: PackId
    confidence: float
    parts: Parts
    terms: tuple[str, ...]
    """Words of the intent that the brand answers, strongest first."""


class Ranking(Struct, frozen=True):
    """The answer to one intent: brands, best first. ``unmatched`` says that none is good enough."""

    intent: Intent
    matches: tuple[Match, ...]
    unmatched: bool


class Placement(Struct, frozen=True):
    """Where a content page goes: onto ``brand``'s site, or nowhere (None)."""

    source: SourcePath
    slug: Slug
    brand: BrandId | None
    ranking: Ranking | None
    """None where the page is pinned to its brand."""


Matches = tuple[Placement, ...]


class IndexedBrand(Struct, frozen=True):
    """A brand as the scorer knows it."""

    id: BrandId
    name: str
    sector: SectorId
    template: PackId
    priority: Priority


class MatchIndex(Struct, frozen=True):
    """A sparse table that Python and a browser score with the same few lines.

    ``rarity`` gives each known term its weight in an intent; ``unknown`` is the weight of a term
    that no brand has. ``postings`` gives for each term the numbers of the brands that have it and
    how strongly, 0 to 1.
    """

    threshold: float
    unknown: float
    brands: tuple[IndexedBrand, ...]
    rarity: dict[str, float]
    postings: dict[str, tuple[tuple[int, float], ...]]


class BrandTerms(Struct, frozen=True):
    """What a brand is found by: its terms, by how strongly it has them, in percent."""

    id: BrandId
    name: str
    template: PackId
    priority: Priority
    terms: dict[int, list[str]]

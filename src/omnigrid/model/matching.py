"""Intents, and how well brands answer them."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from omnigrid.model.files import Priority
from omnigrid.model.names import BrandId, PackId, SectorId, Slug, SourcePath


class Intent(Struct, frozen=True):
    """A need in somebody's own words, with what they chose to state beside it."""

    text: str
    sector: SectorId | None = None
    template: PackId | None = None
    priority: Priority | None = None

    @property
    def states_more(self) -> bool:
        """Whether anything is stated beside the text."""
        return not (self.sector is None and self.template is None and self.priority is None)


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
    """Words of the intent that speak for the brand, strongest first."""


class Names(Struct, frozen=True):
    """What sectors and templates are called, by their ids: for who reads an answer."""

    sectors: dict[SectorId, str]
    templates: dict[PackId, str]


class Ranking(Struct, frozen=True):
    """The answer to one intent: brands, best first. ``unmatched`` says that none is good enough."""

    intent: Intent
    matches: tuple[Match, ...]
    unmatched: bool

    @property
    def margin(self) -> float:
        """How far the best is before the second, in points of confidence."""
        shown = [match.confidence for match in self.matches[:2]]
        return round(shown[0] - shown[1], 1) if len(shown) == 2 else sum(shown)


class Placement(Struct, frozen=True):
    """Where a content page goes: onto ``brand``'s site, or nowhere (None)."""

    source: SourcePath
    slug: Slug
    brand: BrandId | None
    ranking: Ranking | None
    """None where the page is pinned to its brand."""


Matches = tuple[Placement, ...]


class Candidate(Struct, frozen=True):
    """What is known of a brand when intents look for it."""

    id: BrandId
    name: str
    sector: SectorId
    template: PackId
    priority: Priority
    sector_name: str = ""
    template_name: str = ""
    tagline: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    """Intents that are known to be for it."""
    synonyms: tuple[str, ...] = ()
    """What else people call what it does, by the portfolio's list."""


class IndexedBrand(Struct, frozen=True, gc=False):
    """A brand as the scorer knows it."""

    id: BrandId
    name: str
    sector: SectorId
    template: PackId
    priority: Priority


class Calibration(Struct, frozen=True):
    """What turns a text score into the share of such matches that are right: a logistic curve.

    J. Platt, "Probabilistic Outputs for Support Vector Machines" (1999).
    """

    slope: float
    word: float
    """What each word adds, up to a number of words."""
    offset: float


class Posting(Struct, frozen=True, gc=False):
    """The brands for which a term speaks, in order, and how strongly.

    As 32-bit integers and 32-bit floats.
    """

    numbers: bytes
    weights: bytes

    def items(self) -> Iterator[tuple[int, float]]:
        """Return each brand's number and the weight."""
        numbers, weights = memoryview(self.numbers).cast("I"), memoryview(self.weights).cast("f")
        return zip(numbers, weights, strict=True)

    def of_brand(self, number: int) -> float:
        """Return how strongly the term speaks for one brand."""
        numbers = memoryview(self.numbers).cast("I")
        place = bisect_left(numbers, number)
        if place == len(numbers) or numbers[place] != number:
            return 0.0
        weight: float = memoryview(self.weights).cast("f")[place]
        return weight

    @classmethod
    def of(cls, numbers: Sequence[int], weights: Sequence[float]) -> "Posting":
        """Return the posting of these brands."""
        return cls(array("I", numbers).tobytes(), array("f", weights).tobytes())


class MatchIndex(Struct, frozen=True, eq=False):
    """A sparse table of terms and a vector a brand, scored by the same few lines everywhere.

    A text score is the sum, over the terms of an intent, of the term's share of the intent times
    what it says for the brand, plus the product of the intent's vector and the brand's.
    ``rarity`` gives each known term its weight in an intent; ``unknown`` is the weight of a word
    that no brand has. ``postings`` gives for each term the numbers of the brands for which it
    speaks, and how strongly. ``vectors`` holds ``dims`` signed bytes a brand, in units of
    ``scales``.
    """

    threshold: float
    embedder: str
    dims: int
    calibration: Calibration
    unknown: float
    brands: tuple[IndexedBrand, ...]
    rarity: dict[str, float]
    postings: dict[str, Posting]
    vectors: bytes
    scales: tuple[float, ...]
    small_words: bool = False
    """Whether small words such as "how" are terms, too."""

    def cells(self, number: int) -> Sequence[int]:
        """Return the vector of a brand in units of its scale."""
        start = number * self.dims
        return memoryview(self.vectors)[start : start + self.dims].cast("b")


class Learnt(Struct, frozen=True):
    """What examples teach of a brand: the rarity and the weight of each term, and its vector."""

    terms: dict[str, tuple[float, float]]
    vector: bytes
    scale: float


class BrandTexts(Struct, frozen=True, omit_defaults=True):
    """What a brand is found by: its texts, by how strongly their terms count, in percent.

    A text is the numbers of its stems in order; neighbours are terms, too.
    """

    id: BrandId
    name: str
    template: PackId
    priority: Priority
    texts: dict[int, list[list[int]]]
    learnt: Learnt | None = None
    """What counts in place of the texts, where brands have examples enough to learn from."""


class FoundBy(Struct, frozen=True):
    """What the brands of a sector are found by, in their order."""

    stems: list[str]
    """By their numbers: the most frequent first, as their numbers are short."""
    brands: list[BrandTexts]

"""What a brand says of itself: its terms by the field where they stand, its texts, its vector."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from omnigrid.match.terms import stems_of, with_pairs
from omnigrid.model.matching import Candidate
from omnigrid.model.names import BrandId
from omnigrid.model.portfolio import Brand, Portfolio

STRENGTH = {
    "name": 100,
    "keywords": 100,
    "examples": 100,
    "synonyms": 90,
    "tagline": 85,
    "description": 70,
    "sector": 35,
    "template": 30,
}
"""How much a term says by where it stands, in percent."""
_ENOUGH = 3
"""Examples of a brand from which something can be learnt."""
_MOST = 4000
"""Texts beyond which learning takes too long."""


def candidates_of(
    portfolio: Portfolio, brands: Iterable[Brand] | None = None
) -> tuple[Candidate, ...]:
    """Return brands of a portfolio as intents see them, in their order; None: all of them.

    An intent page that names its brand is a correction: its intent is an example of the brand.
    """
    sectors = {sector.id: sector.name for sector in portfolio.sectors}
    corrections = corrections_of(portfolio)
    return tuple(
        _candidate(brand, portfolio, sectors[brand.sector], corrections.get(brand.id, []))
        for brand in (portfolio.brands if brands is None else brands)
    )


@lru_cache(maxsize=2)
def corrections_of(portfolio: Portfolio) -> dict[BrandId, list[str]]:
    """Return the intents of pages that name their brand, by brand."""
    found: dict[BrandId, list[str]] = {}
    for page in portfolio.pages:
        if page.brand is not None and page.intent is not None:
            found.setdefault(page.brand, []).append(page.intent)
    return found


def _candidate(
    brand: Brand, portfolio: Portfolio, sector_name: str, corrections: Sequence[str]
) -> Candidate:
    known = Candidate(
        id=brand.id,
        name=brand.name,
        sector=brand.sector,
        template=brand.template,
        priority=brand.priority,
        sector_name=sector_name,
        template_name=portfolio.packs[brand.template].name,
        tagline=brand.tagline,
        description=brand.description,
        keywords=brand.keywords,
        examples=(*brand.examples, *corrections),
    )
    groups = portfolio.config.matching.synonyms
    return replace(known, synonyms=tuple(_synonyms(known, groups))) if groups else known


def _synonyms(candidate: Candidate, groups: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the expressions of every group of which the brand itself says one."""
    said = set(terms_by_strength(candidate))
    for group in groups:
        if any(said.issuperset(with_pairs(stems_of(expression))) for expression in group):
            yield from group


def terms_by_strength(candidate: Candidate) -> dict[str, int]:
    """Return a brand's terms, each with the strength of the strongest place where it stands."""
    found: dict[str, int] = {}
    for strength, stems in texts_by_strength(candidate):
        found.update(dict.fromkeys(with_pairs(stems), strength))
    return found


def texts_by_strength(candidate: Candidate) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the stems of each of a brand's texts with the strength of its field, weak to strong."""
    for field, texts in _weak_to_strong(candidate):
        for text in texts:
            yield STRENGTH[field], stems_of(text)


def _weak_to_strong(candidate: Candidate) -> Iterator[tuple[str, Sequence[str]]]:
    yield "template", (candidate.template_name,)
    yield "sector", (candidate.sector_name,)
    yield "description", (candidate.description,)
    yield "tagline", (candidate.tagline,)
    yield "synonyms", candidate.synonyms
    yield "examples", candidate.examples
    yield "keywords", candidate.keywords
    yield "name", (candidate.name,)


def is_taught(candidates: Sequence[Candidate]) -> bool:
    """Return whether most brands have examples enough to learn from."""
    return _suffices([len(each.examples) for each in candidates])


def teaches(portfolio: Portfolio) -> bool:
    """Return the same of a portfolio's brands, without a look at what else they say."""
    given = corrections_of(portfolio)
    return _suffices(
        [len(brand.examples) + len(given.get(brand.id, ())) for brand in portfolio.brands]
    )


def _suffices(examples: Sequence[int]) -> bool:
    """Return whether so many examples of each brand are enough, and not too many."""
    taught = sum(count >= _ENOUGH for count in examples)
    return 2 * taught > len(examples) > 1 and sum(examples) + len(examples) <= _MOST


def whole_text(candidate: Candidate) -> str:
    """Return all that a brand says of itself, in one text."""
    own = (candidate.name, candidate.tagline, candidate.description, *candidate.keywords)
    return ". ".join(text for text in (*own, candidate.sector_name) if text)

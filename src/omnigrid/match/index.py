"""The index: for each term, the brands that have it and how strongly."""

import math
from collections.abc import Iterable
from functools import lru_cache

from omnigrid.match.terms import stems_of
from omnigrid.model.matching import BrandTerms, IndexedBrand, MatchIndex
from omnigrid.model.names import SectorId
from omnigrid.model.portfolio import Brand, Portfolio

_STRENGTH = {
    "name": 1.0,
    "keywords": 1.0,
    "examples": 1.0,
    "tagline": 0.85,
    "description": 0.7,
    "sector": 0.35,
    "template": 0.3,
}
"""How much a term says by where it stands."""
_PERCENT = {strength: round(100 * strength) for strength in _STRENGTH.values()}


@lru_cache(maxsize=2)
def index_brands(portfolio: Portfolio) -> MatchIndex:
    """Return the index of a portfolio's brands, in the order of the brands; made once for each."""
    shared = _shared_terms(portfolio)
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, brand in enumerate(portfolio.brands):
        for term, strength in _brand_terms(brand, shared).items():
            known = postings.get(term)
            if known is None:
                postings[term] = [(number, strength)]
            else:
                known.append((number, strength))
    count = len(portfolio.brands)
    return MatchIndex(
        threshold=portfolio.config.matching.threshold,
        unknown=_rarity(0, count),
        brands=tuple(
            IndexedBrand(b.id, b.name, b.sector, b.template, b.priority) for b in portfolio.brands
        ),
        rarity={term: _rarity(len(postings[term]), count) for term in sorted(postings)},
        postings={term: tuple(postings[term]) for term in sorted(postings)},
    )


def sector_terms(portfolio: Portfolio, sector: SectorId) -> list[BrandTerms]:
    """Return what the brands of a sector are found by, in the order of the brands."""
    shared = _shared_terms(portfolio)
    return [
        BrandTerms(b.id, b.name, b.template, b.priority, _by_strength(_brand_terms(b, shared)))
        for b in portfolio.brands
        if b.sector == sector
    ]


def _by_strength(terms: dict[str, float]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for term in sorted(terms):
        found.setdefault(_PERCENT[terms[term]], []).append(term)
    return dict(sorted(found.items(), reverse=True))


def _rarity(having: int, count: int) -> float:
    """Return a term's weight: the rarer, the more it says (Spärck Jones, 1972)."""
    return round(math.log(1 + (count + 1) / (having + 0.5)), 4)


def _shared_terms(portfolio: Portfolio) -> dict[str, list[str]]:
    """Return the terms that a brand gets from its sector and its template, by their ids."""
    names = {str(sector.id): sector.name for sector in portfolio.sectors}
    names |= {str(pack_id): pack.name for pack_id, pack in portfolio.packs.items()}
    return {owner: stems_of(name) for owner, name in names.items()}


def _brand_terms(brand: Brand, shared: dict[str, list[str]]) -> dict[str, float]:
    """Return a brand's terms, each with the strength of the strongest place where it stands."""
    found: dict[str, float] = {}
    weak_to_strong: tuple[tuple[str, Iterable[str]], ...] = (
        ("template", shared[brand.template]),
        ("sector", shared[brand.sector]),
        ("description", stems_of(brand.description)),
        ("tagline", stems_of(brand.tagline)),
        ("examples", [term for text in brand.examples for term in stems_of(text)]),
        ("keywords", [term for text in brand.keywords for term in stems_of(text)]),
        ("name", stems_of(brand.name)),
    )
    for field, terms in weak_to_strong:
        found.update(dict.fromkeys(terms, _STRENGTH[field]))
    return found

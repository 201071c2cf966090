"""The index: for each term, the brands that have it and how strongly."""

import math
from collections import defaultdict
from functools import lru_cache

from omnigrid.match.terms import terms_of
from omnigrid.model.matching import IndexedBrand, MatchIndex
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


@lru_cache(maxsize=2)
def index_brands(portfolio: Portfolio) -> MatchIndex:
    """Return the index of a portfolio's brands, in the order of the brands; made once for each."""
    shared = _shared_terms(portfolio)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, brand in enumerate(portfolio.brands):
        for term, strength in _brand_terms(brand, shared).items():
            postings[term].append((number, strength))
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


def _rarity(having: int, count: int) -> float:
    """Return a term's weight: the rarer, the more it says (Spärck Jones, 1972)."""
    return round(math.log(1 + (count + 1) / (having + 0.5)), 4)


def _shared_terms(portfolio: Portfolio) -> dict[str, dict[str, str]]:
    """Return the terms that a brand gets from its sector and its template, by their ids."""
    names = {str(sector.id): sector.name for sector in portfolio.sectors}
    names |= {str(pack_id): pack.name for pack_id, pack in portfolio.packs.items()}
    return {owner: terms_of(name) for owner, name in names.items()}


def _brand_terms(brand: Brand, shared: dict[str, dict[str, str]]) -> dict[str, float]:
    fields = {
        "name": [brand.name],
        "keywords": brand.keywords,
        "examples": brand.examples,
        "tagline": [brand.tagline],
        "description": [brand.description],
    }
    found: dict[str, float] = {}
    for field, texts in fields.items():
        for text in texts:
            for term in terms_of(text):
                found[term] = max(found.get(term, 0.0), _STRENGTH[field])
    for field, owner in (("sector", brand.sector), ("template", brand.template)):
        for term in shared[owner]:
            found.setdefault(term, _STRENGTH[field])
    return found

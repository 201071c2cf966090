"""The index: for each term, the brands for which it speaks; for each brand, its vector."""

import math
from collections.abc import Sequence

from omnigrid.match.fields import (
    is_taught,
    quantised,
    terms_by_strength,
)
from omnigrid.model.matching import (
    BrandTerms,
    Calibration,
    Candidate,
    IndexedBrand,
    MatchIndex,
    Posting,
)
from omnigrid.model.words import Embedder

WORDS = 0.4
"""What equal words weigh beside equal meaning."""
TAUGHT = Calibration(slope=2.25, word=0.0, offset=-3.9)
"""How sure a score is: measured by ``scripts/bench matching``, see docs/matching.md."""


def index_candidates(
    candidates: Sequence[Candidate], embedder: Embedder, threshold: float
) -> MatchIndex:
    """Return the index of brands, in their order.

    Where enough brands have examples, what tells them apart is learnt from these.
    """
    brands = tuple(IndexedBrand(c.id, c.name, c.sector, c.template, c.priority) for c in candidates)
    if is_taught(candidates):
        from omnigrid.match.tuning import tune  # noqa: PLC0415  (NumPy takes 0.1 s)

        lesson = tune(candidates, embedder)
        rarity, postings, vectors = lesson.rarity, lesson.postings, lesson.vectors
    else:
        terms = [terms_by_strength(each) for each in candidates]
        rarity, postings = _table(terms)
        vectors = embedder.embed_brands(candidates, terms)
    packed = [quantised(vector) for vector in vectors]
    return MatchIndex(
        threshold=threshold,
        embedder=embedder.name,
        dims=embedder.dims,
        calibration=TAUGHT if is_taught(candidates) else embedder.calibration,
        unknown=_rarity(0, len(brands)),
        brands=brands,
        rarity=rarity,
        postings=postings,
        vectors=b"".join(cells for cells, _ in packed),
        scales=tuple(scale for _, scale in packed),
        small_words=is_taught(candidates),
    )


def found_by(candidates: Sequence[Candidate]) -> list[BrandTerms]:
    """Return what brands are found by, in their order: all that an index is made from."""
    return [
        BrandTerms(
            each.id, each.name, each.template, each.priority, _by_strength(terms_by_strength(each))
        )
        for each in candidates
    ]


def _by_strength(terms: dict[str, float]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for term in sorted(terms):
        found.setdefault(round(100 * terms[term]), []).append(term)
    return dict(sorted(found.items(), reverse=True))


def _table(
    documents: Sequence[dict[str, float]],
) -> tuple[dict[str, float], dict[str, Posting]]:
    """Return the rarity of each term, and what it says for the brands that have it.

    The weights of a brand's terms together have length ``WORDS``: cosine similarity of term
    weights (Salton, Buckley, 1988).
    """
    having: dict[str, int] = {}
    for terms in documents:
        for term in terms:
            having[term] = having.get(term, 0) + 1
    rarity = {term: _rarity(having[term], len(documents)) for term in sorted(having)}
    numbers: dict[str, list[int]] = {term: [] for term in rarity}
    shares: dict[str, list[float]] = {term: [] for term in rarity}
    for number, terms in enumerate(documents):
        weights = {term: rarity[term] * strength for term, strength in terms.items()}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
        for term, weight in weights.items():
            numbers[term].append(number)
            shares[term].append(WORDS * weight / length)
    return rarity, {term: Posting.of(numbers[term], shares[term]) for term in rarity}


def _rarity(having: int, count: int) -> float:
    """Return a term's weight: the rarer, the more it says (Spärck Jones, 1972)."""
    return round(math.log(1 + (count + 1) / (having + 0.5)), 4)

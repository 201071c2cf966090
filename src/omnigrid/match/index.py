"""The index: for each term, the brands for which it speaks; for each brand, its vector."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from omnigrid.match.fields import is_taught, texts_by_strength
from omnigrid.model.matching import (
    BrandTexts,
    Candidate,
    FoundBy,
    IndexedBrand,
    MatchIndex,
    Posting,
)
from omnigrid.model.words import BrandTerms, Embedder, Vector

WORDS = 0.4
"""What equal words weigh beside equal meaning."""


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
        from omnigrid.match.counting import terms_of_brands  # noqa: PLC0415  (NumPy takes 0.1 s)

        terms = terms_of_brands(candidates)
        rarity, postings = _table(terms)
        vectors = embedder.embed_brands(candidates, terms)
    cells, scales = _packed(vectors)
    return MatchIndex(
        threshold=threshold,
        embedder=embedder.name,
        dims=embedder.dims,
        calibration=embedder.taught if is_taught(candidates) else embedder.calibration,
        unknown=_rarity(0, len(brands)),
        brands=brands,
        rarity=rarity,
        postings=postings,
        vectors=cells,
        scales=scales,
        small_words=is_taught(candidates),
    )


def _packed(vectors: Sequence[Vector]) -> tuple[bytes, tuple[float, ...]]:
    """Return vectors in signed bytes, one after another, and the scale of each."""
    from omnigrid.match.arrays import pack_vectors  # noqa: PLC0415  (NumPy takes 0.1 s)

    return pack_vectors(vectors)


def found_by(candidates: Sequence[Candidate]) -> FoundBy:
    """Return what brands are found by, in their order: all that an index is made from."""
    said = [list(texts_by_strength(each)) for each in candidates]
    counts = Counter(stem for texts in said for _, stems in texts for stem in stems)
    stems = sorted(counts, key=lambda stem: (-counts[stem], stem))
    numbers = {stem: number for number, stem in enumerate(stems)}
    brands = [
        BrandTexts(each.id, each.name, each.template, each.priority, _numbered(texts, numbers))
        for each, texts in zip(candidates, said, strict=True)
    ]
    return FoundBy(stems, brands)


def _numbered(
    texts: Sequence[tuple[int, tuple[str, ...]]], numbers: Mapping[str, int]
) -> dict[int, list[list[int]]]:
    found: dict[int, list[list[int]]] = {}
    for strength, stems in texts:
        if stems:
            found.setdefault(strength, []).append([numbers[stem] for stem in stems])
    return found


def _table(terms: BrandTerms) -> tuple[dict[str, float], dict[str, Posting]]:
    """Return the rarity of each term, and what it says for the brands that have it.

    The weights of a brand's terms together have length ``WORDS``: cosine similarity of term
    weights (Salton, Buckley, 1988).
    """
    from omnigrid.match.arrays import weigh_terms  # noqa: PLC0415  (NumPy takes 0.1 s)

    return weigh_terms(terms, lambda having: _rarity(having, len(terms.sizes)), WORDS)


def _rarity(having: int, count: int) -> float:
    """Return a term's weight: the rarer, the more it says (Spärck Jones, 1972)."""
    return round(math.log(1 + (count + 1) / (having + 0.5)), 4)

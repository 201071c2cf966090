"""The sums behind a score, over all brands."""

from collections.abc import Mapping, Sequence
from heapq import nlargest
from operator import mul

from omnigrid.model.matching import MatchIndex, Posting
from omnigrid.model.words import Vector

_FEW = 1 << 18
"""Cells of vectors up to which the sums are made without NumPy, whose import takes longer."""


def best_scores(
    index: MatchIndex, query: Vector, shares: Mapping[str, float], count: int
) -> dict[int, float]:
    """Return the ``count`` best brands by number, best first, and their text scores.

    A score is the product of the query's vector and the brand's, and for each term its share of
    the query times what it says for the brand.
    """
    known = [(share, index.postings[term]) for term, share in shares.items()]
    if len(index.vectors) > _FEW:
        from omnigrid.match.arrays import best_of_many  # noqa: PLC0415  (NumPy takes 0.1 s)

        return best_of_many(index, query, known, count)
    return _best_of_few(index, query, known, count)


def _best_of_few(
    index: MatchIndex, query: Vector, postings: Sequence[tuple[float, Posting]], count: int
) -> dict[int, float]:
    dims, cells = index.dims, memoryview(index.vectors).cast("b")
    scores = [
        scale * sum(map(mul, query, cells[start : start + dims]))
        for scale, start in zip(index.scales, range(0, len(cells), dims), strict=True)
    ]
    for share, posting in postings:
        for number, weight in posting.items():
            scores[number] += share * weight
    ranked = nlargest(count, range(len(scores)), key=lambda number: (scores[number], -number))
    return {number: scores[number] for number in ranked}

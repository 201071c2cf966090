"""The sums behind a score, over all brands."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from operator import mul

from omnigrid.model.matching import MatchIndex, Posting
from omnigrid.model.words import Vector

_FEW = 1 << 18
"""Cells of vectors up to which the import of NumPy takes longer than it saves."""
_SPARE = 8
"""Brands that are looked at beyond those that are asked for: NumPy finds them, less exactly."""

Shares = Sequence[tuple[float, Posting]]


def best_scores(
    index: MatchIndex, query: Vector, shares: Mapping[str, float], count: int
) -> dict[int, float]:
    """Return the ``count`` best brands by number, best first, and their text scores.

    A score is the product of the query's vector and the brand's, and for each term its share of
    the query times what it says for the brand. It is the same number whoever finds the brands.
    """
    known = [(share, index.postings[term]) for term, share in shares.items()]
    numbers: Iterable[int] = range(len(index.brands))
    if len(index.brands) > count + _SPARE and (len(index.vectors) > _FEW or "numpy" in sys.modules):
        from omnigrid.match.arrays import best_of_many  # noqa: PLC0415  (NumPy takes 0.1 s)

        numbers = best_of_many(index, query, known, count + _SPARE)
    scores = _scores(index, query, known, numbers)
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    return {number: scores[number] for number in ranked[:count]}


def _scores(
    index: MatchIndex, query: Vector, shares: Shares, numbers: Iterable[int]
) -> dict[int, float]:
    dims, cells = index.dims, memoryview(index.vectors).cast("b")
    scores = {
        number: index.scales[number]
        * sum(map(mul, query, cells[number * dims : (number + 1) * dims]))
        for number in numbers
    }
    for share, posting in shares:
        for number, weight in posting.among(scores):
            scores[number] += share * weight
    return scores

"""The sums behind a score, over all brands.

They are the same to the last bit with NumPy, without it and in `match.js`: what is added in any
order are integers, and all else is added in one order.
"""

import sys
from collections.abc import Mapping, Sequence
from math import floor
from operator import mul

from omnigrid.model.matching import MatchIndex, Posting
from omnigrid.model.words import Vector

STEPS = 32_000
"""Steps from 0 to 1 to which the cells of a text's vector are rounded. Its length in steps is less
than 2^15 then and a brand's less than 2^11, so that a browser can add up two brands in one number
of 53 bits."""
_FEW = 1 << 18
"""Cells of vectors up to which the import of NumPy takes longer than it saves."""
_SPARE = 8
"""Brands that are looked at beyond those that are asked for: NumPy finds them, less exactly."""

Shares = Sequence[tuple[float, Posting]]


def best_scores(
    index: MatchIndex, query: Vector, shares: Mapping[str, float], count: int
) -> dict[int, float]:
    """Return the ``count`` best brands by number, best first, and their text scores.

    A score is for each term its share of the query times what it says for the brand, plus the
    product of the query's vector and the brand's.
    """
    known = [(share, index.postings[term]) for term, share in shares.items()]
    if len(index.vectors) > _FEW or "numpy" in sys.modules:
        from omnigrid.match.arrays import scores_of_best  # noqa: PLC0415  (NumPy takes 0.1 s)

        scores = scores_of_best(index, query, known, count + _SPARE)
    else:
        scores = _scores(index, query, known)
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    return {number: scores[number] for number in ranked[:count]}


def _scores(index: MatchIndex, query: Vector, shares: Shares) -> dict[int, float]:
    scores = [0.0] * len(index.brands)
    for share, posting in shares:
        for number, weight in posting.items():
            scores[number] += share * weight
    steps = [floor(STEPS * cell + 0.5) for cell in query]
    for number, scale in enumerate(index.scales):
        scores[number] += sum(map(mul, steps, index.cells(number))) * scale / STEPS
    return dict(enumerate(scores))

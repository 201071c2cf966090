"""Pairs of neighbouring stems that texts have often: rows of their own beside those of the stems.

M. Pagliardini, P. Gupta, M. Jaggi, "Unsupervised Learning of Sentence Embeddings using
Compositional n-Gram Features" (2018).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from omnigrid.match.terms import all_words_of, stem
from teaching.bags import Bag

_OFTEN = 3
"""Texts that a pair must stand in."""


def frequent_pairs(texts: Sequence[str], count: int) -> list[str]:
    """Return the ``count`` pairs that stand in the most texts, most frequent first, or fewer."""
    counts = Counter(chain.from_iterable(set(_pairs(_stems(text))) for text in texts))
    often = (pair for pair in counts if counts[pair] >= _OFTEN)
    return sorted(often, key=lambda pair: (-counts[pair], pair))[:count]


def bag_with_pairs(text: str, numbers: Mapping[str, int]) -> Bag:
    """Return a text as the rows of its stems and of its pairs, those that ``numbers`` knows."""
    stems = _stems(text)
    rows = (numbers[one] for one in (*stems, *_pairs(stems)) if one in numbers)
    return [(row, 1.0) for row in rows] or [(0, 1.0)]


def _stems(text: str) -> list[str]:
    return [stem(word) for word in all_words_of(text)]


def _pairs(stems: Sequence[str]) -> list[str]:
    return [" ".join(pair) for pair in pairwise(stems)]

"""Sums over thousands of brands or texts, with NumPy; imported only where there are so many."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import cast

import numpy as np
from numpy import float32, float64, int8, intp, uint8, uint32
from numpy.typing import NDArray

from omnigrid.match.sums import STEPS
from omnigrid.model.matching import MatchIndex, Posting
from omnigrid.model.words import BrandTerms, Vector, WordTable

_LARGEST = 127
"""Of a signed byte."""
_LONGEST = 2047
"""Of a brand's vector in steps: see ``STEPS``."""
_NO_ROW = -1
"""Stands for a word that the table does not know."""


def unit_sums(
    table: WordTable, rows: Sequence[int], weights: Sequence[int], sizes: Sequence[int]
) -> Sequence[Vector]:
    """Return the directions of sums of weighted rows: vectors of length 1.

    ``sizes`` says how many rows are in each sum. Unknown rows are negative and count for nothing.
    """
    numbers, known = np.asarray(rows, intp), np.asarray(rows, intp) >= 0
    ends = np.append(0, np.cumsum(known))[np.cumsum(sizes, dtype=intp)]
    numbers, strengths = numbers[known], np.asarray(weights, float64)[known]
    strengths *= _scales(table)[numbers]
    used, numbers = np.unique(numbers, return_inverse=True)
    cells, found, start = _cells(table)[used].astype(float64), np.zeros((len(sizes), table.dims)), 0
    for number, end in enumerate(ends.tolist()):
        found[number] = strengths[start:end] @ cells[numbers[start:end]]
        start = end
    lengths = np.sqrt(np.cumsum(found * found, axis=1)[:, -1:])
    return cast("Sequence[Vector]", found / np.where(lengths > 0, lengths, 1))


def sums_of_brands(table: WordTable, terms: BrandTerms) -> Sequence[Vector]:
    """Return the direction of each brand: the sum of its words by strength."""
    rows = np.array([table.numbers.get(term, _NO_ROW) for term in terms.names], intp)
    numbers = cast("Sequence[int]", rows[np.asarray(terms.numbers, intp)])
    return unit_sums(table, numbers, terms.strengths, terms.sizes)


def sum_of_rows(table: WordTable, rows: Sequence[int]) -> Vector:
    """Return the sum of rows."""
    cells = _cells(table)[rows].astype(float64)
    total: list[float] = (_scales(table)[rows] @ cells).tolist()
    return total


def products_of_rows(table: WordTable, rows: Sequence[int], vector: Vector) -> Sequence[float]:
    """Return the product of each row and a vector."""
    cells = _cells(table)[rows].astype(float64)
    products: list[float] = (_scales(table)[rows] * (cells @ np.asarray(vector, float64))).tolist()
    return products


def pack_vectors(vectors: Sequence[Vector]) -> tuple[bytes, tuple[float, ...]]:
    """Return vectors in signed bytes, one after another, and the scale that turns each back."""
    given: NDArray[float64] = np.asarray(vectors, dtype=float64)
    largest = np.abs(given).max(axis=1, initial=0.0) if len(given) else np.zeros(0)
    most = min(_LARGEST, int(_LONGEST / (given.shape[1] ** 0.5))) if len(given) else _LARGEST
    scales = tuple(float(f"{cell / most:.6g}") for cell in largest.tolist())
    units = np.array([scale or 1.0 for scale in scales])[:, None]
    return np.round(given / units).astype(int8).tobytes(), scales


def weigh_terms(
    brands: BrandTerms, rarity_of: Callable[[int], float], length: float
) -> tuple[dict[str, float], dict[str, Posting]]:
    """Return the rarity of each term, and what it says for the brands that have it.

    That is its strength by its rarity. The weights of a brand together have ``length``.
    """
    names, sizes = brands.names, brands.sizes
    terms, strengths = np.asarray(brands.numbers, intp), np.asarray(brands.strengths, float64)
    having = np.bincount(terms, minlength=len(names))
    by_count = {count: rarity_of(count) for count in set(having.tolist())}
    rarity = dict(zip(names, map(by_count.__getitem__, having.tolist()), strict=True))
    numbers = np.repeat(np.arange(len(sizes), dtype=uint32), sizes)
    weights = strengths * np.array(list(rarity.values()), float64)[terms]
    lengths = np.sqrt(np.bincount(numbers, weights * weights, len(sizes)))
    weights *= length / lengths[numbers]
    order = np.sort(terms * len(terms) + np.arange(len(terms))) % max(1, len(terms))
    ends = np.cumsum(having).tolist()
    sorted_numbers, sorted_weights = numbers[order], weights[order].astype(float32)
    postings = {
        term: Posting(sorted_numbers[start:end].tobytes(), sorted_weights[start:end].tobytes())
        for term, start, end in zip(names, [0, *ends], ends, strict=False)
    }
    return rarity, postings


@lru_cache(maxsize=2)
def _cells(table: WordTable) -> NDArray[int8]:
    packed = np.frombuffer(table.rows, dtype=uint8).reshape(-1, table.dims // 2)
    cells = np.empty((len(packed), table.dims), dtype=int8)
    cells[:, ::2], cells[:, 1::2] = packed & 15, packed >> 4
    cells -= 8
    return cells


@lru_cache(maxsize=2)
def _scales(table: WordTable) -> NDArray[float64]:
    return np.array(table.scales, dtype=float64)


def scores_of_best(
    index: MatchIndex, query: Vector, postings: Sequence[tuple[float, Posting]], count: int
) -> dict[int, float]:
    """Return the text scores of the ``count`` best brands by number, in no order.

    Which are the best is decided as 32-bit floats see them.
    """
    said = np.zeros(len(index.brands))
    for share, posting in postings:
        numbers = np.frombuffer(posting.numbers, dtype=uint32)
        said[numbers] += share * np.frombuffer(posting.weights, dtype=float32).astype(float64)
    steps = np.floor(np.array(query, dtype=float64) * STEPS + 0.5)
    best = _best(index, steps, said, count)
    cells, scales = _brands(index)
    said[best] += (cells[best].astype(float64) @ steps) * scales[best] / STEPS
    return dict(zip(best.tolist(), said[best].tolist(), strict=True))


def _best(
    index: MatchIndex, steps: NDArray[float64], said: NDArray[float64], count: int
) -> NDArray[intp]:
    if len(said) <= count:
        return np.arange(len(said))
    scores = said + (steps / STEPS).astype(float32) @ _columns(index)
    return np.argpartition(-scores, count)[:count]


@lru_cache(maxsize=1)
def _brands(index: MatchIndex) -> tuple[NDArray[int8], NDArray[float64]]:
    cells = np.frombuffer(index.vectors, dtype=int8).reshape(-1, index.dims)
    return cells, np.array(index.scales, dtype=float64)


@lru_cache(maxsize=1)
def _columns(index: MatchIndex) -> NDArray[float32]:
    """Return the vectors of the brands in columns: the product with a row is 4 times as fast."""
    cells, scales = _brands(index)
    return np.ascontiguousarray(cells.T * scales.astype(float32))

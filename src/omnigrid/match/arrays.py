"""Sums over thousands of brands or texts, with NumPy; imported only where there are so many."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy import float32, float64, uint8, uint32
from numpy.typing import NDArray

from omnigrid.model.matching import MatchIndex, Posting
from omnigrid.model.words import Vector, WordTable


def unit_sums(
    table: WordTable, bags: Sequence[Sequence[tuple[int, float]]]
) -> Sequence[Sequence[float]]:
    """Return for each bag of weighted rows the direction of their sum: vectors of length 1."""
    matrix = _table_matrix(table)
    found = np.zeros((len(bags), table.dims))
    for number, bag in enumerate(bags):
        if bag:
            rows, weights = zip(*bag, strict=True)
            found[number] = np.array(weights) @ matrix[list(rows)]
    lengths = np.sqrt((found * found).sum(axis=1, keepdims=True))
    vectors: Sequence[Sequence[float]] = (found / np.where(lengths > 0, lengths, 1)).tolist()
    return vectors


@lru_cache(maxsize=1)
def _table_matrix(table: WordTable) -> NDArray[float32]:
    packed = np.frombuffer(table.rows, dtype=uint8).reshape(-1, table.dims // 2)
    cells = np.empty((len(packed), table.dims), dtype=float32)
    cells[:, ::2], cells[:, 1::2] = packed & 15, packed >> 4
    return (cells - 8) * np.array(table.scales, dtype=float32)[:, None]


def best_of_many(
    index: MatchIndex, query: Vector, postings: Sequence[tuple[float, Posting]], count: int
) -> dict[int, float]:
    """Return the ``count`` best brands by number, best first, and their text scores."""
    scores = (_index_matrix(index) @ np.array(query, dtype=float32)).astype(float64)
    for share, posting in postings:
        numbers = np.frombuffer(posting.numbers, dtype=uint32)
        scores[numbers] += share * np.frombuffer(posting.weights, dtype=float32)
    chosen = np.argpartition(-scores, min(count, len(scores) - 1))[:count].tolist()
    ranked = sorted(chosen, key=lambda number: (-scores[number], number))
    return {number: float(scores[number]) for number in ranked}


@lru_cache(maxsize=1)
def _index_matrix(index: MatchIndex) -> NDArray[float32]:
    cells = np.frombuffer(index.vectors, dtype=np.int8).reshape(-1, index.dims)
    matrix: NDArray[float32] = cells.astype(float32) * np.array(index.scales, float32)[:, None]
    return matrix

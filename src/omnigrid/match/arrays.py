"""Sums over thousands of brands or texts, with NumPy; imported only where there are so many."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import cast

import numpy as np
from numpy import float32, float64, uint8, uint32
from numpy.typing import NDArray

from omnigrid.model.matching import MatchIndex, Posting
from omnigrid.model.words import Vector, WordTable

_LARGEST = 127
"""Of a signed byte."""


def unit_sums(table: WordTable, bags: Sequence[Sequence[tuple[int, float]]]) -> Sequence[Vector]:
    """Return for each bag of weighted rows the direction of their sum: vectors of length 1."""
    matrix = _table_matrix(table)
    found = np.zeros((len(bags), table.dims))
    for number, bag in enumerate(bags):
        if bag:
            rows, weights = zip(*bag, strict=True)
            found[number] = np.array(weights) @ matrix[list(rows)]
    lengths = np.sqrt((found * found).sum(axis=1, keepdims=True))
    return cast("Sequence[Vector]", found / np.where(lengths > 0, lengths, 1))


def pack_vectors(vectors: Sequence[Vector]) -> tuple[bytes, tuple[float, ...]]:
    """Return vectors in signed bytes, one after another, and the scale that turns each back."""
    given: NDArray[float64] = np.asarray(vectors, dtype=float64)
    largest = np.abs(given).max(axis=1, initial=0.0) if len(given) else np.zeros(0)
    scales = tuple(float(f"{cell / _LARGEST:.6g}") for cell in largest.tolist())
    units = np.array([scale or 1.0 for scale in scales])[:, None]
    return np.round(given / units).astype(np.int8).tobytes(), scales


def weigh_terms(
    documents: Sequence[Mapping[str, float]], rarity: Mapping[str, float], length: float
) -> dict[str, Posting]:
    """Return what each term says for the documents that have it: its strength by its rarity.

    ``rarity`` has every term. The weights of a document together have ``length``.
    """
    places = {term: place for place, term in enumerate(rarity)}
    sizes = [len(terms) for terms in documents]
    terms = np.fromiter((places[t] for own in documents for t in own), np.intp, sum(sizes))
    strengths = np.fromiter((s for own in documents for s in own.values()), float64, sum(sizes))
    numbers = np.repeat(np.arange(len(documents), dtype=uint32), sizes)
    weights = strengths * np.array(list(rarity.values()))[terms]
    lengths = np.sqrt(np.bincount(numbers, weights * weights, len(documents)))
    weights *= length / lengths[numbers]
    order = np.argsort(terms, kind="stable")
    ends = np.cumsum(np.bincount(terms, minlength=len(places))).tolist()
    sorted_numbers, sorted_weights = numbers[order], weights[order].astype(float32)
    return {
        term: Posting(sorted_numbers[start:end].tobytes(), sorted_weights[start:end].tobytes())
        for term, start, end in zip(rarity, [0, *ends], ends, strict=False)
    }


@lru_cache(maxsize=1)
def _table_matrix(table: WordTable) -> NDArray[float32]:
    packed = np.frombuffer(table.rows, dtype=uint8).reshape(-1, table.dims // 2)
    cells = np.empty((len(packed), table.dims), dtype=float32)
    cells[:, ::2], cells[:, 1::2] = packed & 15, packed >> 4
    return (cells - 8) * np.array(table.scales, dtype=float32)[:, None]


def best_of_many(
    index: MatchIndex, query: Vector, postings: Sequence[tuple[float, Posting]], count: int
) -> list[int]:
    """Return the ``count`` best brands by number, in no order, as 32-bit floats see them."""
    scores = (_index_matrix(index) @ np.array(query, dtype=float32)).astype(float64)
    for share, posting in postings:
        numbers = np.frombuffer(posting.numbers, dtype=uint32)
        scores[numbers] += share * np.frombuffer(posting.weights, dtype=float32)
    best: list[int] = np.argpartition(-scores, min(count, len(scores) - 1))[:count].tolist()
    return best


@lru_cache(maxsize=1)
def _index_matrix(index: MatchIndex) -> NDArray[float32]:
    cells = np.frombuffer(index.vectors, dtype=np.int8).reshape(-1, index.dims)
    matrix: NDArray[float32] = cells.astype(float32) * np.array(index.scales, float32)[:, None]
    return matrix

"""Vectors whose sums agree with the model, and which were taught nothing else.

Beside the taught table they are a second view of a text: what was learnt for needs and products
costs some of what the model knows at large.
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from teaching.bags import Bag
from teaching.meanings import Floats

Cells = NDArray[np.float32]

_ROUNDS = 2
"""The directions of sums count, not their lengths; these are taken from the round before."""
_STEPS = 12
"""Of conjugate gradients."""
_SOFT = 1e-3
"""A stem that starts shorter than this may go as far as one that does not."""
_FREE = 1.0
"""How firmly a row is held that starts as nothing: that of a pair."""


class _Sums:
    """Adds up the rows of bags, and hands to rows what was said of sums."""

    def __init__(self, bags: Sequence[Bag], count: int) -> None:
        sizes = [len(bag) for bag in bags]
        self._rows = np.array([row for bag in bags for row, _ in bag], dtype=np.intp)
        self._starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        order = np.argsort(self._rows, kind="stable")
        self._bags = np.repeat(np.arange(len(bags)), sizes)[order]
        self._used, self._first = np.unique(self._rows[order], return_index=True)
        self._count = count

    def of(self, vectors: Cells) -> Cells:
        """Return a sum for each bag."""
        found: Cells = np.add.reduceat(vectors[self._rows], self._starts, axis=0)
        return found

    def back(self, said: Cells) -> Cells:
        """Return for each row the sum over the bags that have it."""
        found = np.zeros((self._count, said.shape[1]), dtype=np.float32)
        found[self._used] = np.add.reduceat(said[self._bags], self._first, axis=0)
        return found


def agreeing_vectors(bags: Sequence[Bag], meanings: Floats, start: Floats) -> Floats:
    """Return rows whose sums have the direction of ``meanings``, as nearly as they can.

    Rows stay near ``start``: a ridge regression, A. Hoerl, R. Kennard (1970).
    """
    sums, first = _Sums(bags, len(start)), start.astype(np.float32)
    wanted, vectors = meanings.astype(np.float32), first
    squares = (first**2).sum(axis=1, keepdims=True)
    held = np.where(squares > 0, 1 / (squares + _SOFT), _FREE).astype(np.float32)
    for _ in range(_ROUNDS):
        lengths = np.linalg.norm(sums.of(vectors), axis=1, keepdims=True)
        shares = (1 / np.where(lengths > 0, lengths, np.inf)).astype(np.float32)
        missing = sums.back(shares * (wanted - shares * sums.of(vectors)))
        curve = partial(_curved, sums, shares, held)
        vectors = vectors + _solved(curve, missing - held * (vectors - first))
    return vectors.astype(np.float64)


def _curved(sums: _Sums, shares: Cells, held: Cells, change: Cells) -> Cells:
    """Return what a change does to what is missing of sums, and to how far rows are held."""
    return sums.back(shares * shares * sums.of(change)) + held * change


def _solved(curve: Callable[[Cells], Cells], wanted: Cells) -> Cells:
    """Return what ``curve`` makes ``wanted`` of, nearly: conjugate gradients.

    M. Hestenes, E. Stiefel, "Methods of Conjugate Gradients for Solving Linear Systems" (1952).
    """
    found, rest = np.zeros_like(wanted), wanted
    way, size = rest, float((rest * rest).sum())
    for _ in range(_STEPS):
        if size == 0:  # Nothing is missing.
            break
        curved = curve(way)
        step = np.float32(size / float((way * curved).sum()))
        found, rest = found + step * way, rest - step * curved
        before, size = size, float((rest * rest).sum())
        way = rest + np.float32(size / before) * way
    return found

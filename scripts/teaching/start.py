"""Where the vectors of stems start: what the model makes of their words, in fewer dimensions.

Distilling a sentence model into a table of words, turned to their main directions and weighted by
how rare they are: S. Tulkens, T. van Dongen, "Model2Vec" (MinishLab, 2024).
"""

import numpy as np
from msgspec import Struct

from teaching.meanings import Floats
from teaching.words import Stems

_RARITY = 1e-3
"""A stem of this share of all words starts half as long as a rare one."""
_EVERY = 2
"""One text in so many is enough to find the main directions."""


class Axes(Struct, frozen=True, eq=False):
    """The main directions of texts, and their middle."""

    middle: Floats
    directions: Floats
    """A column for each dimension of the table."""

    def turned(self, rows: Floats) -> Floats:
        """Return texts, as the model has them, in the directions of the table; length 1."""
        return unit((rows - self.middle) @ self.directions)


def axes_of(texts: Floats, dims: int) -> Axes:
    """Return the ``dims`` directions in which texts differ most (principal components)."""
    middle = texts.mean(axis=0)
    some = (texts - middle)[::_EVERY]
    directions = np.linalg.svd(some, full_matrices=False)[2][:dims].T
    return Axes(middle, directions)


def starting_vectors(stems: Stems, alone: Floats, inside: Floats, axes: Axes) -> Floats:
    """Return a row for each stem, from its words ``alone`` and ``inside`` a sentence.

    The rarer a stem, the longer its row: S. Arora, Y. Liang, T. Ma, "A Simple but Tough-to-Beat
    Baseline for Sentence Embeddings" (2017).
    """
    turned = (unit((rows - rows.mean(axis=0)) @ axes.directions) for rows in (alone, inside))
    both = unit(np.add(*turned))
    sums = np.zeros((len(stems.numbers), both.shape[1]))
    np.add.at(sums, stems.rows, both * np.sqrt(stems.word_shares)[:, None])
    return unit(sums) * (_RARITY / (_RARITY + stems.shares))[:, None]


def unit(rows: Floats) -> Floats:
    """Return rows of length 1; zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1.0)

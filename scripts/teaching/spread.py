"""What needs are like: the mean of their vectors, and the directions in which they differ most."""

from collections.abc import Sequence

import numpy as np

from omnigrid.match.both import SENTENCES, SURE, SURE_TAUGHT, Both
from omnigrid.match.sentences import SentenceModel
from omnigrid.match.vectors import WordVectors
from omnigrid.model.sentences import Adapter, SentenceWeights
from omnigrid.model.words import Embedder, WordTable
from teaching.lessons import Product
from teaching.meanings import Floats

_DIRECTIONS = 32
"""As good as all of them."""


def words_and_sentences(table: WordTable, weights: SentenceWeights, taught: Adapter) -> Embedder:
    """Return the embedder of `omnigrid match --semantic`, of files that may not be kept yet."""
    model = SentenceModel(weights, taught)
    return Both(WordVectors(table), model, SENTENCES, SURE, SURE_TAUGHT)


def spread_of(embedder: Embedder, products: Sequence[Product]) -> Floats:
    """Return rows: the mean of a need of each product, then the directions, as `Needs` has them."""
    vectors = np.array(embedder.embed([product.needs[0] for product in products]))
    mean = vectors.mean(axis=0)
    _, lengths, directions = np.linalg.svd(vectors - mean, full_matrices=False)
    spread = lengths[:_DIRECTIONS, None] * directions[:_DIRECTIONS] / len(vectors) ** 0.5
    return np.vstack((mean, spread))

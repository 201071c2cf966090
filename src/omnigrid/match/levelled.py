"""Brands that many needs come near have to be nearer than others to be the answer.

Some texts are near to very many ("hubs"): M. Radovanović, A. Nanopoulos, M. Ivanović, "Hubs in
Space" (2010). What needs usually score at a brand is taken off by half: a milder form of
A. Conneau et al., "Word Translation Without Parallel Data" (2018), section 2.3 ("CSLS").
"""

from collections.abc import Sequence

import numpy as np
from numpy import float64
from numpy.typing import NDArray

from omnigrid.model.matching import Candidate
from omnigrid.model.sentences import Needs
from omnigrid.model.words import BrandTerms, Embedder, Vector

_OFF = 0.5
"""How much of what is usual is taken off."""
_HIGH = 2.0
"""Standard deviations above the mean: one need in forty scores higher by chance."""
_MIDDLE = 0.4
"""About what is usual at most brands: the more even the cells, the finer they are kept."""


class Levelled:
    """Adds a cell to the vectors of an embedder: 1 to texts, and what is taken off to brands."""

    def __init__(self, embedder: Embedder, needs: Needs) -> None:
        """Take an embedder, and what its vectors of needs are like.

        Raises ValueError where these are those of another embedder.
        """
        if needs.embedder != embedder.name:
            raise ValueError(f"what needs are like was measured with {needs.embedder}")
        self._embedder = embedder
        rows = np.frombuffer(needs.cells, dtype=np.int8).reshape(len(needs.scales), -1)
        self._rows: NDArray[float64] = rows * np.array(needs.scales)[:, None]
        self.name = f"{embedder.name}, levelled {needs.digest}"
        self.dims = embedder.dims + 1
        self.calibration, self.taught = embedder.calibration, embedder.taught

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return the vector of each text; zeros where none of its words is known."""
        return [[*vector, float(any(vector))] for vector in self._embedder.embed(texts)]

    def embed_brands(self, candidates: Sequence[Candidate], terms: BrandTerms) -> Sequence[Vector]:
        """Return the vector of each brand; ``terms`` are those of each, by strength."""
        vectors = self._embedder.embed_brands(candidates, terms)
        return [[*vector, _OFF * (_MIDDLE - self._usual(vector))] for vector in vectors]

    def weigh(self, text: str, words: Sequence[str], vector: Vector) -> Sequence[float]:
        """Return what each word of a text adds to the product of the text's vector and another.

        What is taken off is no word's.
        """
        return self._embedder.weigh(text, words, vector[:-1])

    def _usual(self, vector: Vector) -> float:
        """Return what is high for the product of a brand's vector and that of a need."""
        mean, *spread = (self._rows @ np.asarray(vector, float64)).tolist()
        return float(mean) + _HIGH * float(np.sqrt(sum(each * each for each in spread)))

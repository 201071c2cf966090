"""A text as what a small transformer makes of it: the embedder of ``omnigrid[semantic]``.

A BERT of six layers that was taught by a larger one: W. Wang et al., "MiniLM: Deep Self-Attention
Distillation for Task-Agnostic Compression of Pre-Trained Transformers" (2020). A text is the mean
of its pieces: N. Reimers, I. Gurevych, "Sentence-BERT: Sentence Embeddings using Siamese
BERT-Networks" (2019).
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from omnigrid.match.fields import whole_text
from omnigrid.match.pieces import WordPieces
from omnigrid.model.matching import Calibration, Candidate
from omnigrid.model.sentences import Adapter, SentenceWeights
from omnigrid.model.words import BrandTerms, Vector

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray
_SURE = Calibration(slope=13.0, word=0.1, offset=-7.0)
_TAUGHT = Calibration(slope=1.0, word=0.07, offset=-4.0)
"""Guesses: on its own the model is not offered."""
_PART = 0.5
"""What a part of a brand's text counts beside the whole."""


class SentenceModel:
    """Embeds texts as directions of length 1: the nearer two are, the nearer what they mean."""

    def __init__(self, weights: SentenceWeights, taught: Adapter | None = None) -> None:
        from omnigrid.match.encoder import Encoder  # noqa: PLC0415  (NumPy, for who asks)

        self._pieces = WordPieces(weights.pieces)
        self._encoder = Encoder(weights.tensors, taught.parts if taught else None)
        self._shares = lru_cache(maxsize=1)(self._read)
        self.name = f"{weights.name}, taught {taught.digest}" if taught else weights.name
        self.dims = self._encoder.dims
        self.calibration, self.taught = _SURE, _TAUGHT

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return the vector of each text; zeros where none of its words is known."""
        vectors: list[list[float]] = self.embed_many(texts).tolist()
        return vectors

    def embed_many(self, texts: Sequence[str]) -> "NDArray[float64]":
        """Return the vectors of many texts as the rows of a NumPy array of 64-bit floats."""
        return self._encoder.means([self._pieces.of(text) for text in texts])

    def embed_brands(self, candidates: Sequence[Candidate], terms: BrandTerms) -> Sequence[Vector]:
        """Return the vector of each brand: the mean of its whole text's and those of its parts."""
        del terms  # Its sentences say more.
        return [self._of_brand(candidate) for candidate in candidates]

    def _of_brand(self, candidate: Candidate) -> Vector:
        parts = [candidate.tagline, candidate.description, ", ".join(candidate.keywords)]
        wholes = [whole_text(candidate), *candidate.examples]
        sums = self.embed_many(wholes).sum(axis=0)
        sums += _PART * self.embed_many([text for text in parts if text]).sum(axis=0)
        vector: list[float] = (sums / (float((sums @ sums) ** 0.5) or 1.0)).tolist()
        return vector

    def weigh(self, text: str, words: Sequence[str], vector: Vector) -> Sequence[float]:
        """Return what each word of a text adds to the product of the text's vector and another.

        A word is its pieces as the text made them, wherever it stands; what the model adds for
        the text's start and end belongs to no word.
        """
        added: dict[str, float] = defaultdict(float)
        for word, share in self._shares(text):
            added[word] += float(share @ vector)
        return [added.get(word, 0.0) for word in words]

    def _read(self, text: str) -> "tuple[tuple[str, NDArray[float64]], ...]":
        """Return each piece's word, and its share of the text's vector."""
        named = self._pieces.named(text)
        if not named:
            return ()
        shares = self._encoder.shares([number for _, number in named])
        return tuple((word, share) for (word, _), share in zip(named, shares, strict=True))

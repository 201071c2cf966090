"""Two embedders at once: two views of what a text means."""

from collections.abc import Sequence

from omnigrid.model.matching import Calibration, Candidate
from omnigrid.model.words import BrandTerms, Embedder, Vector

VIEWS = (0.7071, 0.7071)
"""What was taught beside what is known at large; both squared make 1, so that a text's vector
keeps its length."""
SENTENCES = (1.0, 1.0)
"""Words beside sentences, whose nearness weighs as much."""
SURE = Calibration(slope=8.5, word=0.197, offset=-7.27)
"""How sure words and sentences are together: see docs/matching.md."""
LESSON = (0.4, 0.84**0.5)
"""The same for brands with examples; both squared make 1."""
SURE_TAUGHT = Calibration(slope=1.39, word=0.088, offset=-5.74)
"""How sure both are after a lesson."""


class Both:
    """Sets the vectors of two embedders side by side, so that their nearnesses are added.

    ``shares`` are what the cells of each are multiplied with.
    """

    def __init__(
        self,
        first: Embedder,
        second: Embedder,
        shares: tuple[float, float],
        calibration: Calibration,
        taught: Calibration,
    ) -> None:
        self._first, self._second, self._shares = first, second, shares
        self.name = f"{first.name} + {second.name}"
        self.dims = first.dims + second.dims
        self.calibration, self.taught = calibration, taught

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return the vector of each text."""
        pairs = zip(self._first.embed(texts), self._second.embed(texts), strict=True)
        return [self._beside(one, other) for one, other in pairs]

    def embed_brands(self, candidates: Sequence[Candidate], terms: BrandTerms) -> Sequence[Vector]:
        """Return the vector of each brand; ``terms`` are those of each, by strength."""
        first = self._first.embed_brands(candidates, terms)
        second = self._second.embed_brands(candidates, terms)
        return [self._beside(one, other) for one, other in zip(first, second, strict=True)]

    def weigh(self, text: str, words: Sequence[str], vector: Vector) -> Sequence[float]:
        """Return what each word of a text adds to the product of the text's vector and another."""
        own, other = vector[: self._first.dims], vector[self._first.dims :]
        pairs = zip(
            self._first.weigh(text, words, own),
            self._second.weigh(text, words, other),
            strict=True,
        )
        mine, others = self._shares
        return [mine * one + others * two for one, two in pairs]

    def _beside(self, one: Vector, other: Vector) -> list[float]:
        mine, others = self._shares
        return [*(mine * cell for cell in one), *(others * cell for cell in other)]

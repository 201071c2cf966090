"""Two embedders at once: what words mean in business, and what whole sentences mean at large."""

from collections.abc import Mapping, Sequence

from omnigrid.model.matching import Calibration, Candidate
from omnigrid.model.words import Embedder, Vector

_SECOND = 0.5
"""What the second embedder's nearness weighs beside the first's."""
_SURE = Calibration(slope=11.0, word=0.22, offset=-6.3)
"""How sure both are together: fitted as that of the words alone."""


class Both:
    """Sets the vectors of two embedders side by side, so that their nearnesses are added."""

    def __init__(self, first: Embedder, second: Embedder) -> None:
        self._first, self._second = first, second
        self.name = f"{first.name} + {second.name}"
        self.dims = first.dims + second.dims
        self.calibration = _SURE

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return the vector of each text."""
        pairs = zip(self._first.embed(texts), self._second.embed(texts), strict=True)
        return [_beside(one, other) for one, other in pairs]

    def embed_brands(
        self, candidates: Sequence[Candidate], terms: Sequence[Mapping[str, int]]
    ) -> Sequence[Vector]:
        """Return the vector of each brand; ``terms`` are those of each, by strength."""
        first = self._first.embed_brands(candidates, terms)
        second = self._second.embed_brands(candidates, terms)
        return [_beside(one, other) for one, other in zip(first, second, strict=True)]

    def weigh(self, text: str, words: Sequence[str], vector: Vector) -> Sequence[float]:
        """Return what each word of a text adds to the product of the text's vector and another."""
        own, other = vector[: self._first.dims], vector[self._first.dims :]
        pairs = zip(
            self._first.weigh(text, words, own),
            self._second.weigh(text, words, other),
            strict=True,
        )
        return [one + _SECOND**0.5 * two for one, two in pairs]


def _beside(one: Vector, other: Vector) -> list[float]:
    return [*one, *(_SECOND**0.5 * cell for cell in other)]

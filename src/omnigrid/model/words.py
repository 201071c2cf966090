"""What words mean, as numbers: a table of vectors, and whoever turns a text into one."""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from msgspec import Struct

from omnigrid.model.matching import Calibration, Candidate

Vector = Sequence[float]
"""A direction of length 1; all zeros where nothing is known of a text."""


class WordTable(Struct, frozen=True, eq=False, dict=True):
    """Vectors of word stems: the row of a stem times its scale is its vector.

    ``stems`` are one a line, the most frequent first; then pairs of stems, if it has any.

    ``rows`` holds half a byte for each of the ``dims`` cells, the earlier in the lower half, as
    its value, -7 to 7, plus 8. The more a word says, the longer its vector.
    """

    digest: str
    dims: int
    stems: str
    rows: bytes
    scales: Sequence[float]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The row of each stem. Made when it is asked for: most builds need the digest alone."""
        return {stem: row for row, stem in enumerate(self.stems.split("\n"))}

    @property
    def is_paired(self) -> bool:
        """Whether it knows pairs of stems."""
        return " " in self.stems.rpartition("\n")[2]


class BrandTerms(Struct, frozen=True, eq=False):
    """The terms of brands: of one brand after another, each term once, as the brand says them."""

    names: Sequence[str]
    """All terms, sorted."""
    sizes: Sequence[int]
    """How many terms each brand has."""
    numbers: Sequence[int]
    """For each term of each brand its place in ``names``."""
    strengths: Sequence[int]
    """For the same by how strong a place it stands at, in percent."""


class Embedder(Protocol):
    """Turns texts into vectors whose nearness is nearness in meaning."""

    @property
    def name(self) -> str:
        """What stands for it, and for the version of what it knows."""
        ...

    @property
    def dims(self) -> int:
        """The numbers of a vector."""
        ...

    @property
    def calibration(self) -> Calibration:
        """How sure its nearness is, beside equal words, of brands without a lesson."""
        ...

    @property
    def taught(self) -> Calibration:
        """The same of brands with examples, from which a lesson was learnt."""
        ...

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return the vector of each text."""
        ...

    def embed_brands(self, candidates: Sequence[Candidate], terms: BrandTerms) -> Sequence[Vector]:
        """Return the vector of each brand; ``terms`` are those of each, by strength."""
        ...

    def weigh(self, text: str, words: Sequence[str], vector: Vector) -> Sequence[float]:
        """Return what each word of a text adds to the product of the text's vector and another."""
        ...

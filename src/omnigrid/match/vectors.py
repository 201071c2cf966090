"""A text as the sum of its words: the small embedder that comes with the package."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import add, mul
from string import ascii_lowercase

from omnigrid.match.terms import all_words_of, stem
from omnigrid.model.matching import Calibration, Candidate
from omnigrid.model.words import Vector, WordTable

_FEW = 8
"""Texts up to which NumPy is not worth its import."""
LONG_ENOUGH = 5
"""Letters of a stem that may be a slip of the pen: shorter ones are near to too many others."""
_PAIRS = [((byte & 15) - 8, (byte >> 4) - 8) for byte in range(256)]
"""The two cells that a byte of the table holds."""


UNTAUGHT = Calibration(slope=13.9, word=0.28, offset=-6.4)
"""How sure the nearness of words is: fitted on the intents in tests/data, see docs/matching.md."""


class WordVectors:
    """Adds the vectors of a text's words; a word that nobody knows counts as its nearest spelling.

    Sums of words whose weights were learnt lose little beside sentence models: S. Arora,
    Y. Liang, T. Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings" (2017).
    """

    def __init__(self, table: WordTable) -> None:
        self._table = table
        self.name = f"words {table.digest}"
        self.dims = table.dims
        self.calibration = UNTAUGHT
        self.row = lru_cache(maxsize=4096)(self._unpacked)
        self._rows_of = lru_cache(maxsize=65536)(self._found)
        self._said = lru_cache(maxsize=1)(self._added)

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return the vector of each text."""
        if len(texts) > _FEW:
            return self._sums([self._bag(text) for text in texts])
        return [unit(self._said(text)) for text in texts]

    def embed_brands(
        self, candidates: Sequence[Candidate], terms: Sequence[Mapping[str, float]]
    ) -> Sequence[Vector]:
        """Return the vector of each brand: of its words, each by the strongest place it has."""
        del candidates  # Their terms say it all.
        numbers = self._table.numbers
        return self._sums(
            [[(numbers[t], s) for t, s in own.items() if t in numbers] for own in terms]
        )

    def weigh(self, text: str, words: Sequence[str], vector: Vector) -> Sequence[float]:
        """Return what each word of a text adds to the product of the text's vector and another."""
        length = length_of(self._said(text)) or 1.0
        found = (self.row_of(stem(word)) for word in words)
        return [
            0.0 if row is None else sum(map(mul, self.row(row), vector)) / length for row in found
        ]

    def row_of(self, stemmed: str) -> int | None:
        """Return the row of a stem; of its nearest spelling, where it has none of its own."""
        return self._rows_of(stemmed)

    def _found(self, stemmed: str) -> int | None:
        known = self._table.numbers.get(stemmed)
        if known is not None or len(stemmed) < LONG_ENOUGH or not stemmed.isalpha():
            return known
        rows = (self._table.numbers.get(other) for other in _one_slip_away(stemmed))
        return min((row for row in rows if row is not None), default=None)

    def _unpacked(self, number: int) -> Sequence[float]:
        size, scale = self.dims // 2, self._table.scales[number]
        packed = self._table.rows[number * size : (number + 1) * size]
        return [scale * cell for byte in packed for cell in _PAIRS[byte]]

    def _bag(self, text: str) -> list[tuple[int, float]]:
        rows = (self.row_of(stem(word)) for word in all_words_of(text))
        return [(row, 1.0) for row in rows if row is not None]

    def _sums(self, bags: Sequence[Sequence[tuple[int, float]]]) -> Sequence[Vector]:
        from omnigrid.match.arrays import unit_sums  # noqa: PLC0415  (NumPy takes 0.1 s)

        return unit_sums(self._table, bags)

    def _added(self, text: str) -> Sequence[float]:
        total: Sequence[float] = [0.0] * self.dims
        for number, _ in self._bag(text):
            total = list(map(add, total, self.row(number)))
        return total


def length_of(vector: Sequence[float]) -> float:
    """Return the length of a vector."""
    return math.sqrt(sum(map(mul, vector, vector)))


def unit(vector: Sequence[float]) -> Vector:
    """Return a vector of length 1 in the same direction; zeros stay zeros."""
    length = length_of(vector)
    return [cell / length for cell in vector] if length else list(vector)


def _one_slip_away(word: str) -> set[str]:
    """Return what is one slip from a word: a letter less, more, another, or two swapped.

    P. Norvig, "How to Write a Spelling Corrector" (2007). The first letter is seldom wrong.
    """
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    less = {start + rest[1:] for start, rest in cuts if rest}
    swapped = {start + rest[1] + rest[0] + rest[2:] for start, rest in cuts if len(rest) > 1}
    other = {start + new + rest[1:] for start, rest in cuts if rest for new in ascii_lowercase}
    more = {start + new + rest for start, rest in cuts for new in ascii_lowercase}
    return less | swapped | other | more

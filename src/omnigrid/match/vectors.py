"""A text as the sum of its words: the small embedder that comes with the package."""

import math
import sys
from collections.abc import Sequence
from functools import lru_cache, reduce
from itertools import chain, pairwise, repeat
from operator import add, mul
from string import ascii_lowercase

from omnigrid.match.terms import all_words_of, stem
from omnigrid.model.matching import Calibration, Candidate
from omnigrid.model.words import BrandTerms, Vector, WordTable

LONG_ENOUGH = 5
"""Letters of a stem that may be a slip of the pen: shorter ones are near to too many others."""
LOWER = bytes(((byte & 15) - 8) % 256 for byte in range(256))
UPPER = bytes(((byte >> 4) - 8) % 256 for byte in range(256))
"""The two cells that a byte of the table holds, as signed bytes."""
UNTAUGHT = Calibration(slope=13.9, word=0.28, offset=-6.4)
"""How sure the nearness of words is: fitted on the intents in tests/data, see docs/matching.md."""
TAUGHT = Calibration(slope=1.05, word=0.07, offset=-4.12)
"""The same after a lesson: measured by ``scripts/bench matching``."""


class WordVectors:
    """Adds the vectors of a text's words; a word that nobody knows counts as its nearest spelling.

    Sums of words whose weights were learnt lose little beside sentence models: S. Arora,
    Y. Liang, T. Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings" (2017). Pairs of
    neighbours that the table knows are added, too: M. Pagliardini, P. Gupta, M. Jaggi,
    "Unsupervised Learning of Sentence Embeddings using Compositional n-Gram Features" (2018).
    """

    def __init__(self, table: WordTable) -> None:
        self._table = table
        self.name = f"words {table.digest}"
        self.dims = table.dims
        self.calibration, self.taught = UNTAUGHT, TAUGHT
        self._paired = table.is_paired
        self._rows_of = lru_cache(maxsize=65536)(self._found)
        self._said = lru_cache(maxsize=1)(self._read)

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return the vector of each text."""
        if len(texts) == 1:
            total, length = self._said(texts[0])
            return [[cell / length for cell in total]]
        from omnigrid.match.arrays import unit_sums  # noqa: PLC0415  (NumPy takes 0.1 s)

        bags = [self._bag(text) for text in texts]
        rows = list(chain.from_iterable(bags))
        return unit_sums(self._table, rows, [1] * len(rows), [len(bag) for bag in bags])

    def embed_brands(self, candidates: Sequence[Candidate], terms: BrandTerms) -> Sequence[Vector]:
        """Return the vector of each brand: of its words, each by the strongest place it has."""
        del candidates  # Their terms say it all.
        from omnigrid.match.arrays import sums_of_brands  # noqa: PLC0415  (NumPy takes 0.1 s)

        return sums_of_brands(self._table, terms)

    def weigh(self, text: str, words: Sequence[str], vector: Vector) -> Sequence[float]:
        """Return what each word of a text adds to the product of the text's vector and another.

        What a pair adds belongs to no word.
        """
        _, length = self._said(text)
        rows = [self.row_of(stem(word)) for word in words]
        known = [row for row in rows if row is not None]
        products = dict(zip(known, self._products(known, vector), strict=True))
        return [0.0 if row is None else products[row] / length for row in rows]

    def row_of(self, stemmed: str) -> int | None:
        """Return the row of a stem; of its nearest spelling, where it has none of its own."""
        return self._rows_of(stemmed)

    def row(self, number: int) -> Vector:
        """Return a row of the table."""
        return list(map(mul, repeat(self._table.scales[number]), self._cells(number)))

    def _found(self, stemmed: str) -> int | None:
        known = self._table.numbers.get(stemmed)
        if known is not None or len(stemmed) < LONG_ENOUGH or not stemmed.isalpha():
            return known
        rows = (self._table.numbers.get(other) for other in _one_slip_away(stemmed))
        return min((row for row in rows if row is not None), default=None)

    def _cells(self, number: int) -> Sequence[int]:
        size = self.dims // 2
        packed = self._table.rows[number * size : (number + 1) * size]
        cells = bytearray(self.dims)
        cells[::2], cells[1::2] = packed.translate(LOWER), packed.translate(UPPER)
        return memoryview(cells).cast("b")

    def _bag(self, text: str) -> list[int]:
        stems = [stem(word) for word in all_words_of(text)]
        rows = [self.row_of(one) for one in stems]
        if self._paired:
            rows += map(self._table.numbers.get, map(" ".join, pairwise(stems)))
        return [row for row in rows if row is not None]

    def _read(self, text: str) -> tuple[Vector, float]:
        """Return the sum of a text's words, and its length; 1 in place of 0."""
        total = self._added(self._bag(text))
        return total, length_of(total) or 1.0

    def _added(self, rows: Sequence[int]) -> Vector:
        """Return the sum of rows: nothing is rounded, so it is the same in whatever order."""
        if "numpy" in sys.modules:
            from omnigrid.match.arrays import sum_of_rows  # noqa: PLC0415

            return sum_of_rows(self._table, rows)
        total: Vector = [0.0] * self.dims
        for row in rows:
            total = list(map(add, total, self.row(row)))
        return total

    def _products(self, rows: Sequence[int], vector: Vector) -> Sequence[float]:
        if "numpy" in sys.modules:
            from omnigrid.match.arrays import products_of_rows  # noqa: PLC0415

            return products_of_rows(self._table, rows, vector)
        return [self._table.scales[row] * sum(map(mul, self._cells(row), vector)) for row in rows]


def length_of(vector: Vector) -> float:
    """Return the length of a vector; its squares are added one after another."""
    return math.sqrt(reduce(add, map(mul, vector, vector), 0.0))


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

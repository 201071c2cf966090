"""What the sentence model makes of texts and of words; worked out once, then kept."""

import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from omnigrid.load.sentences import read_sentences
from omnigrid.match.encoder import Encoder
from omnigrid.match.pieces import WordPieces
from teaching.packages import CACHE

Floats = NDArray[np.float64]

_AT_ONCE = 2_048
"""Texts between two words of progress."""
_TOGETHER = 256
"""Texts of one length that go through the model together, at most."""
_FRAME = "a business needs "
"""A word's meaning in general shows in a sentence about nothing in particular."""


class _Encoder(Encoder):
    def means_between(self, texts: Sequence[tuple[int, ...]], start: int, end: int) -> Floats:
        """Return a row for each text: the mean of what its pieces ``start`` to ``end`` become."""
        found = np.zeros((len(texts), self.dims))
        lengths = np.array([len(pieces) for pieces in texts])
        for length in np.unique(lengths):
            alike = np.flatnonzero(lengths == length)
            for rows in np.array_split(alike, len(alike) // _TOGETHER + 1):
                states = self._states([texts[row] for row in rows])
                found[rows] = states[:, start:end].mean(axis=1)
        return found


class Teacher:
    """The sentence model all-MiniLM-L6-v2, read by omnigrid's own encoder.

    N. Reimers, I. Gurevych, "Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks"
    (2019).
    """

    def __init__(self) -> None:
        weights = read_sentences()
        self._name = weights.name
        self._pieces, self._encoder = WordPieces(weights.pieces), _Encoder(weights.tensors)
        self._before = len(self._pieces.of(_FRAME)) - 1

    def of_texts(self, texts: Sequence[str]) -> Floats:
        """Return a row of length 1 for each text."""
        return self._kept("texts", texts, self._means)

    def in_sentence(self, words: Sequence[str]) -> Floats:
        """Return a row for each word: the mean of its pieces alone, in a sentence."""
        return self._kept("words", words, self._inside)

    def _means(self, texts: Sequence[str]) -> Floats:
        return self._encoder.means([self._pieces.of(text) for text in texts])

    def _inside(self, words: Sequence[str]) -> Floats:
        pieces = [self._pieces.of(_FRAME + word) for word in words]
        return self._encoder.means_between(pieces, self._before, -1)

    def _kept(
        self, kind: str, texts: Sequence[str], work: Callable[[Sequence[str]], Floats]
    ) -> Floats:
        """Return the rows from an earlier run; where there is none, work them out."""
        told = "\n".join((self._name, _FRAME, *texts)).encode()
        path = CACHE / f"{kind}-{hashlib.sha256(told).hexdigest()[:16]}.npy"
        if not path.is_file():
            # By length, so that as many texts as possible go through the model together.
            order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
            rows = np.empty((len(texts), self._encoder.dims), dtype=np.float32)
            for at in range(0, len(order), _AT_ONCE):
                some = order[at : at + _AT_ONCE]
                rows[some] = work([texts[row] for row in some])
                print(f"{kind}: {at + len(some)} of {len(texts)}", file=sys.stderr)
            _keep(path, rows)
        found: Floats = np.load(path).astype(np.float64)
        return found


def _keep(path: Path, rows: NDArray[np.float32]) -> None:
    part = path.with_name(f"{path.stem}.part.npy")
    np.save(part, rows)
    part.rename(path)

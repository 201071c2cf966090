"""Which words are taught, how often people write them, and which stems they share."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from omnigrid.match.terms import stem
from teaching.lessons import read_names_that_are_words

_LISTED = 60_000
"""Words of the list of wordfreq that are looked at."""
_LENGTHS = range(2, 21)
_OFTEN = 2
"""Uses in our own texts from which a rare word is taught as well."""
_FREQUENT = 19_000
"""Stems that are kept for their frequency; those of our own texts are kept besides."""
_RARE_NAME = 900
"""Rank among first names from which a name is left as a word."""


class Stems(Struct, frozen=True, eq=False):
    """Stems, most frequent first, and the words that each stands for."""

    numbers: dict[str, int]
    shares: NDArray[np.float64]
    """The part of all words that people write, by stem."""
    words: tuple[str, ...]
    rows: NDArray[np.intp]
    """The stem's number, by word."""
    word_shares: NDArray[np.float64]


def shares_of_words(count: int, used: Counter[str]) -> dict[str, float]:
    """Return the ``count`` most frequent words and those that we use, with their shares.

    R. Speer, "wordfreq" (2022): https://doi.org/10.5281/zenodo.7199437
    """
    wordfreq = import_module("wordfreq")
    names = _first_names()
    listed = [w for w in wordfreq.top_n_list("en", _LISTED) if _is_word(w) and w not in names]
    ours = [w for w, n in used.items() if n >= _OFTEN and _is_word(w) and w not in names]
    words = dict.fromkeys([*listed[:count], *sorted(ours)])
    return {word: 10 ** (wordfreq.zipf_frequency(word, "en") - 9) for word in words}


def stems_of_words(shares: Mapping[str, float], used: Counter[str]) -> Stems:
    """Return the stems that are frequent or in use, with their words."""
    sums: dict[str, float] = defaultdict(float)
    for word, share in shares.items():
        sums[stem(word)] += share
    ordered = sorted(sums, key=lambda one: (-sums[one], one))
    kept = {*ordered[:_FREQUENT], *map(stem, used)}
    numbers = {one: row for row, one in enumerate(one for one in ordered if one in kept)}
    words = tuple(word for word in shares if stem(word) in numbers)
    return Stems(
        numbers=numbers,
        shares=np.array([sums[one] for one in numbers]),
        words=words,
        rows=np.array([numbers[stem(word)] for word in words], dtype=np.intp),
        word_shares=np.array([shares[word] for word in words]),
    )


def _is_word(word: str) -> bool:
    return word.isascii() and word.isalpha() and word.islower() and len(word) in _LENGTHS


def _first_names() -> frozenset[str]:
    """Return the commonest first names of the US census that mean nothing else."""
    (folder,) = import_module("names").__path__
    lines = (
        line.split()
        for kind in ("male", "female")
        for line in (Path(folder) / f"dist.{kind}.first").read_text("ascii").splitlines()
    )
    names = {name.lower() for name, _, _, rank in lines if int(rank) <= _RARE_NAME}
    return frozenset(names - read_names_that_are_words())

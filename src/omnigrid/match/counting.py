"""Which terms each of many brands has, counted with NumPy: a pair of stems is one 64-bit key."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, cast

import numpy as np
from numpy import int64, intp
from numpy.typing import NDArray

from omnigrid.match.fields import texts_by_strength
from omnigrid.model.matching import Candidate
from omnigrid.model.words import BrandTerms

Integers: TypeAlias = NDArray[int64 | intp]


class _Said(NamedTuple):
    """Terms as keys, one for each time that a brand says one, in the order in which it does."""

    keys: Integers
    brands: Integers
    strengths: Integers


class _Numbers(dict[str, int]):
    """The number of each stem that was seen, from 0."""

    def __missing__(self, stem: str) -> int:
        number = self[stem] = len(self)
        return number


def terms_of_brands(candidates: Sequence[Candidate]) -> BrandTerms:
    """Return the terms of brands, each with the strength of the strongest place where it stands."""
    stems = _Numbers()
    said = _said(candidates, stems)
    names, terms = _named(said.keys, list(stems))
    places = said.brands.astype(int64) * max(1, len(names)) + terms
    order = np.argsort(places, kind="stable")
    starts = np.flatnonzero(np.diff(places[order], prepend=-1))
    ends = np.append(starts, len(order))[1:] - 1
    first, last = order[starts], order[ends]  # Each brand says its terms from weak to strong.
    in_order = np.argsort(first)
    first, last = first[in_order], last[in_order]
    return BrandTerms(
        names,
        np.bincount(said.brands[first], minlength=len(candidates)).tolist(),
        cast("Sequence[int]", terms[first]),
        cast("Sequence[int]", said.strengths[last]),
    )


def _said(candidates: Sequence[Candidate], stems: _Numbers) -> _Said:
    """Return what brands say: of each text its stems, then the pairs of neighbours among them."""
    words: list[str] = []
    sizes, strengths, brands = [], [], []
    for number, each in enumerate(candidates):
        for strength, said in texts_by_strength(each):
            words += said
            sizes.append(len(said))
            strengths.append(strength)
            brands.append(number)
    singles = np.fromiter(map(stems.__getitem__, words), int64, len(words))
    keys, texts = _with_pairs(singles, np.array(sizes, intp), len(stems))
    return _Said(keys, np.array(brands, intp)[texts], np.array(strengths, intp)[texts])


def _with_pairs(singles: Integers, sizes: Integers, count: int) -> tuple[Integers, Integers]:
    """Return the keys of texts of ``sizes`` stems each, and the text of each key."""
    texts = np.repeat(np.arange(len(sizes)), sizes)
    paired = np.flatnonzero(texts[:-1] == texts[1:])
    pairs = (singles[paired] + 1) * count + singles[paired + 1]
    # Stable: the stems of a text stay before its pairs.
    texts = np.concatenate((texts, texts[paired]))
    order = np.argsort(texts, kind="stable")
    return np.concatenate((singles, pairs))[order], texts[order]


def _named(keys: Integers, stems: Sequence[str]) -> tuple[list[str], Integers]:
    """Return the names of all terms, sorted, and for each key the place of its name."""
    known, terms = np.unique(keys, return_inverse=True)
    parts = (divmod(key, len(stems)) for key in known.tolist())
    names = [f"{stems[one - 1]} {stems[two]}" if one else stems[two] for one, two in parts]
    order = sorted(range(len(names)), key=names.__getitem__)
    places = np.empty(len(names), intp)
    places[order] = np.arange(len(names))
    return [names[at] for at in order], places[terms]

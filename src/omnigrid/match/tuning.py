"""What tells brands apart is learnt from their examples: a softmax regression over texts.

Written over the similarities of the texts (the dual form), which are far fewer than the terms:
S. Shalev-Shwartz, T. Zhang, "Accelerated Proximal Stochastic Dual Coordinate Ascent" (2014) is
the theory; here plain accelerated gradients (Nesterov, 1983) are enough.
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy import float64
from numpy.typing import NDArray

from omnigrid.match.fields import whole_text
from omnigrid.match.terms import terms_of
from omnigrid.model.matching import Candidate, Posting
from omnigrid.model.words import Embedder, Vector

_WORDS, _MEANING = 1.4, 2.0
"""What equal words and equal meaning weigh before anything is learnt."""
_LESSON = 4.5
"""How long what was learnt of a brand is on average, beside plain likeness, which knows better
when nothing fits. More examples alone make no answer surer."""
_RESTRAINT = 0.03
_STEPS = 150
_SMALLEST = 0.0005
"""Weights below this are left out of the table."""

Lines = dict[str, float]
Matrix = NDArray[float64]


class Lesson(Struct, frozen=True):
    """What was learnt: as the parts of an index."""

    rarity: dict[str, float]
    postings: dict[str, Posting]
    vectors: Sequence[Vector]


def tune(candidates: Sequence[Candidate], embedder: Embedder) -> Lesson:
    """Return what the brands' examples teach."""
    rows = [
        (number, text)
        for number, each in enumerate(candidates)
        for text in (*each.examples, _title(each))
    ]
    rarity, lines = _weighted([text for _, text in rows])
    meanings = np.array(embedder.embed([text for _, text in rows]))
    terms = {term: place for place, term in enumerate(rarity)}
    words = np.zeros((len(rows), len(terms)))
    for number, line in enumerate(lines):
        words[number, [terms[term] for term in line]] = list(line.values())
    alike = _WORDS**2 * (words @ words.T) + _MEANING**2 * (meanings @ meanings.T)
    mine = np.zeros((len(rows), len(candidates)))
    mine[np.arange(len(rows)), [number for number, _ in rows]] = 1
    shares = _regression(alike, mine)
    learnt = _LESSON / _mean_length(alike, shares)
    vectors = learnt * _MEANING**2 * (shares.T @ meanings) + _means(meanings, mine)
    table = learnt * _WORDS**2 * (words.T @ shares) + (mine / mine.sum(axis=0)).T.dot(words).T
    return Lesson(rarity, _postings(list(rarity), table), vectors.tolist())


def _title(candidate: Candidate) -> str:
    return f"{candidate.name} {candidate.tagline}" if candidate.examples else whole_text(candidate)


def _weighted(texts: Sequence[str]) -> tuple[Lines, list[Lines]]:
    """Return the rarity of each term, and each text as its terms' shares of it."""
    counts = [Counter(terms_of(text, small=True)) for text in texts]
    having = Counter(term for count in counts for term in count)
    rarity = {
        term: round(1 + math.log((1 + len(texts)) / (1 + having[term])), 4)
        for term in sorted(having)
    }
    lines = []
    for count in counts:
        length = math.sqrt(math.fsum(rarity[term] ** 2 for term in count)) or 1.0
        lines.append({term: rarity[term] / length for term in count})
    return rarity, lines


def _means(meanings: Matrix, mine: Matrix) -> Matrix:
    """Return the mean direction of each brand's texts: what they have in common."""
    sums = mine.T @ meanings
    lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
    return sums / np.where(lengths > 0, lengths, 1)


def _mean_length(alike: Matrix, shares: Matrix) -> float:
    """Return how long the weights of a brand are on average."""
    return float(np.sqrt((shares * (alike @ shares)).sum(axis=0)).mean()) or 1.0


def _regression(alike: Matrix, target: Matrix) -> Matrix:
    """Return each text's share in each brand's weights, texts in rows.

    ``target`` says with 1 which brand, in columns, a text belongs to.
    """
    steep = 0.5 * _stretch(alike) + _RESTRAINT
    shares = np.zeros_like(target)
    ahead, momentum = shares, 1.0
    for _ in range(_STEPS):
        scores = alike @ ahead
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        after = ahead - (likely - target + _RESTRAINT * ahead) / steep
        following = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        ahead = after + (momentum - 1) / following * (after - shares)
        shares, momentum = after, following
    return shares


def _stretch(matrix: Matrix) -> float:
    """Return by how much a symmetric matrix stretches a vector at most (power iteration)."""
    vector, length = np.ones(len(matrix)), 1.0
    for _ in range(30):
        vector = matrix @ (vector / length)
        length = float(np.sqrt(vector @ vector)) or 1.0
    return 1.02 * length


def _postings(terms: Sequence[str], table: Matrix) -> dict[str, Posting]:
    rounded = np.round(table, 5)
    found = {}
    for term, line in zip(terms, rounded, strict=True):
        (numbers,) = np.nonzero(np.abs(line) >= _SMALLEST)
        found[term] = Posting.of(numbers.tolist(), line[numbers].tolist())
    return found

"""How good answers are."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from benching.matching.contestants import Answer
from benching.matching.sets import Need

BINS = 10
_TURNED_AWAY = 0.9
_RESAMPLES = 10_000


class Asked(NamedTuple):
    """A need, and one answer to it."""

    need: Need
    answer: Answer

    @property
    def in_scope(self) -> bool:
        """Whether any brand answers the need."""
        return bool(self.need.answers)

    def right(self, among: int = 1) -> bool:
        """Return whether a right brand is among the first ones; never, where there is none."""
        return not set(self.need.answers).isdisjoint(self.answer.ids[:among])


class Bin(NamedTuple):
    """Answers of about one confidence: how many, how sure, how often right (both 0 to 1)."""

    answers: int
    sureness: float
    right: float


class Quality(NamedTuple):
    """The figures of one contestant, shares from 0 to 1; NaN where nothing can be said."""

    first: float
    first_three: float
    auroc: float
    guarded: float
    error: float
    declined_in: float
    declined_out: float


def quality(asked: Sequence[Asked]) -> Quality:
    """Return all figures."""
    inside = [each for each in asked if each.in_scope]
    outside = [each for each in asked if not each.in_scope]
    return Quality(
        first=_share([each.right() for each in inside]),
        first_three=_share([each.right(3) for each in inside]),
        auroc=auroc([e.answer.score for e in inside], [e.answer.score for e in outside]),
        guarded=guarded(inside, outside),
        error=calibration_error(asked),
        declined_in=_share([each.answer.unmatched for each in inside]),
        declined_out=_share([each.answer.unmatched for each in outside]),
    )


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Return how often a score inside is above one outside; equal ones count half."""
    if not inside or not outside:
        return math.nan
    others = sorted(outside)
    wins = sum(bisect_left(others, one) + bisect_right(others, one) for one in inside)
    return wins / 2 / len(inside) / len(others)


def guarded(inside: Sequence[Asked], outside: Sequence[Asked]) -> float:
    """Return the share that is right, and above the score that turns 90 % of the others away."""
    if not inside or not outside:
        return math.nan
    scores = sorted(each.answer.score for each in outside)
    bar = scores[math.ceil(_TURNED_AWAY * len(scores)) - 1]
    return _share([each.right() and each.answer.score > bar for each in inside])


def calibration_error(asked: Sequence[Asked]) -> float:
    """Return how far sureness is from the share that is right, over bins, weighted by their size.

    M. P. Naeini, G. Cooper, M. Hauskrecht, "Obtaining Well Calibrated Probabilities Using
    Bayesian Binning" (2015).
    """
    found = bins(asked)
    return sum(each.answers * abs(each.sureness - each.right) for each in found) / len(asked)


def bins(asked: Sequence[Asked]) -> list[Bin]:
    """Return the answers in bins of equal width; what is out of scope has no right answer."""
    sorted_in: list[list[Asked]] = [[] for _ in range(BINS)]
    for each in asked:
        sorted_in[min(int(each.answer.score * BINS), BINS - 1)].append(each)
    return [_bin(inside) for inside in sorted_in]


def _bin(asked: Sequence[Asked]) -> Bin:
    if not asked:
        return Bin(0, 0.0, 0.0)
    scores = [each.answer.score for each in asked]
    return Bin(len(asked), sum(scores) / len(scores), _share([each.right() for each in asked]))


def interval(asked: Sequence[Asked]) -> tuple[float, float]:
    """Return between which shares of right answers 95 % of resamples are (B. Efron, 1979).

    To draw rights and wrongs with replacement is to draw from a binomial distribution.
    """
    right = [each.right() for each in asked if each.in_scope]
    draws = np.random.default_rng(0).binomial(len(right), _share(right), _RESAMPLES) / len(right)
    low, high = np.quantile(draws, (0.025, 0.975))
    return float(low), float(high)


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else math.nan

"""What every matcher is to the suite: a name, and an answer to each text."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from omnigrid.match.score import Matcher
from omnigrid.model.matching import Intent

TOP = 5


class Answer(NamedTuple):
    """Ids of brands, best first, and the score of the best one."""

    ids: tuple[str, ...]
    score: float
    """0 to 1 where the contestant is ``sure``."""
    unmatched: bool = False


class Contestant(NamedTuple):
    """One row of the tables."""

    name: str
    answer: Callable[[str], Answer]
    sure: bool
    """Whether its scores say how likely it is right."""
    declines: bool = False
    """Whether it ever says that nothing matches."""


def omnigrid(name: str, matcher: Matcher) -> Contestant:
    """Return omnigrid as a contestant."""

    def answer(text: str) -> Answer:
        ranking = matcher.rank(Intent(text), TOP)
        best = ranking.matches[0].confidence / 100 if ranking.matches else 0.0
        return Answer(tuple(match.id for match in ranking.matches), best, ranking.unmatched)

    return Contestant(name, answer, sure=True, declines=True)


def ranked(ids: Sequence[str], scores: Sequence[float]) -> Answer:
    """Return the brands with the highest scores; equal ones stay in their order."""
    order = sorted(range(len(ids)), key=lambda at: -scores[at])[:TOP]
    return Answer(tuple(ids[at] for at in order), float(scores[order[0]]))

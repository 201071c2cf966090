"""An intent's text as an index sees it."""

import math

from msgspec import Struct

from omnigrid.match.terms import terms_of
from omnigrid.model.matching import MatchIndex

_DIGITS = 10_000
"""A rarity has four digits after the point: as integers they add up alike everywhere."""


class Question(Struct, frozen=True):
    """A text, read once."""

    text: str
    words: dict[str, str]
    """The terms that say something, each with the words that it was made from."""
    shares: dict[str, float]
    """The terms that count, each with its share of the text; together they have length 1."""

    @property
    def length(self) -> int:
        """How many words say something."""
        return sum(" " not in term for term in self.words)


def question_of(index: MatchIndex, text: str) -> Question:
    """Return what a text asks of an index."""
    words = terms_of(text)
    counted = terms_of(text, small=True) if index.small_words else words
    rarity = {}
    for term in counted:
        known = index.rarity.get(term)
        if known is not None:
            rarity[term] = round(known * _DIGITS)
        elif " " not in term:
            rarity[term] = round(index.unknown * _DIGITS)
    length = math.sqrt(sum(weight * weight for weight in rarity.values()))
    return Question(text, words, {term: weight / length for term, weight in rarity.items()})

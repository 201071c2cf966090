"""Why a brand answers: the words of an intent that speak for it."""

from collections.abc import Mapping

from omnigrid.match.question import Question
from omnigrid.model.matching import MatchIndex
from omnigrid.model.words import Embedder

SHOWN = 6
LEAST = 0.08
"""Words that make less than this share of what speaks for a brand are not named."""


def reasons(
    index: MatchIndex,
    embedder: Embedder,
    question: Question,
    number: int,
) -> tuple[str, ...]:
    """Return the intent's own words that speak for a brand, strongest first.

    A word that stands in a pair that speaks for the brand is not named twice.
    """
    words, shares, scale = question.words, question.shares, index.scales[number]
    singles = [term for term in words if " " not in term]
    meanings = embedder.weigh(question.text, [words[term] for term in singles], index.cells(number))
    said = {term: scale * meaning for term, meaning in zip(singles, meanings, strict=True)}
    for term in words:
        said[term] = said.get(term, 0.0) + _says(index, shares, term, number)
    return _strongest({term: weight for term, weight in said.items() if weight > 0}, words)


def _says(index: MatchIndex, shares: Mapping[str, float], term: str, number: int) -> float:
    posting = index.postings.get(term)
    if posting is None or term not in shares:
        return 0.0
    return shares[term] * posting.of_brand(number)


def _strongest(said: dict[str, float], words: dict[str, str]) -> tuple[str, ...]:
    least = LEAST * sum(said.values())
    ranked = sorted((t for t in said if said[t] >= least), key=lambda term: (-said[term], term))
    paired = {word for term in ranked if " " in term for word in term.split()}
    return tuple(words[term] for term in ranked if term not in paired)[:SHOWN]

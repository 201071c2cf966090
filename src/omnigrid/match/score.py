"""The score: how well each brand answers an intent, and why."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from omnigrid.match.confidence import combined, nearness, sureness, whole
from omnigrid.match.question import Question, question_of
from omnigrid.match.reasons import reasons
from omnigrid.match.sums import best_scores
from omnigrid.match.terms import all_words_of
from omnigrid.model.matching import Intent, Match, MatchIndex, Parts, Ranking
from omnigrid.model.names import BrandId
from omnigrid.model.words import Embedder

TOP = 5
POOL = 32
"""Brands that are looked at closely: the best by their text."""
LEFT = 0.25
"""Brands whose text part is at least this share of the best one's are ranked by what is stated."""
_NAMED = 100.0


class Matcher:
    """Answers intents from an index, with the embedder that the index was made with."""

    def __init__(self, index: MatchIndex, embedder: Embedder) -> None:
        self.index, self.embedder = index, embedder

    def rank(self, intent: Intent, top: int = TOP) -> Ranking:
        """Return the ``top`` best brands for an intent.

        ``unmatched`` is decided on the text alone, before anything else is added; the candidates
        are listed all the same.
        """
        question = question_of(self.index, intent.text)
        texts = self._texts(question, max(POOL, top))
        best = max(texts.values(), default=0.0)
        answers = [
            self._answer(intent, question, number, text)
            for number, text in self._chosen(intent, texts, best, top)
        ]
        unmatched = best < self.index.threshold or not answers
        return Ranking(intent, tuple(answers), unmatched)

    def look_at(self, intent: Intent, brand: BrandId) -> tuple[int, Match] | None:
        """Return a brand's place in the whole ranking, from 1, and its answer; None if unknown."""
        number = self._numbers.get(brand.lower())
        if number is None:
            return None
        question = question_of(self.index, intent.text)
        texts = self._texts(question, len(self.index.brands))
        order = [at for at, _ in self._chosen(intent, texts, max(texts.values()), len(texts))]
        return order.index(number) + 1, self._answer(intent, question, number, texts[number])

    def _chosen(
        self, intent: Intent, texts: Mapping[int, float], best: float, top: int
    ) -> list[tuple[int, float]]:
        """Return the best brands: first those with a text near the best, by all that is stated."""
        left = [number for number, text in texts.items() if text >= LEFT * best]
        rest = [number for number in texts if texts[number] < LEFT * best]
        if intent.states_more:
            sure = {at: combined(self._parts(intent, at, texts[at])) for at in left}
            left.sort(key=lambda number: -sure[number])  # Equals stay in the order of their scores.
        return [(number, texts[number]) for number in (left + rest)[:top]]

    def _texts(self, question: Question, count: int) -> dict[int, float]:
        """Return the best brands by their text, and the text's part of the confidence, 0 to 100."""
        index, words = self.index, question.length
        (query,) = self.embedder.embed([question.text])
        known = {term: each for term, each in question.shares.items() if term in index.postings}
        scores = best_scores(index, query, known, count)
        texts = {n: sureness(score, words, index.calibration) for n, score in scores.items()}
        named = self._named(question.text)
        return dict.fromkeys(named, _NAMED) | {n: t for n, t in texts.items() if n not in named}

    def _answer(self, intent: Intent, question: Question, number: int, text: float) -> Match:
        brand, parts = self.index.brands[number], self._parts(intent, number, text)
        terms = reasons(self.index, self.embedder, question, number)
        return Match(
            brand.id, brand.name, brand.sector, brand.template, combined(parts), parts, terms
        )

    def _parts(self, intent: Intent, number: int, text: float) -> Parts:
        brand = self.index.brands[number]
        return Parts(
            text=text,
            sector=None if intent.sector is None else whole(intent.sector == brand.sector),
            template=None if intent.template is None else whole(intent.template == brand.template),
            priority=nearness(intent.priority, brand.priority),
        )

    def _named(self, text: str) -> Sequence[int]:
        """Return the brands that a text calls by id, or by name alone: nothing is guessed there."""
        words = {word.strip(".,;:!?()\"'").lower() for word in text.split()}
        by_id = {self._numbers[word] for word in words if word in self._numbers}
        by_name = self._names.get(" ".join(all_words_of(text)))
        return sorted(by_id | ({by_name} if by_name is not None else set()))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {brand.id.lower(): number for number, brand in enumerate(self.index.brands)}

    @cached_property
    def _names(self) -> dict[str, int]:
        names = ((" ".join(all_words_of(b.name)), n) for n, b in enumerate(self.index.brands))
        return {name: number for name, number in names if name}

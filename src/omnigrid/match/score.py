"""The score: how well each brand answers an intent, and why."""

from collections import defaultdict
from collections.abc import Iterable

from omnigrid.match.terms import terms_of
from omnigrid.model.files import Priority
from omnigrid.model.matching import (
    IndexedBrand,
    Intent,
    Match,
    MatchIndex,
    Parts,
    Ranking,
)

WEIGHTS = {"text": 40, "sector": 30, "template": 20, "priority": 10}
"""How much each part counts. A part that the intent does not state is left out, the others are
scaled: a constant in its place would give every brand points for nothing."""
_UNANSWERED = 0.4
"""What an unanswered word costs beside what an answered one earns."""
_DOUBT = 3.0
"""Evidence at which the text score reaches half of what its coverage allows."""
_SHOWN_TERMS = 6
TOP = 5


def rank_brands(index: MatchIndex, intent: Intent, top: int = TOP) -> Ranking:
    """Return the ``top`` best brands for an intent.

    ``unmatched`` is decided on the text alone, before anything else is added; the candidates are
    listed all the same.
    """
    words = terms_of(intent.text)
    texts, answered = _text_scores(index, words)
    confident = [number for number in texts if texts[number] >= index.threshold]
    unmatched = not confident
    candidates = list(texts) if unmatched else confident
    matches = [
        _match(index.brands[number], intent, texts[number], _strongest(answered[number], words))
        for number in candidates
    ]
    matches.sort(key=lambda match: (-match.confidence, -match.parts.text, match.id))
    return Ranking(intent, tuple(matches[:top]), unmatched)


def _text_scores(
    index: MatchIndex, terms: Iterable[str]
) -> tuple[dict[int, float], dict[int, list[tuple[float, str]]]]:
    """Return each brand's text score, 0 to 100, and the terms that it answers."""
    answered: dict[int, list[tuple[float, str]]] = defaultdict(list)
    evidence: dict[int, float] = defaultdict(float)
    asked = 0.0
    for term in terms:
        rarity = index.rarity.get(term, index.unknown)
        if " " not in term:
            asked += rarity
        for number, strength in index.postings.get(term, ()):
            evidence[number] += rarity * strength
            answered[number].append((rarity * strength, term))
    covered = {
        number: sum(index.rarity[term] for _, term in found if " " not in term)
        for number, found in answered.items()
    }
    return {
        number: _text_score(evidence[number], asked - covered[number]) for number in answered
    }, answered


def _text_score(evidence: float, unanswered: float) -> float:
    coverage = evidence / (evidence + _UNANSWERED * max(unanswered, 0.0))
    return round(100 * coverage * evidence / (evidence + _DOUBT), 1)


def _strongest(answered: list[tuple[float, str]], words: dict[str, str]) -> tuple[str, ...]:
    """Return the intent's own words that a brand answers, strongest first.

    A word that stands in an answered pair is not named twice.
    """
    ranked = [term for _, term in sorted(answered, key=lambda pair: (-pair[0], pair[1]))]
    paired = {word for term in ranked if " " in term for word in term.split()}
    return tuple(words[term] for term in ranked if term not in paired)[:_SHOWN_TERMS]


def _match(brand: IndexedBrand, intent: Intent, text: float, terms: tuple[str, ...]) -> Match:
    parts = Parts(
        text=text,
        sector=None if intent.sector is None else _whole(intent.sector == brand.sector),
        template=None if intent.template is None else _whole(intent.template == brand.template),
        priority=_nearness(intent.priority, brand.priority),
    )
    return Match(
        id=brand.id,
        name=brand.name,
        sector=brand.sector,
        template=brand.template,
        confidence=confidence(parts),
        parts=parts,
        terms=terms,
    )


def _whole(same: bool) -> float:
    return 100.0 if same else 0.0


def _nearness(wanted: Priority | None, given: Priority) -> float | None:
    if wanted is None:
        return None
    order = list(Priority)
    return round(100 * (1 - abs(order.index(wanted) - order.index(given)) / (len(order) - 1)), 1)


def confidence(parts: Parts) -> float:
    """Return the weighted mean of the parts that are stated, 0 to 100."""
    values: dict[str, float | None] = {name: getattr(parts, name) for name in WEIGHTS}
    stated = {name: value for name, value in values.items() if value is not None}
    total = sum(WEIGHTS[name] for name in stated)
    return round(sum(WEIGHTS[name] * value for name, value in stated.items()) / total, 1)

"""From scores to confidence: a number that means what it says."""

import math

from omnigrid.model.files import Priority
from omnigrid.model.matching import Calibration, Parts

WEIGHTS = {"text": 40, "sector": 30, "template": 20, "priority": 10}
"""How much each part counts. A part that the intent does not state is left out, the others are
scaled: a constant in its place would give every brand points for nothing."""
MANY_WORDS = 8
"""More words than these make no text surer."""


def sureness(score: float, words: int, calibration: Calibration) -> float:
    """Return how likely a brand with this text score is meant, 0 to 100.

    ``words`` are those of the intent that say something: a text of few is near to many by chance.
    """
    if score <= 0:
        return 0.0
    said = min(words, MANY_WORDS) * calibration.word
    evidence = calibration.slope * score + said + calibration.offset
    return round(100 / (1 + math.exp(-max(-60.0, min(60.0, evidence)))), 1)


def whole(same: bool) -> float:
    """Return the part of something that is stated and is the same, or is not."""
    return 100.0 if same else 0.0


def nearness(wanted: Priority | None, given: Priority) -> float | None:
    """Return how near a priority is to the one that is wanted, 0 to 100; None if none is."""
    if wanted is None:
        return None
    order = list(Priority)
    return round(100 * (1 - abs(order.index(wanted) - order.index(given)) / (len(order) - 1)), 1)


def combined(parts: Parts) -> float:
    """Return the weighted mean of the parts that are stated, 0 to 100."""
    total, points = 0, 0.0
    values = (parts.text, parts.sector, parts.template, parts.priority)
    for weight, value in zip(WEIGHTS.values(), values, strict=True):
        if value is not None:
            total += weight
            points += weight * value
    return round(points / total, 1)

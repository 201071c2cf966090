"""Health: what a sector declares, blended with what was measured. The formula stands here alone."""

import enum
from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct


class Part(enum.StrEnum):
    """What health is made of."""

    DECLARED = "declared"
    PUBLISHED = "published"
    SERVED = "served"
    BUILT = "built"
    LINKED = "linked"
    LICENSED = "licensed"


WEIGHTS = {
    Part.DECLARED: 60,
    Part.PUBLISHED: 15,
    Part.SERVED: 10,
    Part.BUILT: 5,
    Part.LINKED: 5,
    Part.LICENSED: 5,
}
"""How much each part counts; together 100."""


class Share(Struct, frozen=True):
    """A part as it was found: ``good`` of ``of``. The declared health is so many of 100.

    Where ``of`` is 0 nothing was found out, and the part is left out.
    """

    part: Part
    good: int
    of: int


def exact_health(shares: Iterable[Share]) -> Fraction | None:
    """Return health as it is before it is rounded, 0 to 100; None where nothing is known.

    It is the mean of the parts that are known, each by its weight. So what was not measured is
    neither good nor bad, and the declared health stands where nothing was measured.
    """
    known = [each for each in shares if each.of]
    weight = sum(WEIGHTS[each.part] for each in known)
    if not weight:
        return None
    points = (Fraction(100 * WEIGHTS[each.part] * each.good, each.of) for each in known)
    return sum(points, Fraction(0)) / weight


def health_of(shares: Iterable[Share]) -> int | None:
    """Return health as it is shown: a whole number, 0 to 100; None where nothing is known."""
    exact = exact_health(shares)
    return None if exact is None else round(exact)

"""Health in words: what each part is worth, how the figure came about, what is wrong with whom."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from omnigrid.model.assessment import Assessment, BrandHealth, Drill, Instant, Trend, Weighed
from omnigrid.model.health import WEIGHTS, Part, Share, exact_health, health_of
from omnigrid.model.moments import day_in_words, moment_in_words
from omnigrid.model.names import SectorId
from omnigrid.model.portfolio import Brand, Sector, health_status
from omnigrid.model.states import Served, State
from omnigrid.plan.cards import brand_address
from omnigrid.plan.families import Families
from omnigrid.plan.health import Condition, Healths

LISTED = 30
"""Brands of a sector that the heatmap lists, those that need somebody first."""
_NAMES = {
    Part.DECLARED: "Declared",
    Part.PUBLISHED: "Published and in sync",
    Part.SERVED: "Served as published",
    Part.BUILT: "Site built",
    Part.LINKED: "Links whole",
    Part.LICENSED: "Licence valid",
}
_PUBLISHED = {
    State.OUT_OF_DATE: "not published as it is now",
    State.DRIFTED: "changed by hand where it is published",
    State.MISSING: "not published",
}
_SERVED = {
    Served.OLDER: "an older site is served",
    Served.UNREACHABLE: "nobody answers at its address",
    Served.NOT_OURS: "something else is served at its address",
}
_WIDE, _HIGH, _LEAST = 100, 24, 10
"""The size of a trend, and the fewest points of health that its height stands for."""


def assess(families: Families, sector: Sector) -> Assessment:
    """Return how a sector's health came about."""
    healths = families.healths
    shares = healths.shares(sector, families.of(sector.id))
    return Assessment(
        parts=tuple(map(_weighed, shares)),
        sum=_sum(shares),
        measured=measured_instant(healths),
        trend=trend(healths, sector.id),
    )


def measured_instant(healths: Healths) -> Instant | None:
    """Return when health was measured; None where it never was."""
    return instant(healths.measured.measured_at) if healths.measured else None


def instant(at: dt.datetime) -> Instant:
    """Return a moment as pages show it."""
    return Instant(f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}", moment_in_words(at))


def _weighed(share: Share) -> Weighed:
    name, weight = _NAMES[share.part], WEIGHTS[share.part]
    if not share.of:
        unknown = "not declared" if share.part is Part.DECLARED else "not measured"
        return Weighed(name, unknown, None, weight)
    if share.part is Part.DECLARED:
        return Weighed(name, f"{share.good} %", str(share.good), weight)
    brands = "brand" if share.of == 1 else "brands"
    return Weighed(name, f"{share.good:,} of {share.of:,} {brands}", _score(share), weight)


def _score(share: Share) -> str:
    """Return what a part is worth, 0 to 100, with one digit after the point where it has some."""
    tenths = round(1000 * share.good / share.of)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths / 10:.1f}"


def _sum(shares: Sequence[Share]) -> str:
    known = [each for each in shares if each.of]
    exact = exact_health(known)
    if exact is None or len(known) < 2:
        return ""
    points = " + ".join(f"{_score(each)} × {WEIGHTS[each.part]}" for each in known)
    weight = sum(WEIGHTS[each.part] for each in known)
    return f"({points}) ÷ {weight} = {float(exact):.1f}, shown as {health_of(known)} %"


def trend(healths: Healths, sector: SectorId) -> Trend | None:
    """Return a sector's health over the days on which it was measured; None before the second."""
    days = healths.measured.days if healths.measured else ()
    known = [(each.day, each.health[sector]) for each in days if sector in each.health]
    if len(known) < 2:
        return None
    points = _line([health for _, health in known])
    first, last = known[0], known[-1]
    least, most = min(h for _, h in known), max(h for _, h in known)
    between = f"always {least} %" if least == most else f"between {least} and {most} %"
    words = (
        f"{first[1]} % on {day_in_words(first[0])}, {last[1]} % on {day_in_words(last[0])}, "
        f"{between} on {len(known)} days"
    )
    x, _, y = points[-1].partition(",")
    return Trend(" ".join(points), x, y, words)


def _line(values: Sequence[int]) -> list[str]:
    """Return points from left to right; a line in the middle is a health that never changed."""
    least, most = min(values), max(values)
    low = min(least - (_LEAST - (most - least)) / 2, least) if most - least < _LEAST else least
    span, step = max(most - least, _LEAST), (_WIDE - 4) / (len(values) - 1)
    return [
        f"{2 + at * step:.1f},{2 + (_HIGH - 4) * (1 - (value - low) / span):.1f}"
        for at, value in enumerate(values)
    ]


def drill(families: Families, sector: Sector, root: str) -> Drill:
    """Return a sector opened, seen from a page below ``root``."""
    healths, brands = families.healths, families.of(sector.id)
    ailing = healths.ailing(brands)
    shown = ailing[:LISTED]
    if len(shown) < LISTED:
        unsound = {brand.id for brand in ailing}
        shown += [brand for brand in brands if brand.id not in unsound][: LISTED - len(shown)]
    listed = [brand_health(healths, brand, sector, root) for brand in shown]
    return Drill(
        sector=sector.id,
        brands=tuple(sorted(listed, key=_worst_first)),
        more=len(brands) - len(listed),
        ailing=len(ailing),
        trend=trend(healths, sector.id),
    )


def _worst_first(found: BrandHealth) -> tuple[int, str]:
    return (101 if found.health is None else found.health, found.name)


def brand_health(healths: Healths, brand: Brand, sector: Sector, root: str) -> BrandHealth:
    """Return a brand's health, seen from a page below ``root``."""
    health = healths.of_brand(brand, sector)
    notes = tuple(notes_of(healths.condition(brand)))
    return BrandHealth(brand.name, brand_address(brand, root), health, health_status(health), notes)


def notes_of(condition: Condition) -> Iterator[str]:
    """Yield in words what is wrong with a brand."""
    if condition.built is False:
        yield "its site could not be built"
    if condition.linked is False:
        yield "a link leads nowhere"
    if condition.published is not None and condition.published in _PUBLISHED:
        yield _PUBLISHED[condition.published]
    if condition.served is not None and condition.served in _SERVED:
        yield _SERVED[condition.served]
    if condition.licensed is False:
        yield "its licence is not valid"


def ailing_brands(families: Families, sectors: Iterable[Sector]) -> Iterator[tuple[Brand, Sector]]:
    """Yield every brand of which something is known that is wrong, with its sector."""
    for sector in sectors:
        yield from ((brand, sector) for brand in families.healths.ailing(families.of(sector.id)))

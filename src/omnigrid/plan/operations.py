"""The dashboard of operations: how it all stands, and what to do next."""

from collections.abc import Iterator
from typing import Any

from omnigrid.model.dashboards import (
    LISTED,
    Advice,
    Ailing,
    OperationsView,
    SectorRow,
    Sign,
    Tally,
    TargetRow,
)
from omnigrid.model.health import Part
from omnigrid.model.measurements import MeasurementsFile, TargetStateFile
from omnigrid.model.portfolio import Brand, Health, Portfolio, Sector, health_status
from omnigrid.model.states import State
from omnigrid.plan.assess import ailing_brands, brand_health, instant, trend
from omnigrid.plan.cards import SECTORS, mean_health
from omnigrid.plan.families import Families

SIGNS = {
    State.IN_SYNC: Sign(Health.EMERALD, "In sync"),
    State.OUT_OF_DATE: Sign(Health.AMBER, "Out of date"),
    State.DRIFTED: Sign(Health.RED, "Drifted"),
    State.MISSING: Sign(Health.AMBER, "Missing"),
    State.BLOCKED: Sign(Health.RED, "Blocked"),
    State.UNREACHABLE: Sign(Health.GREY, "Unreachable"),
}
_TARGETS = {
    State.DRIFTED: ("somebody changed what we published on", "omnigrid status"),
    State.BLOCKED: ("something stands against publishing to", "omnigrid status"),
    State.UNREACHABLE: ("nobody answered for", "omnigrid status"),
    State.MISSING: ("nothing was published yet to", "omnigrid publish"),
    State.OUT_OF_DATE: ("files are to be published to", "omnigrid publish"),
}
_BRANDS = {
    Part.BUILT: ("could not be built", "omnigrid build"),
    Part.SERVED: ("not served as published", "omnigrid status --live"),
    Part.LINKED: ("with a link that leads nowhere", "omnigrid measure"),
    Part.LICENSED: ("without a valid licence", "omnigrid check"),
}


def operations_view(
    portfolio: Portfolio, families: Families, root: str, shared: dict[str, Any]
) -> OperationsView:
    """Return the view of how it all stands; ``shared`` is what every dashboard has."""
    measured = portfolio.measured
    ailing = sorted(
        ailing_brands(families, portfolio.sectors), key=lambda each: _worst_first(families, *each)
    )
    average = mean_health([families.health(sector) for sector in portfolio.sectors])
    rows = sorted(
        (_sector(families, each, root) for each in portfolio.sectors),
        key=lambda row: (101 if row.health is None else row.health, row.name),
    )
    states = measured.states if measured else {}
    targets = measured.targets[:LISTED] if measured else ()
    return OperationsView(
        **shared,
        health=average,
        status=health_status(average),
        brands=len(portfolio.brands),
        advice=tuple(_advice(measured, families, portfolio)),
        tallies=tuple(Tally(SIGNS[each], states[each]) for each in State if states.get(each)),
        targets=tuple(map(_target, targets)),
        more_targets=sum(states.values()) - len(targets),
        sectors=tuple(rows[:LISTED]),
        more_sectors=max(len(rows) - LISTED, 0),
        ailing=tuple(
            Ailing(brand_health(families.healths, brand, sector, root), sector.name)
            for brand, sector in ailing[:LISTED]
        ),
        more_ailing=max(len(ailing) - LISTED, 0),
    )


def _worst_first(families: Families, brand: Brand, sector: Sector) -> tuple[int, str]:
    return families.healths.of_brand(brand, sector) or 0, brand.id


def _sector(families: Families, sector: Sector, root: str) -> SectorRow:
    brands, health = families.of(sector.id), families.health(sector)
    return SectorRow(
        name=sector.name,
        url=f"{root}{SECTORS}{sector.slug}/index.html",
        health=health,
        status=health_status(health),
        declared=sector.health,
        brands=len(brands),
        ailing=len(families.healths.ailing(brands)),
        trend=trend(families.healths, sector.id),
    )


def _target(target: TargetStateFile) -> TargetRow:
    counts = {"to write": target.write, "to delete": target.delete, "changed": target.changed}
    work = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    last = instant(target.last.at) if target.last else None
    return TargetRow(target.name, SIGNS[target.state], work, last)


def _advice(
    measured: MeasurementsFile | None, families: Families, portfolio: Portfolio
) -> Iterator[Advice]:
    """Yield what to do next, the most urgent first."""
    if measured is None:
        text = "Nothing was measured yet: find out how the sites stand."
        yield Advice(Health.GREY, text, "omnigrid measure --live")
        return
    for state, (text, command) in _TARGETS.items():
        if count := measured.states.get(state, 0):
            targets = "1 target" if count == 1 else f"{count:,} targets"
            yield Advice(SIGNS[state].status, f"{text} {targets}".capitalize(), command)
    for part, (text, command) in _BRANDS.items():
        missing = _missing(part, families, portfolio)
        if missing:
            brands = "1 brand" if missing == 1 else f"{missing:,} brands"
            yield Advice(Health.AMBER, f"{brands} {text}", command)


def _missing(part: Part, families: Families, portfolio: Portfolio) -> int:
    known = [families.healths.shares(s, families.of(s.id)) for s in portfolio.sectors]
    return sum(each.of - each.good for shares in known for each in shares if each.part is part)

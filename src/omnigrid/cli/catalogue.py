"""What there is to list and show: one row and one full value for each thing of a portfolio."""

from collections.abc import Callable
from typing import Any, NamedTuple

from omnigrid.blueprint import Blueprint
from omnigrid.model.portfolio import health_status


class Item(NamedTuple):
    """Something that has an id: its row in a list, and all that is known of it."""

    id: str
    row: tuple[str, ...]
    value: Any


class Kind(NamedTuple):
    """A kind of things: the heads of its columns, and how to find them."""

    header: tuple[str, ...]
    items: Callable[[Blueprint], list[Item]]


def _brands(blueprint: Blueprint) -> list[Item]:
    return [
        Item(b.id, (b.id, b.name, b.sector, b.template, b.priority), b)
        for b in blueprint.portfolio.brands
    ]


def _sectors(blueprint: Blueprint) -> list[Item]:
    found, families = [], blueprint.views.families
    for sector in blueprint.portfolio.sectors:
        count, health = len(families.of(sector.id)), families.health(sector)
        shown = "-" if health is None else str(health)
        row = (sector.id, str(count), shown, health_status(health), sector.template)
        found.append(Item(sector.id, row, sector))
    return found


def _packs(blueprint: Blueprint) -> list[Item]:
    counts: dict[str, int] = {}
    for brand in blueprint.portfolio.brands:
        counts[brand.template] = counts.get(brand.template, 0) + 1
    return [
        Item(
            pack_id,
            (pack_id, pack.version, str(counts.get(pack_id, 0)), pack.name),
            {**_fields(pack), "digest": blueprint.packs[pack_id].digest},
        )
        for pack_id, pack in sorted(blueprint.portfolio.packs.items())
    ]


def _intents(blueprint: Blueprint) -> list[Item]:
    found = []
    for placement in blueprint.matches:
        if placement.ranking is None:
            continue
        best = placement.ranking.matches[0] if placement.ranking.matches else None
        sure = f"{best.confidence:.1f}" if best and placement.brand else "-"
        row = (placement.slug, placement.brand or "no confident match", sure, placement.source)
        found.append(Item(placement.slug, row, placement))
    return found


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__struct_fields__}


CATALOGUE = {
    "brand": Kind(("id", "name", "sector", "template", "priority"), _brands),
    "sector": Kind(("id", "brands", "health", "status", "template"), _sectors),
    "pack": Kind(("id", "version", "brands", "name"), _packs),
    "intent": Kind(("page", "brand", "confidence", "file"), _intents),
}

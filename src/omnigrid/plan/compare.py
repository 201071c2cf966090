"""Two states of a portfolio, and what differs, in the reviewer's terms."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from omnigrid.model.difference import (
    Action,
    Expiring,
    FieldChange,
    ItemChange,
    Placing,
    Rematch,
)
from omnigrid.model.matching import Matches, Placement
from omnigrid.model.names import SourcePath
from omnigrid.model.portfolio import Portfolio

SOON = dt.timedelta(days=60)
"""A licence that ends within this time is named."""
_INTERNAL = frozenset({"source", "digest"})
_LONGEST = 120


def changed_items(old: Portfolio, new: Portfolio) -> tuple[ItemChange, ...]:
    """Return every sector, brand, page and pack that was added, removed or changed."""
    return tuple(
        change
        for kind, (before, after) in _things(old, new).items()
        for change in _changes(kind, before, after)
    )


def _things(
    old: Portfolio, new: Portfolio
) -> dict[str, tuple[Mapping[str, Struct], Mapping[str, Struct]]]:
    def by(portfolio: Portfolio) -> dict[str, dict[str, Struct]]:
        return {
            "portfolio": {"omnigrid.yaml": portfolio.config},
            "sector": {str(sector.id): sector for sector in portfolio.sectors},
            "brand": {str(brand.id): brand for brand in portfolio.brands},
            "page": {str(page.source): page for page in portfolio.pages},
            "pack": {str(pack_id): pack for pack_id, pack in portfolio.packs.items()},
        }

    before, after = by(old), by(new)
    return {kind: (before[kind], after[kind]) for kind in before}


def _changes(
    kind: str, before: Mapping[str, Struct], after: Mapping[str, Struct]
) -> Iterator[ItemChange]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None and new is not None:
            yield ItemChange(kind, name, _label(new), Action.ADDED, ())
        elif new is None and old is not None:
            yield ItemChange(kind, name, _label(old), Action.REMOVED, ())
        elif old is not None and new is not None and old != new:
            fields = tuple(_field_changes(old, new))
            if fields:
                yield ItemChange(kind, name, _label(new), Action.CHANGED, fields)


def _label(thing: Struct) -> str:
    return str(getattr(thing, "name", None) or getattr(thing, "title", ""))


def _field_changes(old: Struct, new: Struct) -> Iterator[FieldChange]:
    for name in new.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if before == after or name in _INTERNAL:
            continue
        yield from _parts(name, msgspec.to_builtins(before), msgspec.to_builtins(after))


def _parts(name: str, before: Any, after: Any) -> Iterator[FieldChange]:
    """Yield the parts of a group of keys that differ, one by one; any other value as a whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            if before.get(key) != after.get(key):
                yield from _parts(f"{name}.{key}", before.get(key), after.get(key))
        return
    yield FieldChange(name, _shown(before), _shown(after))


def _shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case list() | tuple():
            text = ", ".join(map(_shown, value))
        case dict():
            text = ", ".join(f"{key}: {_shown(entry)}" for key, entry in value.items())
        case _:
            text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def rematched(
    old: Portfolio, old_matches: Matches, new: Portfolio, new_matches: Matches
) -> tuple[Rematch, ...]:
    """Return every page that is in both states and goes to another brand than before."""
    before = {placement.source: placement for placement in old_matches}
    titles = {page.source: page.title for page in new.pages}
    return tuple(
        Rematch(after.source, titles[after.source], _placing(old, was), _placing(new, after))
        for after in new_matches
        if (was := before.get(after.source)) is not None and was.brand != after.brand
    )


def _placing(portfolio: Portfolio, placement: Placement) -> Placing:
    names = {brand.id: brand.name for brand in portfolio.brands}
    best = placement.ranking.matches[0] if placement.ranking and placement.ranking.matches else None
    return Placing(
        placement.brand,
        names.get(placement.brand, "") if placement.brand else "",
        best.confidence if best else None,
    )


def changed_sources(old: Portfolio, new: Portfolio) -> frozenset[SourcePath]:
    """Return the files of brands that are new, or say something else than before."""
    before = {brand.source: brand.digest for brand in old.brands}
    return frozenset(b.source for b in new.brands if before.get(b.source) != b.digest)


def expiring(portfolio: Portfolio, sources: frozenset[SourcePath]) -> tuple[Expiring, ...]:
    """Return the licences that end soon, or have ended, of the brands in ``sources``."""
    today = portfolio.dated
    if today is None:
        return ()
    return tuple(
        Expiring(brand.id, brand.name, brand.license.expires)
        for brand in portfolio.brands
        if brand.source in sources
        and brand.license is not None
        and brand.license.expires is not None
        and brand.license.expires <= today + SOON
    )

"""A second look at files of which few changed: quick, and silent where it cannot be sure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from omnigrid.check.album import Album
from omnigrid.check.files import Typed
from omnigrid.check.portfolio import brand_of, is_shown, page_of, sector_of
from omnigrid.check.shelf import Shelf
from omnigrid.model.findings import Severity
from omnigrid.model.names import SourcePath
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.source import Claims, Kind, Reading

_ALONE = frozenset({Kind.BRAND, Kind.SECTOR, Kind.PAGE})

Before = Mapping[SourcePath, Reading]
"""What every file said when the portfolio had no fault."""


def recheck(
    portfolio: Portfolio,
    before: Before,
    changed: Iterable[Reading],
    dated: dt.date | None,
    *,
    drafts: bool = False,
) -> Portfolio | None:
    """Return a portfolio without faults with what some of its files say now.

    None where only a whole check can tell: a file came, or says something that has a fault, or
    names itself or others in another way than before, so that rules between files may break.
    """
    now = {each.path: each for each in changed}
    if not all(_means_as_much(each, before.get(each.path)) for each in now.values()):
        return None
    shown = {page.source for page in portfolio.pages}
    pages = [each for each in now.values() if each.kind is Kind.PAGE]
    if any(is_shown(each.file, dated, drafts) != (each.path in shown) for each in pages):
        return None
    return _renewed(portfolio, before, now)


def _renewed(portfolio: Portfolio, before: Before, now: Before) -> Portfolio:
    album, config = Album(before.values()), portfolio.config
    shelf = Shelf(before.values())
    sectors = tuple(
        sector_of(_typed(now[each.source]), config) if each.source in now else each
        for each in portfolio.sectors
    )
    by_id = {each.id: each for each in sectors}
    moved = {each.id for each in sectors if each.source in now}
    brands = tuple(
        brand_of(_typed(now.get(each.source) or before[each.source]), by_id[each.sector], album)
        if each.source in now or each.sector in moved
        else each
        for each in portfolio.brands
    )
    pages = tuple(
        page_of(_typed(now[each.source]), album, shelf) if each.source in now else each
        for each in portfolio.pages
    )
    return replace(portfolio, sectors=sectors, brands=brands, pages=pages)


def _typed(reading: Reading) -> Typed[Any]:
    return Typed(reading.path, reading.file, reading.body, reading.digest)


def _means_as_much(now: Reading, old: Reading | None) -> bool:
    """Whether a file means to others what it meant before."""
    return (
        old is not None
        and now.kind in _ALONE
        and now.file is not None
        and _names(now.claims) == _names(old.claims)
        and not any(each.severity is Severity.ERROR for each in now.findings)
    )


def _names(claims: Claims) -> Claims:
    """Return the names that a file gives, wherever on its page pictures are."""
    return replace(claims, pictures=tuple(sorted({each.file for each in claims.pictures})))

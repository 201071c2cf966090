"""Two states of a portfolio: what differs, in the reviewer's terms."""

import datetime as dt
from typing import Any

from omnigrid.model.difference import Action
from omnigrid.model.files import License
from omnigrid.model.names import BrandId
from omnigrid.plan.compare import changed_items, changed_sources, expiring, rematched
from support.values import brand, matched, page, portfolio


def test_fields_are_named_by_their_way_and_shown_before_and_after() -> None:
    old = portfolio(brand(1, "Spade", keywords=("a", "b")), brand(2, "Rake"))
    new = portfolio(
        brand(1, "Spade", keywords=("a", "c"), license=License(tier="Pro")), brand(2, "Rake")
    )
    (change,) = changed_items(old, new)
    assert (change.kind, change.id, change.action) == ("brand", "TST-001", Action.CHANGED)
    assert [(f.field, f.old, f.new) for f in change.fields] == [
        ("keywords", "a, b", "a, c"),
        ("license", "", "tier: Pro"),
    ]


def test_what_was_added_and_removed() -> None:
    old = portfolio(brand(1, "Spade"), pages=(page("old"),))
    new = portfolio(brand(2, "Rake"), pages=(page("new", brand=BrandId("TST-002")),))
    assert {(c.kind, c.action, c.id) for c in changed_items(old, new)} == {
        ("brand", Action.REMOVED, "TST-001"),
        ("brand", Action.ADDED, "TST-002"),
        ("page", Action.REMOVED, "content/old.md"),
        ("page", Action.ADDED, "content/new.md"),
    }


def test_a_page_with_another_brand_has_both_scores() -> None:
    brands = (
        brand(1, "Spade", keywords=("dig beds",)),
        brand(2, "Basin", keywords=("rain water",)),
    )
    old = portfolio(*brands, pages=(page("p", brand=None, intent="dig beds"),))
    new = portfolio(*brands, pages=(page("p", brand=None, intent="rain water"),))
    (moved,) = rematched(old, matched(old), new, matched(new))
    assert (moved.old.brand, moved.new.brand) == ("TST-001", "TST-002")
    assert moved.old.confidence is not None
    assert moved.new.confidence is not None


def test_licences_that_end_within_two_months() -> None:
    def licensed(number: int, expires: dt.date | None) -> Any:
        return brand(number, f"B{number}", license=License(tier="A", expires=expires))

    days = [dt.date(2026, 10, 1), dt.date(2026, 12, 30), dt.date(2027, 2, 1), None]
    given = portfolio(*(licensed(number, day) for number, day in enumerate(days, start=1)))
    sources = frozenset(each.source for each in given.brands)
    assert [each.brand for each in expiring(given, sources)] == ["TST-001", "TST-002"]
    assert expiring(given, frozenset()) == ()


def test_sources_of_brands_that_are_new_or_changed() -> None:
    old = portfolio(brand(1, "Spade"), brand(2, "Rake"), brand(3, "Basin"))
    new = portfolio(brand(1, "Spade"), brand(2, "Rake", tagline="Other"), brand(4, "Pan"))
    assert changed_sources(old, new) == {"brands/rake.yaml", "brands/pan.yaml"}
    assert changed_sources(old, old) == frozenset()

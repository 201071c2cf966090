"""Two states: what differs, and which sites may. The doubt never misses a site that differs."""

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnigrid.match.placing import match_intents
from omnigrid.model.difference import Action
from omnigrid.model.files import ConfigFile, License
from omnigrid.model.names import BrandId, SectorId
from omnigrid.model.portfolio import Portfolio
from omnigrid.plan.compare import changed_items, expiring, rematched, sites_in_doubt
from omnigrid.plan.jobs import plan_site_jobs
from omnigrid.plan.sites import pages_by_brand
from support.values import brand, packs, page, portfolio, sector

BOTH = (sector(), sector("Kitchen"))


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
    (moved,) = rematched(old, match_intents(old), new, match_intents(new))
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


_NAMES = ["Spade", "Rake", "Pan", "Pot"]
_BRANDS = st.builds(
    lambda picked: tuple(
        brand(n, name, tagline=tag, sector=SectorId(place))
        for n, (name, (tag, place)) in enumerate(picked.items(), start=1)
    ),
    st.dictionaries(
        st.sampled_from(_NAMES),
        st.tuples(st.sampled_from(["x", "y"]), st.sampled_from(["Garden", "Kitchen"])),
        min_size=1,
    ),
)
_STATES = st.builds(
    lambda brands, health, name, paged: portfolio(
        *brands,
        sectors=(sector(description=health), sector("Kitchen")),
        config=ConfigFile(name=name),
        pages=(page("news", brand=brands[0].id, body=paged),),
    ),
    _BRANDS,
    st.sampled_from(["one", "two"]),
    st.sampled_from(["A", "A", "A", "B"]),
    st.sampled_from(["text", "other"]),
)


def _jobs(given: Portfolio) -> dict[str, Any]:
    pages = pages_by_brand(given, match_intents(given))
    return {
        slug: job.inputs
        for slug, job in plan_site_jobs(given, given.brands, pages, packs(), "1").items()
    }


@given(_STATES, _STATES)
def test_every_site_that_differs_is_in_doubt(old: Portfolio, new: Portfolio) -> None:
    sides = [(each, pages_by_brand(each, match_intents(each)), packs()) for each in (old, new)]
    doubted = sites_in_doubt(sides[0], sides[1])
    ids = {each.slug: each.id for each in (*old.brands, *new.brands)}
    before, after = _jobs(old), _jobs(new)
    for slug in before.keys() | after.keys():
        if before.get(slug) != after.get(slug):
            named = {each.id for each in (*old.brands, *new.brands) if each.slug == slug}
            assert named & doubted, ids


def test_a_changed_pack_doubts_only_its_sites() -> None:
    given = portfolio()
    pages = pages_by_brand(given, match_intents(given))
    assert sites_in_doubt((given, pages, packs()), (given, pages, packs())) == frozenset()
    other = packs("<p>{{ brand.name }}</p>")
    assert sites_in_doubt((given, pages, packs()), (given, pages, other)) == {"TST-001", "TST-002"}
    renamed = portfolio(config=replace(given.config, name="Other"))
    assert len(sites_in_doubt((given, pages, packs()), (renamed, pages, packs()))) == 2

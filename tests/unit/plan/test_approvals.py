"""approvals_for: who has to agree, to what, and until when."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.approvals import ApprovalFile, Scope
from omnigrid.model.errors import Conflict
from omnigrid.model.files import ConfigFile
from omnigrid.model.names import BrandId, SectorId
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.publishing import Destination
from omnigrid.model.targets import HostKind, TargetFile
from omnigrid.plan.approvals import approvals_for, day_of, demands_approval
from omnigrid.plan.destinations import destinations_of
from support.values import brand, sector

TODAY = dt.date(2026, 6, 15)
LATER = dt.date(2026, 12, 31)
LAW, FOOD = SectorId("Law"), SectorId("Food")
BRANDS = (
    brand(1, "Actuary", sector=LAW),
    brand(2, "Bench", sector=LAW),
    brand(3, "Crumb", sector=FOOD),
)
IDS = [each.id for each in BRANDS]
APPROVED = "a" * 40


def destinations(repository: str = "/x.git", **more: object) -> tuple[Destination, ...]:
    rule = TargetFile(
        name="t",
        kind=HostKind.PLAIN,
        repository=repository,
        approval=True,
        **more,  # type: ignore[arg-type]
    )
    portfolio = Portfolio(
        config=ConfigFile(name="P", targets=(rule,)),
        sectors=(sector("Law"), sector("Food")),
        brands=BRANDS,
        pages=(),
        packs={},
        dated=None,
    )
    return destinations_of(portfolio, Path("/portfolio")).all


(WHOLE,) = destinations()
ACTUARY, BENCH, CRUMB = destinations("/{brand.slug}.git")


def approval(scope: Scope = Scope.ALL, target: str = "t", **more: object) -> ApprovalFile:
    given = {"by": "Jane", "until": LATER, **more}
    return ApprovalFile(target=target, scope=scope, **given)  # type: ignore[arg-type]


def asked(
    destination: Destination,
    *approvals: ApprovalFile,
    today: dt.date = TODAY,
    is_same: Callable[[str], bool] = APPROVED.__eq__,
) -> tuple[ApprovalFile, ...]:
    return approvals_for(destination, BRANDS, approvals, today, is_same)


def is_allowed(destination: Destination, *approvals: ApprovalFile) -> bool:
    try:
        return bool(asked(destination, *approvals))
    except Conflict:
        return False


def test_without_an_approval_it_says_what_to_write() -> None:
    with pytest.raises(Conflict, match="nobody has approved of it") as caught:
        asked(WHOLE)
    assert caught.value.exit_code == 3
    assert "      - target: t\n" in caught.value.hint
    assert "        until: 2026-07-15" in caught.value.hint


def test_an_approval_of_all_covers_a_target_and_all_that_its_rule_gives() -> None:
    every = approval()
    for destination in (WHOLE, ACTUARY, BENCH, CRUMB):
        assert asked(destination, approval(target="other"), every) == (every,)


def test_an_approval_of_one_destination_covers_no_other() -> None:
    one = approval(target="t/actuary")
    assert is_allowed(ACTUARY, one)
    assert not is_allowed(BENCH, one)
    assert not is_allowed(WHOLE, one)


def test_the_last_day_counts() -> None:
    ends = approval(until=TODAY)
    assert asked(WHOLE, ends) == (ends,)
    with pytest.raises(Conflict, match=r"by Jane ended on 2026-06-15, and it is 2026-06-16"):
        asked(WHOLE, ends, today=TODAY + dt.timedelta(days=1))


def test_sectors_and_brands_add_up() -> None:
    law = approval(Scope.SECTORS, sectors=(LAW,))
    crumb = approval(Scope.BRANDS, brands=(BrandId(IDS[2]),))
    assert asked(WHOLE, law, crumb) == (law, crumb)
    assert asked(ACTUARY, law, crumb) == (law,)
    with pytest.raises(Conflict, match=rf"of 1 brand on it \({IDS[2]}\)"):
        asked(WHOLE, law)


def test_a_commit_is_approved_of_while_the_files_are_the_same() -> None:
    one = approval(Scope.COMMIT, commit=APPROVED)
    assert asked(WHOLE, one) == (one,)
    with pytest.raises(Conflict, match="what was approved of is commit aaaaaaaaaa"):
        asked(WHOLE, one, is_same=lambda _: False)


def test_a_scope_without_its_list_approves_of_nothing() -> None:
    for scope in (Scope.SECTORS, Scope.BRANDS, Scope.COMMIT):
        assert not is_allowed(WHOLE, approval(scope))


def test_a_target_without_brands_needs_an_approval_nevertheless() -> None:
    with pytest.raises(Conflict):
        approvals_for(WHOLE, (), (), TODAY, APPROVED.__eq__)
    assert approvals_for(WHOLE, (), (approval(),), TODAY, APPROVED.__eq__)


def test_only_the_branch_itself_demands_approval() -> None:
    (staged,) = destinations(staging="staging")
    assert demands_approval(staged)
    rule = staged.rule
    elsewhere = Destination(name="t", rule=rule, repository="/x.git", branch="staging")
    assert not demands_approval(elsewhere)
    free = TargetFile(name="t", repository="/x.git")
    assert not demands_approval(Destination(name="t", rule=free, repository="/x", branch="main"))


DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
APPROVALS = st.lists(
    st.builds(
        ApprovalFile,
        target=st.sampled_from(["t", "t/actuary", "t/crumb", "u"]),
        by=st.just("Jane"),
        scope=st.sampled_from(Scope),
        sectors=st.lists(st.sampled_from([LAW, FOOD])).map(tuple),
        brands=st.lists(st.sampled_from(IDS)).map(tuple),
        commit=st.sampled_from([APPROVED, "b" * 40, None]),
        until=DAYS,
    ),
    max_size=5,
)


@given(APPROVALS, DAYS, st.sampled_from([WHOLE, ACTUARY, BENCH, CRUMB]))
def test_what_is_used_holds_and_covers_every_brand(
    approvals: list[ApprovalFile], today: dt.date, destination: Destination
) -> None:
    try:
        used = asked(destination, *approvals, today=today)
    except Conflict:
        assert not any(
            a.scope is Scope.ALL and a.until >= today and a.target in {destination.name, "t"}
            for a in approvals
        )
        return
    assert used
    assert all(each in approvals and each.until >= today for each in used)
    whole = any(
        a.scope is Scope.ALL or (a.scope is Scope.COMMIT and a.commit == APPROVED) for a in used
    )
    for each in BRANDS:
        if destination.folders is None or each.slug in destination.folders:
            sectors = {s for a in used if a.scope is Scope.SECTORS for s in a.sectors}
            brands = {b for a in used if a.scope is Scope.BRANDS for b in a.brands}
            assert whole or each.sector in sectors or each.id in brands


@given(APPROVALS, DAYS, st.integers(0, 5000))
def test_what_is_blocked_today_is_blocked_on_any_later_day(
    approvals: list[ApprovalFile], today: dt.date, more: int
) -> None:
    later = today + dt.timedelta(days=more)
    try:
        asked(WHOLE, *approvals, today=later)
    except Conflict:
        return
    asked(WHOLE, *approvals, today=today)


@given(st.none() | DAYS, DAYS)
def test_neither_an_old_commit_nor_a_slow_clock_brings_a_day_back(
    source: dt.date | None, clock: dt.date
) -> None:
    now = dt.datetime.combine(clock, dt.time(12), dt.UTC).timestamp()
    day = day_of(source, now)
    assert day >= clock
    assert source is None or day >= source
    assert day in {source, clock}

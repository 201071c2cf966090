"""Turns: each job once, and few brands looked at in one turn."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.names import JobId
from omnigrid.plan.turns import LARGE, turns

SITES = [JobId(f"site:{number}") for number in range(100_000)]
SHARED = st.builds(
    lambda kind, name: JobId(f"{kind}:{name}" if name else kind),
    st.sampled_from(["sector", "match", "home", "dashboard"]),
    st.text("abc", max_size=2),
)


@pytest.fixture(scope="module", params=[0, LARGE - 1, LARGE, len(SITES)])
def places(request: pytest.FixtureRequest) -> dict[JobId, int]:
    """Where the brands of portfolios of several sizes stand."""
    return {job: place for place, job in enumerate(reversed(SITES[: request.param]))}


@given(
    shared=st.lists(SHARED, unique=True),
    chosen=st.lists(st.integers(0, 1 << 20), max_size=30, unique=True),
    batch=st.integers(1, 20),
)
def test_each_job_has_one_turn(
    places: dict[JobId, int], shared: list[JobId], chosen: list[int], batch: int
) -> None:
    sites = {SITES[number % len(places)] for number in chosen} if places else set()
    jobs = [*shared, *sorted(sites)]
    found = [job for turn in turns(jobs, places, batch) for job in turn.jobs]
    assert Counter(found) == Counter(jobs)


def test_a_small_portfolio_takes_one_turn() -> None:
    jobs = [*SITES[:50], JobId("home")]
    assert [*turns(jobs, dict.fromkeys(SITES[:50], 0), 16)] == [(tuple(jobs), 16)]


SECTORS = [JobId(f"{kind}:{name}") for kind in ("match", "sector") for name in "abcdef"]


def test_in_a_large_one_what_shows_many_brands_comes_first_and_neighbours_together() -> None:
    places = {job: -place for place, job in enumerate(SITES[:LARGE])}
    first, second = turns([*SITES[:3], *SECTORS, JobId("home")], places, 16)
    assert first.jobs[:3] == ("home", "match:a", "sector:a")
    assert (len(first.jobs), first.batch) == (13, 1)
    assert second == (("site:0", "site:1", "site:2"), 16)


def test_in_a_huge_one_a_turn_looks_at_few_sectors() -> None:
    places = {job: place for place, job in enumerate(SITES)}
    whole = [JobId("dashboard:a"), JobId("home")]
    first, *middle, last = turns([*SITES[:3], *SECTORS, *whole], places, 16)
    assert first == (("home", "dashboard:a"), 2)
    assert [turn.jobs for turn in middle][:1] == [("match:a", "sector:a", "match:b", "sector:b")]
    assert [len(turn.jobs) for turn in middle] == [4, 4, 4]
    assert last == (("site:0", "site:1", "site:2"), 16)


def test_in_a_huge_one_sites_that_are_near_come_together_in_the_order_of_the_jobs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("omnigrid.plan.turns.SITES", 3)
    places = {job: place for place, job in enumerate(SITES)}
    jobs = [SITES[number] for number in (5, 1, 4, 0, 3, 2)]
    parts = [turn.jobs for turn in turns(jobs, places, 16) if turn.jobs]
    assert parts == [(SITES[1], SITES[0], SITES[2]), (SITES[5], SITES[4], SITES[3])]

"""What was found out, as it is kept: how sites stand, and what is bounded."""

import datetime as dt

import pytest

from omnigrid.model.journal import Begun, Cause, Done, Entry, Finished, Reason, Rendered
from omnigrid.model.measurements import (
    MOST_BUILDS,
    MOST_DAYS,
    MOST_PUBLISHES,
    MOST_TARGETS,
    TargetStateFile,
)
from omnigrid.model.names import BlobId, BrandId, CommitId, Digest, OutPath, SectorId, Slug
from omnigrid.model.publishing import Create, Destination, Drifted, Step, Target, Unchanged, Update
from omnigrid.model.states import Served, State
from omnigrid.model.targets import TargetFile
from omnigrid.plan.health import Condition
from omnigrid.plan.measuring import (
    builds,
    grouped,
    listed,
    newest,
    publishes,
    site_states,
    with_day,
)

A, B = Slug("a"), Slug("b")
HEAD = CommitId("0" * 40)
DAY = dt.date(2026, 11, 1)
FILES = {OutPath(path): BlobId(path) for path in ("sites/a/x", "sites/b/x", "api/status.json")}
RULE = TargetFile(name="portfolio", repository="r.git")
WHOLE = Target(Destination(name="portfolio", rule=RULE, repository="r", branch="main"), FILES)
ALONE = Target(
    Destination(name="a", rule=RULE, repository="r", branch="main", folders={A: ""}),
    {OutPath("x"): BlobId("sites/a/x")},
)


@pytest.mark.parametrize(
    ("step", "states"),
    [
        (Unchanged(WHOLE, HEAD), {A: State.IN_SYNC, B: State.IN_SYNC}),
        (Create(WHOLE), {A: State.MISSING, B: State.MISSING}),
        (
            Update(WHOLE, HEAD, (OutPath("api/status.json"),), ()),
            {A: State.IN_SYNC, B: State.IN_SYNC},
        ),
        (
            Update(WHOLE, HEAD, (OutPath("sites/a/x"),), ()),
            {A: State.OUT_OF_DATE, B: State.IN_SYNC},
        ),
        (Update(WHOLE, HEAD, (), ("sites/b/old",)), {A: State.IN_SYNC, B: State.OUT_OF_DATE}),
        (Drifted(WHOLE, HEAD, ("sites/a/x",)), {A: State.DRIFTED, B: State.OUT_OF_DATE}),
        (Update(ALONE, HEAD, (OutPath("x"),), ()), {A: State.OUT_OF_DATE}),
        (Unchanged(ALONE, HEAD), {A: State.IN_SYNC}),
    ],
)
def test_a_site_stands_as_its_own_files_do(step: Step, states: dict[Slug, State]) -> None:
    live = {
        "sites/a/x": BlobId("mine"),
        "sites/b/x": BlobId("older"),
        "api/status.json": BlobId("other"),
    }
    assert dict(site_states(step, [A, B], live)) == states


def test_brands_of_which_the_same_was_found_stand_together() -> None:
    well, ill = Condition(built=True), Condition(built=True, served=Served.OLDER)
    ids = [BrandId(f"TST-{n:03}") for n in range(4)]
    groups = grouped(dict(zip(reversed(ids), (well, ill, well, well), strict=True)))
    assert [group.brands for group in groups] == [(ids[0], ids[1], ids[3]), (ids[2],)]
    assert groups[1].served is Served.OLDER


def test_targets_that_need_somebody_are_listed_first() -> None:
    targets = [TargetStateFile(name=f"t{n}", state=State.IN_SYNC) for n in range(MOST_TARGETS + 50)]
    targets[-1] = TargetStateFile(name="bad", state=State.DRIFTED)
    found = listed(targets)
    assert len(found) == MOST_TARGETS
    assert found[0].name == "bad"


def test_a_day_has_one_point_and_old_days_go() -> None:
    garden = SectorId("Garden")
    days = with_day((), DAY, {garden: 1, SectorId("Bare"): None})
    for number in range(MOST_DAYS + 5):
        days = with_day(days, DAY + dt.timedelta(number), {garden: number})
        days = with_day(days, DAY + dt.timedelta(number), {garden: number + 1})
    assert len(days) == MOST_DAYS
    assert [each.day for each in days] == sorted({each.day for each in days})
    assert days[-1].health == {garden: MOST_DAYS + 5}


def test_publishes_are_taken_from_the_journal_once_each() -> None:
    entries: list[Entry] = []
    for number in range(MOST_PUBLISHES + 3):
        entries += [
            Begun(number, None, Digest("d"), 1, Reason.EDIT),
            Done(number, "t", "update", HEAD, 0.5, 100, 1, Reason.EDIT),
            Finished(number, 1.0, 1, 0, whole=2.5 if number % 2 else 0.0),
        ]
    entries.append(Begun(99, None, Digest("d"), 1, Reason.EDIT))
    found = list(publishes(entries, 180))
    kept = newest(found, found, MOST_PUBLISHES)
    assert len(kept) == MOST_PUBLISHES
    assert kept == newest(found, kept, MOST_PUBLISHES)
    assert [each.at for each in kept] == sorted((each.at for each in kept), reverse=True)
    assert {each.seconds for each in kept} == {1.0, 2.5}
    assert {each.bytes for each in kept} == {100}


def test_two_builds_of_one_second_are_two() -> None:
    causes = {Cause.BRANDS: 1}
    entries = [Rendered(7.1, 0.3, 9, 40, 900, causes), Rendered(7.8, 0.2, 1, 4, 90, causes)]
    kept = newest(builds(entries, 180), (), MOST_BUILDS)
    assert [each.jobs for each in kept] == [1, 9], "the newest first"
    assert newest(builds(entries, 60), kept, MOST_BUILDS) == kept
    assert newest(builds(entries[1:], 60), kept, MOST_BUILDS) == kept, "a journal may be cut"
    assert newest((), kept, MOST_BUILDS) == kept

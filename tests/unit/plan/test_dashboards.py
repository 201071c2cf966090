"""Dashboards: what they say of what was measured, and that they stay small."""

import datetime as dt
from typing import Any

import pytest

from omnigrid.model.dashboards import (
    LISTED,
    DevelopmentView,
    IntentsView,
    OperationsView,
    OrchestrationView,
)
from omnigrid.model.findings import Diagnostic, Severity, Span
from omnigrid.model.locks import LOCK_PATH
from omnigrid.model.measurements import FoundFile, MeasurementsFile
from omnigrid.model.names import BrandId, JobId, SourcePath
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.states import State
from omnigrid.plan.dashboards import Ground, dashboard_view
from omnigrid.plan.families import Families
from omnigrid.plan.orchestration import level, size_in_words
from support.values import brand, matched, page, portfolio, views

AT = dt.datetime(2026, 11, 1, 6, tzinfo=dt.UTC)


def measured(*groups: FoundFile, **given: Any) -> MeasurementsFile:
    return MeasurementsFile(version=1, measured_at=AT, brands=groups, **given)


def view(name: str, given: Portfolio, *warnings: Diagnostic) -> Any:
    return dashboard_view(name, Ground(given, Families(given), matched(given), warnings, ()))


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0, "In time"),
        (79, "In time"),
        (80, "Near the deadline"),
        (99, "Near the deadline"),
        (100, "Late"),
        (199, "Late"),
        (200, "Critical"),
        (10_000, "Critical"),
    ],
)
def test_a_publish_is_judged_by_its_deadline(share: int, word: str) -> None:
    assert level(share).word == word


def test_sizes_are_in_words() -> None:
    assert size_in_words(1) == "1 byte"
    assert size_in_words(1023) == "1023 bytes"
    assert size_in_words(1536) == "1.5 KiB"
    assert size_in_words(5 * 1024**3) == "5.0 GiB"


def test_without_a_measurement_the_next_thing_to_do_is_one() -> None:
    found: OperationsView = view("operations", portfolio())
    assert [each.command for each in found.advice] == ["omnigrid measure --live"]
    assert found.ailing == ()
    assert found.health == 96
    taken: OrchestrationView = view("orchestration", portfolio())
    assert (taken.publishes, taken.pushes, taken.work) == ((), (), ())


def test_lists_are_bounded_and_begin_with_the_worst() -> None:
    brands = [brand(number, f"Brand {number}") for number in range(1, 201)]
    ids = [BrandId(each.id) for each in brands]
    behind = FoundFile(built=True, published=State.MISSING, brands=tuple(ids[:100]))
    broken = FoundFile(built=False, published=State.DRIFTED, brands=tuple(ids[100:]))
    given = portfolio(*brands, measured=measured(behind, broken))
    found: OperationsView = view("operations", given)
    assert len(found.ailing) == LISTED
    assert found.more_ailing == 200 - LISTED
    assert "could not be built" in found.ailing[0].brand.notes[0]
    figures = [each.brand.health or 0 for each in found.ailing]
    assert figures == sorted(figures)


def test_intents_come_with_the_least_certain_first_and_the_nearest_to_an_answer() -> None:
    pages = [
        page("a", brand=None, intent="a spade to dig beds"),
        page("b", brand=None, intent="rake"),
        page("c", brand=None, intent="zygomorphic quaternions"),
        page("d"),
    ]
    found: IntentsView = view("intents", portfolio(pages=tuple(pages)))
    assert found.stated == 3
    sure = [each.confidence for each in found.least]
    assert sure == sorted(sure)
    assert all(each.url.startswith("../../sites/") for each in found.least)
    assert {each.intent for each in found.unmatched} >= {"zygomorphic quaternions"}
    assert all(each.url == "" for each in found.unmatched)


def test_what_depends_on_the_network_is_on_no_page() -> None:
    def warning(path: str) -> Diagnostic:
        place = (SourcePath(path), Span(1, 2, 3))
        return Diagnostic(*place, "OG301", Severity.WARNING, "said", "do", "")

    found: DevelopmentView = view("development", portfolio(), warning("a.md"), warning(LOCK_PATH))
    assert [each.place for each in found.diagnostics] == ["a.md:1:2"]
    assert [(each.code, each.count) for each in found.codes] == [("OG301", 1)]


def test_every_dashboard_is_a_job_with_a_view() -> None:
    seen = views(portfolio())
    kinds = {type(seen.of(JobId(f"dashboard:{name}"))) for name in ("operations", "orchestration")}
    kinds |= {type(seen.of(JobId(f"dashboard:{name}"))) for name in ("intents", "development")}
    assert kinds == {OperationsView, OrchestrationView, IntentsView, DevelopmentView}

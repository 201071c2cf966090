"""The dashboard of orchestration: what publishing and building take, beside their deadlines."""

from typing import Any

from omnigrid.model.dashboards import (
    LISTED,
    BuildRow,
    OrchestrationView,
    PublishRow,
    PushRow,
    Sign,
    WorkRow,
)
from omnigrid.model.journal import Cause
from omnigrid.model.measurements import BuildFile, LastFile, MeasurementsFile, PublishFile, WorkFile
from omnigrid.model.portfolio import Health, Portfolio
from omnigrid.plan.assess import instant

_LEVELS = (
    (200, Sign(Health.RED, "Critical")),
    (100, Sign(Health.RED, "Late")),
    (80, Sign(Health.AMBER, "Near the deadline")),
    (0, Sign(Health.EMERALD, "In time")),
)
"""From which percent of the deadline on a publish counts as what."""


_KINDS = {
    "api": "API",
    "dashboard": "Dashboards",
    "heatmap": "Heatmap",
    "home": "Home",
    "launch": "Launch",
    "match": "Matching",
    "sector": "Sectors",
    "site": "Sites",
    "words": "Words",
}
"""What the jobs of a kind make."""


_CAUSES = {
    Cause.FIRST: "never rendered before",
    Cause.BRANDS: "brands changed",
    Cause.SECTORS: "sectors changed",
    Cause.CONTENT: "content changed",
    Cause.TEMPLATES: "templates changed",
    Cause.CONFIGURATION: "the configuration changed",
    Cause.MEASUREMENTS: "there was a new measurement",
    Cause.PORTFOLIO: "pages about all of the portfolio",
    Cause.PROGRAM: "another version of omnigrid",
    Cause.REPAIR: "files of the build were repaired",
}


def level(share: int) -> Sign:
    """Return what a publish counts as that took so many percent of its budget."""
    return next(sign for least, sign in _LEVELS if share >= least)


def orchestration_view(portfolio: Portfolio, shared: dict[str, Any]) -> OrchestrationView:
    """Return the view of what it takes; ``shared`` is what every dashboard has."""
    measured = portfolio.measured
    pushes = _pushes(measured) if measured else []
    return OrchestrationView(
        **shared,
        budget=portfolio.config.publish.budget_seconds,
        publishes=tuple(map(_publish, measured.publishes)) if measured else (),
        pushes=tuple(pushes[:LISTED]),
        more_pushes=max(len(pushes) - LISTED, 0),
        builds=tuple(map(_build, measured.builds)) if measured else (),
        work=_work(measured.work) if measured else (),
    )


def _publish(publish: PublishFile) -> PublishRow:
    share = int(100 * publish.seconds / publish.budget) if publish.budget else 0
    return PublishRow(
        at=instant(publish.at),
        reason=publish.reason,
        seconds=f"{publish.seconds:,.1f} s",
        share=share,
        sign=level(share),
        size=size_in_words(publish.bytes),
        done=publish.done,
        refused=publish.refused,
    )


def _build(build: BuildFile) -> BuildRow:
    share = int(100 * build.seconds / build.budget) if build.budget else 0
    ordered = sorted(build.causes.items(), key=lambda each: (-each[1], each[0]))
    causes = [f"{_CAUSES[cause]} ({jobs:,})" for cause, jobs in ordered]
    return BuildRow(
        at=instant(build.at),
        causes=", ".join(causes),
        seconds=f"{build.seconds:,.1f} s",
        share=share,
        sign=level(share),
        jobs=build.jobs,
        files=build.files,
        size=size_in_words(build.bytes),
    )


def _pushes(measured: MeasurementsFile) -> list[PushRow]:
    """Return the last publish of each target, the slowest first."""
    known = [(each.name, each.last) for each in measured.targets if each.last]
    known.sort(key=lambda each: (-each[1].seconds, each[0]))
    return [_push(name, last) for name, last in known]


def _push(name: str, last: LastFile) -> PushRow:
    seconds, size = f"{last.seconds:,.1f} s", size_in_words(last.bytes)
    return PushRow(name, instant(last.at), last.action, seconds, size, last.tries)


def _work(work: tuple[WorkFile, ...]) -> tuple[WorkRow, ...]:
    whole = sum(each.bytes for each in work) or 1
    return tuple(
        WorkRow(
            _KINDS.get(w.kind, w.kind),
            w.jobs,
            w.files,
            size_in_words(w.bytes),
            round(100 * w.bytes / whole),
        )
        for w in work
    )


def size_in_words(size: int) -> str:
    """Return a number of bytes in the largest unit of which there is at least one."""
    for unit, least in (("GiB", 1024**3), ("MiB", 1024**2), ("KiB", 1024)):
        if size >= least:
            return f"{size / least:,.1f} {unit}"
    return "1 byte" if size == 1 else f"{size} bytes"

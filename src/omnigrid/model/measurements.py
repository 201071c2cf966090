"""What was measured: the shape of ``measurements.json``, which `omnigrid measure` writes.

A program writes it, but people merge it and git keeps it, so it is read as strictly as what an
editor writes. Nothing of it is needed: what does not stand there was not measured.
"""

import datetime as dt
from typing import Annotated

from msgspec import Meta

from omnigrid.model.fields import BrandIdText, Line, SectorIdText, Shape, Whole
from omnigrid.model.journal import Cause, Reason
from omnigrid.model.states import Served, State

MEASUREMENTS_VERSION = 1
MOST_TARGETS = 200
"""Targets that are listed, those that need somebody first. All of them are counted."""
MOST_PUBLISHES = 20
MOST_BUILDS = 20
MOST_DAYS = 30
"""Days of which the health of the sectors is kept."""

Count = Annotated[int, Meta(ge=0, le=2**53, description="a whole number, 0 or more")]
Seconds = Annotated[float, Meta(ge=0, le=1e9, description="seconds, 0 or more")]
Moment = Annotated[dt.datetime, Meta(tz=True, description="a moment such as 2026-09-14T06:00:00Z")]


class FoundFile(Shape, frozen=True, kw_only=True):
    """Brands of which the same was found. What is left out was not looked at."""

    built: bool | None = None
    """Whether the last build made the site."""
    linked: bool | None = None
    """Whether every link within the build leads somewhere."""
    published: State | None = None
    """How the site stands on the branches that carry it, the worst of them."""
    served: Served | None = None
    """What visitors get where it is served, the worst of all addresses."""
    brands: tuple[BrandIdText, ...]


class LastFile(Shape, frozen=True, kw_only=True):
    """When and how a target was brought last to what was wanted."""

    at: Moment
    action: Line
    seconds: Seconds
    bytes: Count
    tries: Count


class TargetStateFile(Shape, frozen=True, kw_only=True):
    """A target as it stood: how many files are to be written, deleted, or were changed there."""

    name: Line
    state: State
    write: Count = 0
    delete: Count = 0
    changed: Count = 0
    last: LastFile | None = None


class PublishFile(Shape, frozen=True, kw_only=True):
    """A publish that came to its end: what it took, and within which budget."""

    at: Moment
    reason: Reason
    seconds: Seconds
    budget: Count
    """Seconds that it might have taken."""
    bytes: Count
    done: Count
    """Targets that hold what was wanted."""
    refused: Count


class BuildFile(Shape, frozen=True, kw_only=True):
    """A build that rendered something: what it took, and why it had to."""

    at: Moment
    seconds: Seconds
    budget: Count
    """Seconds that a publish may take, of which a build is a part."""
    jobs: Count
    files: Count
    """Written, and the bytes of them."""
    bytes: Count
    causes: dict[Cause, Count] = {}  # noqa: RUF012  (a new one for each file)
    """How many jobs each kind of reason made stale; one job may have several."""


class WorkFile(Shape, frozen=True, kw_only=True):
    """What the jobs of one kind made."""

    kind: Line
    jobs: Count
    files: Count
    bytes: Count


class DayFile(Shape, frozen=True, kw_only=True):
    """The health of each sector on a day, by the last measurement of that day."""

    day: dt.date
    health: dict[SectorIdText, Whole]


class MeasurementsFile(Shape, frozen=True, kw_only=True):
    """`measurements.json`"""

    version: Annotated[int, Meta(ge=1, le=1, description="1, the version of this file's shape")]
    measured_at: Moment
    brands: tuple[FoundFile, ...] = ()
    states: dict[State, Count] = {}  # noqa: RUF012  (a new one for each file)
    """How many targets are in which state."""
    targets: Annotated[tuple[TargetStateFile, ...], Meta(max_length=MOST_TARGETS)] = ()
    work: Annotated[tuple[WorkFile, ...], Meta(max_length=40)] = ()
    publishes: Annotated[tuple[PublishFile, ...], Meta(max_length=MOST_PUBLISHES)] = ()
    """The newest first."""
    builds: Annotated[tuple[BuildFile, ...], Meta(max_length=MOST_BUILDS)] = ()
    """The newest first."""
    days: Annotated[tuple[DayFile, ...], Meta(max_length=MOST_DAYS)] = ()
    """The oldest first."""

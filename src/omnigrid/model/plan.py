"""The plan: which files there shall be, and what each is made from."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from omnigrid.model.findings import Finding
from omnigrid.model.names import Digest, JobId, OutPath, PackId
from omnigrid.model.shards import Part

EVERYTHING = "brands/, content/, sectors/, measurements.json"
"""The origin of what shows the portfolio as a whole."""


class Input(Struct, frozen=True):
    """A named input of a job. ``origin`` says in the user's terms where it comes from."""

    name: str
    digest: Digest
    origin: str


class Edition(Struct, frozen=True):
    """What becomes of pages. Plain ones open from a folder; those of a release are for a server.

    ``minifier`` is what makes the pages of a release small, by version; empty for plain ones.
    """

    minifier: str = ""

    @property
    def is_release(self) -> bool:
        """Whether pages are made small, and name the digests of what they load."""
        return bool(self.minifier)


PLAIN = Edition()


class Job(Struct, frozen=True, kw_only=True):
    """One unit of rendering: the files that it owns, and what they are made from.

    The inputs are known before anything is rendered; the view that its templates see is made of
    them when the job is stale.
    """

    id: JobId
    pack: PackId | None = None
    """The pack whose templates it uses; None for plain data."""
    folder: str = ""
    """Before the paths that its renderer gives: empty, or ending in a slash."""
    files: tuple[str, ...] = ()
    """What it owns below its folder."""
    others: tuple[OutPath, ...] = ()
    """What it owns elsewhere."""
    release: bool = False
    """Whether its pages are those of a release; one of the inputs says so, too."""
    inputs: tuple[Input, ...]

    @property
    def outputs(self) -> tuple[OutPath, ...]:
        """Every path that it owns."""
        return (*(OutPath(self.folder + file) for file in self.files), *self.others)

    @property
    def key(self) -> Digest:
        """The digest of all that its files depend on, their names included."""
        made_from = "\n".join([f"{each.name} {each.digest}" for each in self.inputs])
        owned = "\n".join((self.folder, *self.files, *self.others))
        return Digest(hashlib.sha256(f"{made_from}\n\n{owned}".encode()).hexdigest())


class Brief(NamedTuple):
    """As much of a job as tells whether it is stale."""

    key: Digest
    files: int
    """How many it owns."""


def brief_of(job: Job) -> Brief:
    """Return a job in brief."""
    return Brief(job.key, len(job.files) + len(job.others))


class Plan(Struct, frozen=True):
    """All jobs, sorted by id: each in brief, and whole for whoever asks. No two own one path."""

    briefs: dict[JobId, Brief]
    job: Callable[[JobId], Job]
    """Gives a job of the plan."""
    part: Part | None = None
    """Where this is a shard's share: of what it is a part."""

    @property
    def jobs(self) -> Iterator[Job]:
        """Yield every job; most questions are answered by their briefs."""
        return map(self.job, self.briefs)


def plan_of(jobs: Iterable[Job]) -> Plan:
    """Return the plan of jobs that were made already."""
    made = {job.id: job for job in sorted(jobs, key=lambda job: job.id)}
    return Plan({job.id: brief_of(job) for job in made.values()}, made.__getitem__)


class SectorPlan(Struct, frozen=True, array_like=True):
    """What is planned for a sector's sites: it follows from what stands for all their inputs."""

    cards: Digest
    """Of all that others show of its brands."""
    sites: tuple[Brief, ...]
    """In the order of its brands."""


SectorPlans = Mapping[Digest, SectorPlan]
"""Plans of sectors, by the digest that stands for all that they are made from."""
NOTHING_PLANNED: SectorPlans = {}


class StaleJob(Struct, frozen=True):
    """A job that has to be rendered, with all reasons."""

    job: Job
    reasons: tuple[str, ...]


class Artifact(Struct, frozen=True):
    """What a job made: its files in the order of its outputs."""

    job: JobId
    files: tuple[tuple[OutPath, bytes], ...]


class Failure(Struct, frozen=True):
    """Why a job made nothing."""

    job: JobId
    finding: Finding

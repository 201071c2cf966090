"""The plan: which files there shall be, and what each is made from."""

import hashlib

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


class Plan(Struct, frozen=True):
    """All jobs, sorted by id. No two own the same path."""

    jobs: tuple[Job, ...]
    part: Part | None = None
    """Where this is a shard's share: of what it is a part."""


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

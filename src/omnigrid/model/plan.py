"""The plan: which files there shall be, and what each is made from."""

from msgspec import Struct

from omnigrid.model.findings import Finding
from omnigrid.model.names import Digest, JobId, OutPath, PackId
from omnigrid.model.views import View


class Input(Struct, frozen=True):
    """A named input of a job. ``origin`` says in the user's terms where it comes from."""

    name: str
    digest: Digest
    origin: str


class Job(Struct, frozen=True, kw_only=True):
    """One unit of rendering: the view that its templates see, and the files that it owns."""

    id: JobId
    view: View
    pack: PackId | None
    """The pack whose templates it uses; None for plain data."""
    folder: str
    """Before the paths that its renderer gives: empty, or ending in a slash."""
    outputs: tuple[OutPath, ...]
    inputs: tuple[Input, ...]


class Plan(Struct, frozen=True):
    """All jobs, sorted by id. No two own the same path."""

    jobs: tuple[Job, ...]


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

"""The journal's entries: what happened while targets were published, and what was built."""

import enum

from msgspec import Struct

from omnigrid.model.names import CommitId, Digest


class Reason(enum.StrEnum):
    """Why somebody publishes."""

    EDIT = "edit"
    SCHEDULE = "schedule"
    DRIFT = "drift"
    ROLLBACK = "rollback"
    MANUAL = "manual"


class Begun(Struct, frozen=True, tag="begun"):
    """A publish began. ``at`` in seconds since 1970."""

    at: float
    source: CommitId | None
    manifest: Digest
    targets: int
    reason: Reason


class Done(Struct, frozen=True, tag="done"):
    """A target holds what is wanted. ``seconds`` that it took, ``bytes`` that were sent."""

    at: float
    target: str
    action: str
    commit: CommitId
    seconds: float
    bytes: int
    tries: int
    reason: Reason


class Refused(Struct, frozen=True, tag="refused"):
    """A target could not be published. ``code`` is the exit code of its kind of error."""

    at: float
    target: str
    message: str
    code: int
    tries: int
    reason: Reason


class Finished(Struct, frozen=True, tag="finished"):
    """A publish came to its end, well or not. ``seconds`` that deploying took."""

    at: float
    seconds: float
    done: int
    refused: int
    whole: float = 0.0
    """Seconds from the first look at the portfolio on; 0 where nobody measured that."""


class Cause(enum.StrEnum):
    """Why a job was rendered, as far as a public page may tell: kinds of things, no names."""

    FIRST = "first"
    """It never was before."""
    BRANDS = "brands"
    SECTORS = "sectors"
    CONTENT = "content"
    TEMPLATES = "templates"
    CONFIGURATION = "configuration"
    MEASUREMENTS = "measurements"
    PORTFOLIO = "portfolio"
    """Something of it that the job shows as a whole."""
    PROGRAM = "program"
    """Another version of omnigrid or of its libraries, or another edition."""
    REPAIR = "repair"
    """A file of the build was changed or is missing, or the job failed the last time."""


class Rendered(Struct, frozen=True):
    """A build that rendered something. ``at`` in seconds since 1970, when it ended."""

    at: float
    seconds: float
    """From the first look at the portfolio until all was in its place."""
    jobs: int
    files: int
    """Written, and ``bytes`` of them."""
    bytes: int
    causes: dict[Cause, int]
    """How many jobs each made stale; one job may have several."""


Entry = Begun | Done | Refused | Finished

"""The journal's entries: what happened while targets were published."""

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


Entry = Begun | Done | Refused | Finished

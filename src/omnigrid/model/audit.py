"""The record of a publish: who brought which targets to what, and why. Each names the one before.

It never holds a secret, and nothing of a site but digests.
"""

from typing import NamedTuple

from msgspec import Struct

from omnigrid.model.approvals import ApprovalFile
from omnigrid.model.journal import Reason
from omnigrid.model.names import CommitId, Digest

RECORD_VERSION = 1
AUDIT_REF = "refs/omnigrid/audit"
INTERRUPTED = "interrupted"
RECORD_NAME = "record.json"
"""The one file of each commit on that ref."""


class Who(Struct, frozen=True, omit_defaults=True):
    """Who published: as git or a CI system calls them."""

    name: str
    run: dict[str, str] = {}
    """What a CI system says of its run: names and values of some of its variables."""


class TargetRecord(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What came of one target."""

    target: str
    repository: str
    """Its address without a login; relative to the portfolio where it is below it."""
    branch: str
    action: str
    """``create``, ``update``, ``unchanged`` or ``refused``; ``interrupted``: the publish was killed
    when it was to be brought to this manifest, and it may have been."""
    commit: CommitId | None = None
    """Where the branch was left; None where it was refused."""
    manifest: str = ""
    """SHA-256 of the manifest that the branch was left with."""
    source: CommitId | None = None
    """The portfolio's commit that it was made from, where that is not the record's."""
    bytes: int = 0
    seconds: float = 0
    squashed: int = 0
    """Older commits of the branch that became one."""
    refused: str = ""
    """Why."""
    code: int = 0
    """The exit code of that kind of refusal."""
    approvals: tuple[ApprovalFile, ...] = ()
    """By which it was allowed."""


class Record(Struct, frozen=True, kw_only=True):
    """One publish. The number of the first is 1; its ``previous`` is empty."""

    version: int = RECORD_VERSION
    number: int = 0
    time: str
    """In UTC, to the second, by the clock of whoever published."""
    who: Who
    reason: Reason
    source: CommitId | None
    dirty: bool
    manifest: str
    """SHA-256 of the build's manifest; empty where nothing was built."""
    generator: str
    targets: tuple[TargetRecord, ...]
    previous: str = ""
    """SHA-256 of the bytes of the record before."""


class Link(NamedTuple):
    """A commit of the chain, as it stands there."""

    commit: CommitId
    parents: int
    data: bytes | None
    """The bytes of its record; None where it has none."""


class Seen(Struct, frozen=True):
    """How far this machine knows the chain."""

    number: int
    commit: CommitId
    digest: Digest


class Commit(NamedTuple):
    """A commit of ours on a branch, as its message tells."""

    commit: CommitId
    manifest: str
    source: CommitId | None


class Branch(NamedTuple):
    """A branch as it stands: its head, and our commits on it, the newest first."""

    target: str
    repository: str
    branch: str
    head: CommitId | None
    ours: tuple[Commit, ...]


class Flaw(Struct, frozen=True, omit_defaults=True):
    """Something that the chain and the branches cannot both be telling the truth about."""

    kind: str
    message: str
    number: int = 0
    """Of the record; 0 where it is about a branch or about the chain as a whole."""
    commit: str = ""
    target: str = ""

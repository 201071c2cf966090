"""Targets, what is live there, what is to be done, and what was done."""

from msgspec import Struct

from omnigrid.model.names import BlobId, CommitId, Digest, OutPath

Tree = dict[str, BlobId]
"""Paths of a commit and the blobs that stand there."""


class Target(Struct, frozen=True):
    """A branch of a hosting repository and the files that it is to carry."""

    name: str
    repository: str
    """A path, absolute; later also a URL."""
    branch: str
    files: dict[OutPath, BlobId]


class Live(Struct, frozen=True):
    """What a target's branch holds now."""

    target: str
    head: CommitId | None
    """None where the repository or the branch does not exist yet."""
    files: Tree
    owned: Tree
    """What our last publish wrote there, by the manifest that it left."""


class Message(Struct, frozen=True):
    """What a publish commit says of its origin."""

    source: CommitId | None
    dirty: bool
    manifest: Digest
    generator: str
    date: int
    """Seconds since 1970, of the source commit: the same publish gives the same commit."""


class Create(Struct, frozen=True):
    """The branch does not exist: write it all."""

    target: Target


class Update(Struct, frozen=True):
    """Move the branch forward from ``parent``."""

    target: Target
    parent: CommitId
    write: tuple[OutPath, ...]
    delete: tuple[str, ...]


class Unchanged(Struct, frozen=True):
    """The branch already holds what is wanted."""

    target: Target
    head: CommitId


class Drifted(Struct, frozen=True):
    """Somebody changed our files there by hand: not overwritten unless told to."""

    target: Target
    head: CommitId
    paths: tuple[str, ...]


Step = Create | Update | Unchanged | Drifted


class Receipt(Struct, frozen=True):
    """What was done to a target. ``commit`` is what its branch holds now; ``bytes`` were sent."""

    target: str
    repository: str
    action: str
    commit: CommitId
    written: int
    deleted: int
    bytes: int

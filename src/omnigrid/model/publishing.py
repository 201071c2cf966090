"""Where sites are published, what is live there, what is to be done, and what was done."""

from collections.abc import Mapping

from msgspec import Struct

from omnigrid.model.files import Priority
from omnigrid.model.limits import Breach
from omnigrid.model.manifest import MANIFEST_NAME
from omnigrid.model.names import BlobId, CommitId, Digest, OutPath, Slug
from omnigrid.model.targets import HostKind, TargetFile

Tree = dict[str, BlobId]
"""Paths of a commit and the blobs that stand there."""


class Destination(Struct, frozen=True, kw_only=True):
    """A branch of a hosting repository, and which part of the build belongs there.

    Known from the configuration alone, before anything is rendered.
    """

    name: str
    """Of the target, and behind a slash that of the brand or sector where a rule has many."""
    rule: TargetFile
    repository: str
    """An absolute path, or an address that git understands."""
    branch: str
    folders: Mapping[Slug, str] | None = None
    """The brands whose sites stand there, and in which folder each: empty, or with a slash at its
    end. None: the whole build stands there."""
    folder: str = ""
    """In which folder the whole build stands; as those of brands."""
    root: str = ""
    """The folder that the host serves; it comes before all others."""
    domain: str | None = None
    priority: Priority = Priority.MEDIUM
    """The highest of its brands."""

    @property
    def kind(self) -> HostKind:
        """What kind of host it is."""
        return self.rule.kind

    @property
    def manifest_path(self) -> OutPath:
        """Where on the branch its manifest stands."""
        return OutPath(self.root + MANIFEST_NAME)


class Wanted(Struct, frozen=True):
    """Which targets somebody asks for, and which of their branches."""

    only: str = ""
    """The name of one target; empty means all."""
    staging: bool = False
    """Those that have a staging branch, on that branch."""
    preview: str = ""
    """On a branch of this name below ``preview/``; empty means the branch itself."""


class Target(Struct, frozen=True):
    """A destination and the files that it is to carry."""

    destination: Destination
    files: Mapping[OutPath, BlobId]
    origins: Mapping[OutPath, OutPath] = {}
    """Where the build has those files whose path there is another one."""
    made: Mapping[OutPath, bytes] = {}
    """Files that are not of the build: what the host expects, and the manifest of this target."""
    manifest: Digest = Digest("")
    """SHA-256 of its manifest."""
    source: CommitId | None = None
    """The portfolio's commit that it was made from, where that is another one than today's."""
    expected: frozenset[OutPath] = frozenset()
    """Those that the host expects: they give way to what others put there before us."""
    theirs: tuple[OutPath, ...] = ()
    """Those that gave way."""
    breaches: tuple[Breach, ...] = ()
    """Limits of the host that it passes or comes near to."""

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.destination.name

    @property
    def repository(self) -> str:
        """Where its repository is."""
        return self.destination.repository

    @property
    def branch(self) -> str:
        """The branch that carries it."""
        return self.destination.branch


class Glance(Struct, frozen=True):
    """What can be told of a branch by asking for its head alone."""

    head: CommitId | None
    """None where the repository or the branch does not exist yet."""
    manifest: Digest | None = None
    """What we left there, where the head is the very commit that we pushed."""


class Live(Struct, frozen=True):
    """What a target's branch holds now."""

    target: str
    head: CommitId | None
    """None where the repository or the branch does not exist yet."""
    files: Tree
    owned: Tree
    """What our last publish wrote there, by the manifest that it left."""
    source: CommitId | None = None
    """The portfolio's commit from which that was made, where it is known."""


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


class Rewrite(Struct, frozen=True):
    """What becomes of older commits of a branch whose owner keeps few of them."""

    commits: int
    """How many become one."""
    refused: str = ""
    """Why they are left as they are."""


class Update(Struct, frozen=True):
    """Move the branch forward from ``parent``."""

    target: Target
    parent: CommitId
    write: tuple[OutPath, ...]
    delete: tuple[str, ...]
    rewrite: Rewrite | None = None
    """What happens to its history afterwards."""


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
    squashed: int = 0
    """Older commits that became one afterwards."""
    unsquashed: str = ""
    """Why they did not, though the owner of the branch asked for it."""

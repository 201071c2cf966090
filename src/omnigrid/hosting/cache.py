"""A bare repository of ours for each hosting repository: what we know of it, and make for it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from omnigrid.hosting.fast_import import blob_stream
from omnigrid.hosting.git import Answer, Git, redact
from omnigrid.hosting.trailers import MANIFEST
from omnigrid.model.digests import digest_bytes
from omnigrid.model.errors import InputError, Transient
from omnigrid.model.names import BlobId, CommitId
from omnigrid.model.publishing import Tree

_NO_REPOSITORY = ("does not appear to be a git repository", "invalid gitfile format")


class Cache:
    """The objects of one hosting repository, fetched only where they are missing. No checkout.

    It may be deleted at any time. ``folder`` and ``environment`` are handed in; Transient is
    raised where git or the hosting repository does not answer as it should.
    """

    def __init__(self, folder: Path, repository: str, environment: Mapping[str, str]) -> None:
        self.repository = repository
        self.git = Git(folder / f"{digest_bytes(repository.encode())}.git", environment)

    def open(self) -> None:
        """Make the cache, or what a killed run left out of it."""
        init_bare(self.git, "main")

    def remote_head(self, branch: str) -> CommitId | None:
        """Return where a branch of the hosting repository stands now; None where it is absent."""
        ref = branch_ref(branch)
        answer = self.git.run("ls-remote", operands=[self.repository, ref])
        if answer.code != 0:
            raise unreachable(self.repository, answer)
        lines = (line.split("\t") for line in answer.out.decode("utf-8", "replace").splitlines())
        # ls-remote matches the ends of names, too.
        return next((CommitId(line[0]) for line in lines if line[1:] == [ref]), None)

    def fetch(self, branch: str) -> CommitId | None:
        """Return the head of a branch after seeing to it that all its objects are here."""
        remote = self.remote_head(branch)
        if remote is None or remote == self._fetched(branch):
            return remote
        refspec = f"+{branch_ref(branch)}:{_fetched_ref(branch)}"
        options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
        answer = self.git.run("fetch", *options, operands=[self.repository, refspec])
        if answer.code != 0:
            raise unreachable(self.repository, answer)
        return self._fetched(branch)

    def note_pushed(self, branch: str, commit: CommitId) -> None:
        """Remember that a branch stands at ``commit``, whose objects are all here."""
        self.git.ask("update-ref", operands=[_fetched_ref(branch), commit])

    def tree(self, commit: CommitId) -> Tree:
        """Return every path of a commit; bytes that are not UTF-8 as surrogate escapes."""
        listing = self.git.ask("ls-tree", "-r", "-z", "--full-tree", operands=[commit])
        entries = (entry.partition(b"\t") for entry in listing.split(b"\0") if entry)
        return {
            path.decode("utf-8", "surrogateescape"): BlobId(about.split()[2].decode())
            for about, _, path in entries
        }

    def sizes(self, blobs: Iterable[BlobId]) -> dict[BlobId, int]:
        """Return the sizes in bytes of those blobs that are here."""
        asked = (f"{blob}\n".encode() for blob in blobs)
        form = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
        found = (line.split() for line in self.git.ask("cat-file", form, stdin=asked).splitlines())
        return {BlobId(line[0].decode()): int(line[2]) for line in found if line[1] == b"blob"}

    def read(self, blob: BlobId) -> bytes | None:
        """Return the bytes of a blob; None where it is not here or no blob."""
        answer = self.git.run("cat-file", "blob", operands=[blob])
        return answer.out if answer.code == 0 else None

    def published(self, head: CommitId, limit: int) -> tuple[CommitId, str] | None:
        """Return our most recent commit and its manifest's digest, as the commit's trailer has it.

        Looks at the first parents of ``head``, at most ``limit`` commits.
        """
        form = f"--format=%H %(trailers:key={MANIFEST},valueonly,separator=%x20)"
        options = ("-z", "--first-parent", f"--max-count={limit}", form)
        lines = self.git.ask("log", *options, operands=[head]).decode("utf-8", "replace")
        commits = (line.split() for line in lines.split("\0"))
        return next(((CommitId(c[0]), c[1]) for c in commits if len(c) > 1), None)

    def holds(self, commit: CommitId, ancestor: CommitId) -> bool:
        """Whether ``commit``, which is here, is or descends from ``ancestor``."""
        answer = self.git.run("merge-base", "--is-ancestor", operands=[ancestor, commit])
        return answer.code == 0

    def make_commit(self, stream: Iterable[bytes]) -> CommitId:
        """Return the commit that a fast-import stream makes."""
        # --force: the ref may hold what an earlier run made and could not push.
        made = self.git.ask("fast-import", "--quiet", "--force", stdin=stream)
        return CommitId(made.decode().strip())

    def store(self, blobs: Iterable[bytes]) -> None:
        """Write blobs, as one pack."""
        self.git.ask("fast-import", "--quiet", stdin=blob_stream(blobs))

    def _fetched(self, branch: str) -> CommitId | None:
        found = self.git.run("rev-parse", "--verify", "--quiet", operands=[_fetched_ref(branch)])
        return CommitId(found.out.decode().strip()) if found.code == 0 else None


def init_bare(git: Git, branch: str) -> None:
    """Make a bare repository with its parent folders; in an existing one only what is missing."""
    git.directory.mkdir(parents=True, exist_ok=True)
    options = ("--quiet", "--bare", "--template=", "--object-format=sha1")
    git.ask("init", *options, f"--initial-branch={branch}")


def branch_ref(branch: str) -> str:
    """Return the full name of a branch. Raises InputError for what a refspec reads otherwise."""
    if not branch or any(c.isspace() or not c.isprintable() or c in "~^:?*[\\" for c in branch):
        raise InputError(f"{branch!r} cannot be the name of a branch", "use a name such as main")
    return f"refs/heads/{branch}"


def prepared_ref(branch: str) -> str:
    """The ref in the cache that holds a commit until it is pushed."""
    return f"refs/omnigrid/prepared/{_flat(branch)}"


def _fetched_ref(branch: str) -> str:
    return f"refs/omnigrid/fetched/{_flat(branch)}"


def _flat(branch: str) -> str:
    """A name without slashes: yesterday's branch `a` must not block today's `a/b`."""
    return digest_bytes(branch.encode())


def unreachable(repository: str, answer: Answer) -> InputError | Transient:
    """Return the error for a hosting repository that could not be asked."""
    address = redact(repository)
    if "dubious ownership" in answer.err:  # git's own hint is of no use here: see git._ISOLATED
        return InputError(
            f"git does not trust {address}: it belongs to another user",
            "publish as its owner, or give it to the user who publishes (chown)",
        )
    if any(words in answer.err for words in _NO_REPOSITORY):
        return InputError(
            f"{address} is not a git repository",
            "name an empty or a new folder, or a git repository",
        )
    return Transient(
        f"{address} could not be read: {answer.err}", "try again when it can be reached"
    )

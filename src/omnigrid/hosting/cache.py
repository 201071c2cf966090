"""A bare repository of ours for each hosting repository: what we know of it, and make for it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from omnigrid.hosting.fast_import import blob_stream
from omnigrid.hosting.faults import fault_of
from omnigrid.hosting.git import Git, redact
from omnigrid.hosting.login import Login
from omnigrid.hosting.pack_file import write_pack
from omnigrid.hosting.patience import Patience
from omnigrid.hosting.trailers import MANIFEST, SOURCE
from omnigrid.model.audit import AUDIT_REF
from omnigrid.model.digests import digest_bytes
from omnigrid.model.errors import InputError
from omnigrid.model.names import BlobId, CommitId, Digest
from omnigrid.model.publishing import Tree

_NEAR = ("pack.window=0",)
"""On the same machine, finding what two versions share takes longer than copying both."""


class Published(NamedTuple):
    """A commit of ours, its manifest's digest, and the portfolio's commit that it was made from."""

    commit: CommitId
    manifest: str
    source: CommitId | None


class Cache:
    """The objects of one hosting repository, fetched only where they are missing. No checkout.

    It may be deleted at any time. ``folder``, ``environment`` and ``login`` are handed in.
    Transient is raised where git or the hosting repository does not answer as it should.
    """

    def __init__(
        self,
        folder: Path,
        repository: str,
        environment: Mapping[str, str],
        login: Login,
        patience: Patience,
    ) -> None:
        self.repository, self.patience = repository, patience
        place = folder / f"{digest_bytes(repository.encode())}.git"
        settings = _NEAR if Path(repository).is_absolute() else ()
        self.git = Git(
            place, environment, login=login.variables, secrets=login.secrets, settings=settings
        )

    def open(self) -> None:
        """Make the cache, or what a killed run left out of it. Nobody else is at work in it."""
        ready = self.git.directory / "omnigrid-ready"
        take_locks_away(self.git.directory)
        if not ready.exists():
            init_bare(self.git, "main")
            ready.touch()

    def remote_head(self, branch: str) -> CommitId | None:
        """Return where a branch of the hosting repository stands now; None where it is absent."""
        ref = branch_ref(branch)
        answer = self.git.run(
            "ls-remote", operands=[self.repository, ref], patience=self.patience.look
        )
        if answer.code != 0:
            raise fault_of(redact(self.repository), answer.err, answer.retry_after)
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
        answer = self.git.run(
            "fetch", *options, operands=[self.repository, refspec], patience=self.patience.transfer
        )
        if answer.code != 0:
            raise fault_of(redact(self.repository), answer.err, answer.retry_after)
        return self._fetched(branch)

    def note_pushed(self, branch: str, commit: CommitId) -> None:
        """Remember that a branch stands at ``commit``, which is ours and all here."""
        refs = (_fetched_ref(branch), _pushed_ref(branch))
        lines = (f"update {ref} {commit}\n".encode() for ref in refs)
        self.git.ask("update-ref", "--stdin", stdin=lines)

    def pushed(self, branch: str) -> tuple[CommitId, Digest] | None:
        """Return the commit that we pushed last to a branch, and the digest of its manifest."""
        form = f"--format=%(objectname) %(trailers:key={MANIFEST},valueonly)"
        answer = self.git.ask("for-each-ref", form, operands=[_pushed_ref(branch)])
        words = answer.decode("utf-8", "replace").split()
        return (CommitId(words[0]), Digest(words[1])) if len(words) == 2 else None

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
        if self._is_empty():  # Git would look for new packs at each of them.
            return {}
        asked = (f"{blob}\n".encode() for blob in blobs)
        form = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
        found = (line.split() for line in self.git.ask("cat-file", form, stdin=asked).splitlines())
        return {BlobId(line[0].decode()): int(line[2]) for line in found if line[1] == b"blob"}

    def _is_empty(self) -> bool:
        objects = self.git.directory / "objects"
        return not any(objects.glob("??/*")) and not any(self._packs.glob("*.idx"))

    def read(self, blob: str) -> bytes | None:
        """Return the bytes of a blob, by its id or as COMMIT:PATH; None where there is none."""
        answer = self.git.run("cat-file", "blob", operands=[blob])
        return answer.out if answer.code == 0 else None

    def published(self, head: CommitId, limit: int) -> Iterator[Published]:
        """Yield our commits, by what their trailers say, the newest first.

        Looks at the first parents of ``head``, at most ``limit`` commits.
        """
        keys = (f"%(trailers:key={key},valueonly,separator=%x20)" for key in (MANIFEST, SOURCE))
        options = ("-z", "--first-parent", f"--max-count={limit}")
        form = f"--format=%H%n{'%n'.join(keys)}"
        lines = self.git.ask("log", *options, form, operands=[head]).decode("utf-8", "replace")
        commits = (commit.split("\n") for commit in lines.split("\0"))
        yield from (_published(c) for c in commits if len(c) == 3 and c[1].strip())

    def holds(self, commit: CommitId, ancestor: CommitId) -> bool:
        """Whether ``commit``, which is here, is or descends from ``ancestor``."""
        answer = self.git.run("merge-base", "--is-ancestor", operands=[ancestor, commit])
        return answer.code == 0

    def make_commit(self, stream: Iterable[bytes]) -> CommitId:
        """Return the commit that a fast-import stream makes."""
        # --force: the ref may hold what an earlier run made and could not push.
        made = self.git.ask("fast-import", "--quiet", "--force", stdin=stream)
        return CommitId(made.decode().strip())

    def add(self, blobs: Iterable[BlobId], read: Callable[[BlobId], bytes]) -> Mapping[BlobId, int]:
        """Write blobs that are not here, none twice; return their sizes. See ``write_pack``."""
        return write_pack(self._packs, blobs, read)

    def add_share(
        self, read: Callable[[BlobId], bytes], blobs: Iterable[BlobId]
    ) -> Mapping[BlobId, int]:
        """Write a share of such blobs, in one of several processes."""
        return write_pack(self._packs, blobs, read, threads=1)

    @property
    def _packs(self) -> Path:
        return self.git.directory / "objects" / "pack"

    def store(self, blobs: Iterable[bytes]) -> None:
        """Write blobs, as one pack."""
        self.git.ask("fast-import", "--quiet", stdin=blob_stream(blobs))

    def _fetched(self, branch: str) -> CommitId | None:
        found = self.git.run("rev-parse", "--verify", "--quiet", operands=[_fetched_ref(branch)])
        return CommitId(found.out.decode().strip()) if found.code == 0 else None


def _published(lines: list[str]) -> Published:
    commit, manifest, source = (line.strip() for line in lines)
    return Published(CommitId(commit), manifest, CommitId(source) if is_id(source) else None)


def is_id(text: str) -> bool:
    """Whether a text is the whole id of a commit."""
    return re.fullmatch("[0-9a-f]{40}", text) is not None


def take_locks_away(repository: Path) -> None:
    """A git that was killed leaves its locks, and no later one would come past them."""
    for pattern in ("*.lock", "refs/**/*.lock"):
        for lock in repository.glob(pattern):
            lock.unlink(missing_ok=True)


def init_bare(git: Git, branch: str) -> None:
    """Make a bare repository with its parent folders; in an existing one only what is missing."""
    git.directory.mkdir(parents=True, exist_ok=True)
    options = ("--quiet", "--bare", "--template=", "--object-format=sha1")
    git.ask("init", *options, f"--initial-branch={branch}")


def branch_ref(branch: str) -> str:
    """Return the full name of a branch. Raises InputError for what a refspec reads otherwise."""
    if not branch or any(c.isspace() or not c.isprintable() or c in "~^:?*[\\" for c in branch):
        raise InputError(f"{branch!r} cannot be the name of a branch", "use a name such as main")
    return branch if branch == AUDIT_REF else f"refs/heads/{branch}"


def prepared_ref(branch: str) -> str:
    """The ref in the cache that holds a commit until it is pushed."""
    return f"refs/omnigrid/prepared/{_flat(branch)}"


def _fetched_ref(branch: str) -> str:
    return f"refs/omnigrid/fetched/{_flat(branch)}"


def _pushed_ref(branch: str) -> str:
    return f"refs/omnigrid/pushed/{_flat(branch)}"


def _flat(branch: str) -> str:
    """A name without slashes: yesterday's branch `a` must not block today's `a/b`."""
    return digest_bytes(branch.encode())

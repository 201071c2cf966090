"""A target's branch: look at it, and write to it what a step says."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock

from omnigrid.hosting.blobs import Read, Sizes, Spread, bring, stock
from omnigrid.hosting.cache import Cache, Published, prepared_ref
from omnigrid.hosting.fast_import import NewCommit, commit_stream
from omnigrid.hosting.faults import LoginRefused
from omnigrid.hosting.git import redact
from omnigrid.hosting.local import First, is_absent, make_repository
from omnigrid.hosting.login import Login, Setting, login_of, own_settings
from omnigrid.hosting.ownership import Left, left_by, owned_by, owned_files
from omnigrid.hosting.patience import PATIENCE, Patience
from omnigrid.hosting.push import push
from omnigrid.hosting.receipts import deleted_by, parent_of, receipt_of, written_by
from omnigrid.hosting.signing import Signers, sign
from omnigrid.hosting.trailers import commit_message
from omnigrid.hosting.vacancy import has_room
from omnigrid.model.errors import Conflict, Transient
from omnigrid.model.names import CommitId, Digest, OutPath
from omnigrid.model.publishing import (
    Create,
    Destination,
    Glance,
    Live,
    Message,
    Receipt,
    Target,
    Update,
)

PAST = 10_000
"""How many commits of a branch are looked through for ours."""
LEAVINGS = ("*.git/heard-*", "*.git/objects/pack/tmp_*", "*.git/objects/pack/.tmp-*")
"""Files that a run makes and takes away or renames, unless it is killed."""


class Host:
    """Reads and writes hosting repositories; ``folder`` holds the caches and may be deleted.

    Several threads may use it; no other process may use ``folder`` meanwhile.
    """

    def __init__(
        self, folder: Path, environment: Mapping[str, str], patience: Patience = PATIENCE
    ) -> None:
        self.folder = folder
        self.environment = environment
        self._patience = patience
        self.signers = Signers(environment)
        self._opening: dict[str, Lock] = {}
        self._ready: set[str] = set()
        self._refused: set[tuple[str, str, str]] = set()
        self._stocked: dict[str, Sizes] = {}

    def tidy(self) -> None:
        """Take away what killed runs left half written; only for who holds the folder."""
        with _disk_faults():
            for leaving in LEAVINGS:
                for path in self.folder.glob(leaving):
                    path.unlink(missing_ok=True)

    def glance(self, destination: Destination) -> Glance:
        """Return what asking for the head of a branch tells; writes nothing but the cache.

        Raises Transient where it cannot be reached, InputError where it is no repository.
        """
        if is_absent(destination.repository):
            self.signers.look(destination)
            return Glance(None)
        with self.opened(destination) as cache:
            self.signers.of(destination, cache)
            head = cache.remote_head(destination.branch)
            ours = cache.pushed(destination.branch) if head else None
            return Glance(head, ours[1] if ours and ours[0] == head else None)

    def observe(self, destination: Destination) -> Live:
        """Return what a branch holds now. Raises as ``glance``."""
        nothing = Live(destination.name, None, {}, {})
        if is_absent(destination.repository):
            return nothing
        with self.opened(destination) as cache:
            head = cache.fetch(destination.branch)
            if head is None:
                return nothing
            files = cache.tree(head)
            owned = owned_files(cache, head, files, destination.manifest_path)
            return Live(destination.name, head, files, owned.files, owned.source)

    def left(self, destination: Destination, head: CommitId) -> Left | None:
        """Return what a commit that we pushed, and that is in the cache, left on a branch.

        None where its manifest does not tell.
        """
        with self.opened(destination) as cache:
            return left_by(cache, head, destination.manifest_path)

    def has_room(self, destination: Destination, head: CommitId, paths: Sequence[OutPath]) -> bool:
        """Whether nothing is in the way of new files on a branch; see ``vacancy.has_room``."""
        with self.opened(destination) as cache:
            return has_room(cache, head, paths)

    def history(self, destination: Destination) -> tuple[Published, ...]:
        """Return our commits on a branch, the newest first; none where it does not exist."""
        if is_absent(destination.repository):
            return ()
        with self.opened(destination) as cache:
            head = cache.fetch(destination.branch)
            return tuple(cache.published(head, PAST)) if head else ()

    def snapshot(self, destination: Destination, past: Published) -> Target:
        """Return what one of our commits, which is in the cache, left on a branch, as a target.

        Raises Conflict where its manifest does not tell what was ours.
        """
        with self.opened(destination) as cache:
            owned = owned_by(cache, past, cache.tree(past.commit), destination.manifest_path)
        if not owned.files:
            raise Conflict(
                f'commit {past.commit[:10]} of target "{destination.name}" has no manifest that '
                "tells what was published by it",
                "nothing was changed; choose another commit",
            )
        files = {OutPath(path): blob for path, blob in owned.files.items()}
        return Target(destination, files, manifest=Digest(past.manifest), source=owned.source)

    def last_manifest(self, destination: Destination) -> bytes | None:
        """Return the manifest of what our last publish left on a branch, as nobody changed it.

        None where there is none. Raises as ``glance``.
        """
        live = self.observe(destination)
        if live.head is None or destination.manifest_path not in live.owned:
            return None
        with self.opened(destination) as cache:
            return cache.read(live.owned[destination.manifest_path])

    def store(self, destination: Destination, blobs: Iterable[bytes]) -> None:
        """Put bytes into the cache of a destination, from which a commit can then be made.

        Raises Transient where the disk or git refuses.
        """
        with self.opened(destination) as cache:
            cache.store(blobs)

    def stock(self, step: Create | Update, read: Read, spread: Spread) -> None:
        """Bring the bytes of a large step into the cache ahead of ``apply``, and faster.

        Only while no other thread uses this: processes may be forked. Errors as ``apply``.
        """
        with self.opened(step.target.destination) as cache:
            self._stocked[step.target.repository] = stock(cache, step, read, spread)

    def apply(self, step: Create | Update, message: Message, read: Read) -> Receipt:
        """Add one commit to a branch and return its receipt; the branch moves whole or not at all.

        ``read`` is asked only for bytes that the cache lacks. Raises Conflict where somebody else
        was first or the server refuses, Transient where the build changed meanwhile or the
        hosting repository cannot be reached.
        """
        target = step.target
        with self.opened(target.destination) as cache:
            size = bring(cache, step, read, self._stocked.get(target.repository, {}))
            files = ((path, target.files[path]) for path in written_by(step))
            commit = cache.make_commit(commit_stream(_new_commit(step, message), files))
            signing = self.signers.of(target.destination, cache)
            if signing:
                commit = sign(cache, signing, commit, parent_of(step))
            if not (isinstance(step, Create) and self._begin(cache, target, commit)):
                push(cache, target.branch, commit, parent_of(step))
        return receipt_of(step, commit, size)

    def _begin(self, cache: Cache, target: Target, commit: CommitId) -> bool:
        """Make the repository of a target with its first commit, where it has yet to be made."""
        first = First(commit, cache.git.directory / "objects")
        made = make_repository(target.repository, target.branch, self.environment, first)
        if made:
            cache.note_pushed(target.branch, commit)
        return made

    @contextmanager
    def opened(self, destination: Destination) -> Iterator[Cache]:
        """Open the cache of a destination. An account that was refused is not tried again."""
        with _disk_faults():
            own = () if Path(destination.repository).is_absolute() else self._own_settings
            login = login_of(destination, self.environment, own)
            if login.account in self._refused:
                raise _refused_before(destination)
            try:
                yield self._open(destination.repository, login)
            except LoginRefused:
                self._refused |= {login.account} if login.account else set()
                raise

    def _open(self, repository: str, login: Login) -> Cache:
        if not self._ready:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / "owner").write_text(str(os.getpid()))  # for whoever finds it held
        cache = Cache(self.folder, repository, self.environment, login, self._patience)
        with self._opening.setdefault(repository, Lock()):
            if repository not in self._ready:
                cache.open()
                self._ready.add(repository)
        return cache

    @cached_property
    def _own_settings(self) -> tuple[Setting, ...]:
        return own_settings(self.environment)


def _refused_before(destination: Destination) -> LoginRefused:
    given = destination.rule.credentials
    name = given.token if given else ""
    return LoginRefused(
        f"{redact(destination.repository)} was not asked: its host refused the password or token "
        f"in {name} a moment ago",
        "a wrong password is tried once, so that no account is locked: look whether it has expired",
    )


def _new_commit(step: Create | Update, message: Message) -> NewCommit:
    return NewCommit(
        ref=prepared_ref(step.target.branch),
        parent=parent_of(step),
        date=message.date,
        message=commit_message(message, len(step.target.files)),
        delete=deleted_by(step),
    )


@contextmanager
def _disk_faults() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Transient(
            f"{fault.filename or 'the disk'}: {fault.strerror or fault}",
            "make room there or give the right to write, then try again",
        ) from fault

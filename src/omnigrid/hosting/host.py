"""A target's branch: look at it, and write to it what a step says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import assert_never

from omnigrid.hosting.cache import Cache, prepared_ref
from omnigrid.hosting.fast_import import Content, NewCommit, commit_stream
from omnigrid.hosting.git import redact
from omnigrid.hosting.local import is_absent, make_repository
from omnigrid.hosting.ownership import owned_files
from omnigrid.hosting.push import push
from omnigrid.hosting.trailers import commit_message
from omnigrid.model.digests import blob_id
from omnigrid.model.errors import Transient
from omnigrid.model.manifest import MANIFEST_NAME
from omnigrid.model.names import BlobId, CommitId, OutPath
from omnigrid.model.publishing import (
    Create,
    Live,
    Message,
    Receipt,
    Target,
    Unchanged,
    Update,
)

Read = Callable[[OutPath], bytes]
"""Gives the bytes of a file of the build."""


class Host:
    """Reads and writes hosting repositories; ``folder`` holds the caches and may be deleted."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._environment = environment

    def observe(self, target: Target) -> Live:
        """Return what a target's branch holds now; writes nothing but the cache.

        Raises Transient where it cannot be reached, InputError where it is no repository.
        """
        with _disk_faults():
            if is_absent(target.repository):
                return Live(target.name, None, {}, {})
            cache = self._open(target)
            head = cache.fetch(target.branch)
            if head is None:
                return Live(target.name, None, {}, {})
            files = cache.tree(head)
            return Live(target.name, head, files, owned_files(cache, head, files))

    def last_manifest(self, name: str, repository: str, branch: str) -> bytes | None:
        """Return the manifest of what our last publish left on a branch, as nobody changed it.

        None where there is none. Raises as ``observe``.
        """
        live = self.observe(Target(name, repository, branch, {}))
        if live.head is None or MANIFEST_NAME not in live.owned:
            return None
        return self._open_cache(repository).read(live.owned[MANIFEST_NAME])

    def store(self, repository: str, blobs: Iterable[bytes]) -> None:
        """Put bytes into the cache of a repository, from which a commit can then be made.

        Raises Transient where the disk or git refuses.
        """
        with _disk_faults():
            self._open_cache(repository).store(blobs)

    def apply(self, step: Create | Update, message: Message, read: Read) -> Receipt:
        """Add one commit to a branch and return its receipt; the branch moves whole or not at all.

        ``read`` is asked only for bytes that the cache lacks. Raises Conflict where somebody else
        was first or the server refuses, Transient where the build changed meanwhile or the
        hosting repository cannot be reached.
        """
        target = step.target
        with _disk_faults():
            cache = self._open(target)
            known = cache.sizes({target.files[path] for path in _written(step)})
            files = _contents(target, _written(step), known, read)
            commit = cache.make_commit(commit_stream(_new_commit(step, message), files))
            if isinstance(step, Create):
                make_repository(target.repository, target.branch, self._environment)
            push(cache, target.branch, commit, _parent(step))
        return _receipt(step, commit, sum(known.values()))

    def _open(self, target: Target) -> Cache:
        return self._open_cache(target.repository)

    def _open_cache(self, repository: str) -> Cache:
        cache = Cache(self.folder, repository, self._environment)
        cache.open()
        return cache


def unchanged_receipt(step: Unchanged) -> Receipt:
    """Return the receipt for a branch that already held what is wanted."""
    return _receipt(step, step.head, 0)


def _new_commit(step: Create | Update, message: Message) -> NewCommit:
    return NewCommit(
        ref=prepared_ref(step.target.branch),
        parent=_parent(step),
        date=message.date,
        message=commit_message(message, len(step.target.files)),
        delete=_deleted(step),
    )


def _contents(
    target: Target, paths: Iterable[OutPath], known: dict[BlobId, int], read: Read
) -> Iterator[tuple[str, Content]]:
    """Each path with its bytes, or with its blob's id once that is ``known`` by its size."""
    for path in paths:
        blob = target.files[path]
        if blob in known:
            yield path, blob
            continue
        data = _read_verified(path, blob, read)
        known[blob] = len(data)
        yield path, data


def _read_verified(path: OutPath, blob: BlobId, read: Read) -> bytes:
    try:
        data = read(path)
    except OSError as fault:
        raise _build_changed(path) from fault
    if blob_id(data) != blob:
        raise _build_changed(path)
    return data


def _build_changed(path: OutPath) -> Transient:
    return Transient(
        f"{path} is not as the manifest has it: the build was changed meanwhile",
        "nothing was published: build again, then publish",
    )


def _receipt(step: Create | Update | Unchanged, commit: CommitId, size: int) -> Receipt:
    return Receipt(
        target=step.target.name,
        repository=redact(step.target.repository),
        action=type(step).__name__.lower(),
        commit=commit,
        written=len(_written(step)),
        deleted=len(_deleted(step)),
        bytes=size,
    )


def _written(step: Create | Update | Unchanged) -> tuple[OutPath, ...]:
    match step:
        case Create():
            return tuple(sorted(step.target.files))
        case Update():
            return step.write
        case Unchanged():
            return ()
    assert_never(step)


def _deleted(step: Create | Update | Unchanged) -> tuple[str, ...]:
    return step.delete if isinstance(step, Update) else ()


def _parent(step: Create | Update) -> CommitId | None:
    return step.parent if isinstance(step, Update) else None


@contextmanager
def _disk_faults() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Transient(
            f"{fault.filename or 'the disk'}: {fault.strerror or fault}",
            "make room there or give the right to write, then try again",
        ) from fault

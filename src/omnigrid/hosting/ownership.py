"""What our last publish wrote to a branch, by the manifest that it left there."""

from typing import Any, NamedTuple

import msgspec

from omnigrid.hosting.cache import Cache, Published
from omnigrid.model.digests import digest_bytes
from omnigrid.model.names import BlobId, CommitId
from omnigrid.model.publishing import Tree

HISTORY = 200
"""How many commits by others may stand on top of ours before we no longer find it."""


class _Entry(msgspec.Struct, frozen=True):
    """A file in version 1."""

    blob: BlobId


class _Record(msgspec.Struct, frozen=True):
    """A job's files in version 2: blob, SHA-256 and size of each."""

    files: dict[str, tuple[BlobId, str, int]]


class _Names(msgspec.Struct, frozen=True):
    """As much of a manifest as is needed, so that older versions' manifests are read, too."""

    files: dict[str, _Entry] = {}
    jobs: dict[str, Any] = {}


class Owned(NamedTuple):
    """What our last commit wrote, and the portfolio's commit that it was made from."""

    files: Tree
    source: CommitId | None


class Left(NamedTuple):
    """The manifest that a commit of ours left, and the portfolio's commit that it was made from."""

    manifest: bytes
    source: CommitId | None


def left_by(cache: Cache, commit: CommitId, manifest: str) -> Left | None:
    """Return what one of our commits left; ``manifest`` is the path of its manifest.

    None where it is none of ours, or its manifest is not the one whose digest its message holds.
    """
    published = next(cache.published(commit, 1), None)
    data = cache.read(f"{commit}:{manifest}") if published else None
    if published is None or data is None or digest_bytes(data) != published.manifest:
        return None
    return Left(data, published.source)


def owned_files(cache: Cache, head: CommitId, files: Tree, manifest: str) -> Owned:
    """Return the paths and blobs that our last commit in the history of ``head`` wrote.

    ``files`` is the tree of ``head``, ``manifest`` the path of the manifest there. Nothing is owned
    where there is no commit of ours, or where its manifest is absent, damaged, or not the one whose
    digest the commit's message holds.
    """
    published = next(cache.published(head, HISTORY), None)
    if published is None:
        return Owned({}, None)
    tree = files if published.commit == head else cache.tree(published.commit)
    return owned_by(cache, published, tree, manifest)


def owned_by(cache: Cache, published: Published, tree: Tree, manifest: str) -> Owned:
    """Return the same for one of our commits and its tree."""
    names = _read_names(cache, tree.get(manifest), published.manifest)
    # The manifest's blobs, not the tree's: they differ where our commit was amended by hand.
    owned = {path: blob for path, blob in names.items() if path in tree}
    kept = {**owned, manifest: tree[manifest]} if names else {}
    return Owned(kept, published.source)


def _read_names(cache: Cache, blob: BlobId | None, digest: str) -> dict[str, BlobId]:
    data = cache.read(blob) if blob is not None else None
    if data is None or digest_bytes(data) != digest:
        return {}
    try:
        names = msgspec.json.decode(data, type=_Names)
        if names.files:
            return {path: entry.blob for path, entry in names.files.items()}
        records = msgspec.convert(names.jobs, dict[str, _Record]).values()
        return {path: entry[0] for record in records for path, entry in record.files.items()}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}

"""What our last publish wrote to a branch, by the manifest that it left there."""

from typing import Any

import msgspec

from omnigrid.hosting.cache import Cache
from omnigrid.model.digests import digest_bytes
from omnigrid.model.manifest import MANIFEST_NAME
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


def owned_files(cache: Cache, head: CommitId, files: Tree) -> Tree:
    """Return the paths and blobs that our last commit in the history of ``head`` wrote.

    ``files`` is the tree of ``head``. Nothing is owned where there is no commit of ours, or where
    its manifest is absent, damaged, or not the one whose digest the commit's message holds.
    """
    published = cache.published(head, HISTORY)
    if published is None:
        return {}
    commit, digest = published
    tree = files if commit == head else cache.tree(commit)
    names = _read_names(cache, tree, digest)
    # The manifest's blobs, not the tree's: they differ where our commit was amended by hand.
    owned = {path: blob for path, blob in names.items() if path in tree}
    return {**owned, MANIFEST_NAME: tree[MANIFEST_NAME]} if names else {}


def _read_names(cache: Cache, tree: Tree, digest: str) -> dict[str, BlobId]:
    blob = tree.get(MANIFEST_NAME)
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

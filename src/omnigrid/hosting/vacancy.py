"""Whether a commit has room for new files, without a look at all of its tree."""

from collections.abc import Iterable, Iterator, Sequence

from omnigrid.hosting.cache import Cache
from omnigrid.model.names import CommitId, OutPath

MOST = 500
"""Paths that are asked for: they are words of a command."""


def has_room(cache: Cache, commit: CommitId, paths: Sequence[OutPath]) -> bool:
    """Whether nothing stands at any of these paths, nor a file where one of them needs a folder.

    No where there are too many to ask for.
    """
    if not paths:
        return True
    if len(paths) > MOST:
        return False
    folders = {folder for path in paths for folder in folders_above(path)}
    found = dict(_listed(cache, commit, paths))
    trees = {path for path, kind in found.items() if kind == b"tree" and path in folders}
    if found.keys() - trees:
        return False
    # A file that stands where a folder is needed was not listed, and nor is a submodule.
    missing = {next(f for f in _downwards(path) if f not in trees) for path in paths}
    return not dict(_listed(cache, commit, sorted(missing))).keys() - trees


def folders_above(path: str) -> Iterator[str]:
    """Yield the folders above a path, nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _downwards(path: str) -> list[str]:
    return [*reversed([*folders_above(path)]), path]


def _listed(cache: Cache, commit: CommitId, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield what stands at paths, and each folder on the way there, with its kind."""
    listing = cache.git.ask("ls-tree", "-z", "-t", "--full-tree", operands=[commit, *paths])
    for entry in filter(None, listing.split(b"\0")):
        about, _, path = entry.partition(b"\t")
        yield path.decode("utf-8", "surrogateescape"), about.split()[1]

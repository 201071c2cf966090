"""What is to be done to a branch, from what it is to hold and what it holds now."""

from collections.abc import Iterator

from omnigrid.model.names import CommitId, OutPath
from omnigrid.model.publishing import Create, Drifted, Live, Step, Target, Unchanged, Update


def reconcile(target: Target, live: Live) -> Step:
    """Return the one step that brings ``live`` to ``target``; all its paths are sorted.

    It is a three-way merge: what our last publish wrote is the base. A path that somebody
    changed since then, to something other than what is wanted, is a drift and nothing is
    overwritten. Files there that we neither wrote nor want are kept.
    """
    if live.head is None:
        return Create(target)
    drifted = {*_edited(target, live), *_in_the_way(target, live)}
    if drifted:
        return Drifted(target, live.head, tuple(sorted(drifted)))
    return _step(target, live, live.head, set(live.owned))


def overwrite(drift: Drifted, live: Live) -> Update | Unchanged:
    """Return the step that puts ours in the place of what others changed of it, and only of that.

    Files of theirs that are nobody's but theirs, and in nobody's way, are kept.
    """
    target = drift.target
    blocking = {path for path in _in_the_way(target, live) if path not in target.files}
    return _step(target, live, drift.head, {*live.owned, *blocking})


def _step(target: Target, live: Live, head: CommitId, ours: set[str]) -> Update | Unchanged:
    write = tuple(sorted(p for p, blob in target.files.items() if live.files.get(p) != blob))
    delete = tuple(sorted(p for p in ours if p in live.files and p not in target.files))
    return Update(target, head, write, delete) if write or delete else Unchanged(target, head)


def _edited(target: Target, live: Live) -> Iterator[str]:
    """Paths of ours that hold neither what we left there nor what is wanted."""
    for path in {*live.owned, *target.files}:
        accepted = (live.owned.get(path), target.files.get(OutPath(path)))
        if live.files.get(path) not in accepted:
            yield path


def _in_the_way(target: Target, live: Live) -> Iterator[str]:
    """Files of others where we need a folder, or below a path where we need a file.

    Git would let the new entry replace them without a word.
    """
    folders = {folder for path in target.files for folder in _folders(path)}
    for path in live.files.keys() - live.owned.keys():
        if path in folders or any(OutPath(folder) in target.files for folder in _folders(path)):
            yield path


def _folders(path: str) -> Iterator[str]:
    """The folders above a path, nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path

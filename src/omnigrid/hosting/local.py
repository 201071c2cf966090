"""Hosting repositories that are folders on this machine."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from omnigrid.hosting.cache import branch_ref, init_bare, take_locks_away
from omnigrid.hosting.git import Git
from omnigrid.model.names import CommitId


class First(NamedTuple):
    """The commit that a new repository begins with, and a folder that has all its objects."""

    commit: CommitId
    objects: Path


def is_absent(repository: str) -> bool:
    """Whether a local repository has yet to be made: no folder there, or an empty one."""
    path = Path(repository)
    if not path.is_absolute():
        return False
    return not path.exists() or (path.is_dir() and not any(path.iterdir()))


def make_repository(
    repository: str, branch: str, environment: Mapping[str, str], first: First | None = None
) -> bool:
    """Make the bare repository of a local target, with parents, and return whether that was done.

    It appears whole, with its ``first`` commit, or not at all; what stands there is left alone.
    Raises OSError where the disk refuses.
    """
    if not is_absent(repository):
        return False
    path = Path(repository)
    staging = path.with_name(f"{path.name}.new")
    git = Git(staging, environment)
    take_locks_away(staging)  # Of whoever was killed at this before.
    init_bare(git, branch)
    if first:
        _link(first.objects, staging / "objects")
        git.ask("update-ref", operands=[branch_ref(branch), first.commit])
    try:
        staging.rename(path)
    except OSError:
        if is_absent(repository):
            raise
        return False
    return True


def _link(objects: Path, folder: Path) -> None:
    """Give a repository the objects of another, as `git clone --local` does: they never change."""
    for source in objects.glob("??*/*"):
        if source.parent.name != "info" and not source.name.startswith(("tmp_", ".tmp-")):
            target = folder / source.parent.name / source.name
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                _link_or_copy(source, target)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # Another file system, or one without links.
        partial = target.with_name(f"tmp_{target.name}")
        shutil.copy(source, partial)
        partial.replace(target)

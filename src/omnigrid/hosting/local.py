"""Hosting repositories that are folders on this machine."""

from collections.abc import Mapping
from pathlib import Path

from omnigrid.hosting.cache import init_bare
from omnigrid.hosting.git import Git


def is_absent(repository: str) -> bool:
    """Whether a local repository has yet to be made: no folder there, or an empty one."""
    path = Path(repository)
    if not path.is_absolute():
        return False
    return not path.exists() or (path.is_dir() and not any(path.iterdir()))


def make_repository(repository: str, branch: str, environment: Mapping[str, str]) -> None:
    """Make the bare repository of a local target, with parents; what stands there is left alone.

    It appears whole or not at all. Raises OSError where the disk refuses.
    """
    if not is_absent(repository):
        return
    path = Path(repository)
    staging = path.with_name(f"{path.name}.new")
    init_bare(Git(staging, environment), branch)
    try:
        staging.rename(path)
    except OSError:
        if is_absent(repository):
            raise

"""The portfolio's files on the disk."""

import os
from collections.abc import Iterator
from pathlib import Path

from omnigrid.model.names import SourcePath
from omnigrid.model.tree import CONFIG_NAME, FOLDERS


class DiskTree:
    """The files below a folder, as they are now. Symbolic links to folders are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def paths(self) -> dict[SourcePath, str]:
        """Return every file; on the disk no version is known."""
        found: list[str] = [CONFIG_NAME] if (self._root / CONFIG_NAME).is_file() else []
        for folder in FOLDERS:
            found += _walk(self._at(folder), f"{folder}/")
        return dict.fromkeys(map(SourcePath, found), "")

    def read(self, path: SourcePath, limit: int) -> bytes:
        """Return the first ``limit`` bytes of a file. Raises OSError."""
        handle = os.open(self._at(path), os.O_RDONLY)
        try:
            return _read(handle, limit)
        finally:
            os.close(handle)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"


def _walk(folder: str, prefix: str) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name


def _read(handle: int, limit: int) -> bytes:
    """Read until the end or the limit: one call for the usual file."""
    data = os.read(handle, limit)
    while 0 < len(data) < limit and (more := os.read(handle, limit - len(data))):
        data += more
    return data

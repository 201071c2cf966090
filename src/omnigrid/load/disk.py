"""The portfolio's files on the disk."""

import errno
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from omnigrid.model.names import SourcePath
from omnigrid.model.tree import FILES, FOLDERS, stamp_version

_PLAIN_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Neither through a link, nor waiting for somebody to write into a pipe."""


class DiskTree:
    """The files below a folder, as they are now.

    Symbolic links are not followed: they could show a file of the machine in a diagnostic.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    @cached_property
    def _paths(self) -> dict[SourcePath, str]:
        found: dict[SourcePath, str] = {}
        for name in FILES:
            if os.path.isfile(path := self._at(name)):  # noqa: PTH113  (half the time of Path)
                found[name] = _stamp(path)
        with suppress(FileNotFoundError, NotADirectoryError):
            root = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
            try:
                for folder in FOLDERS:
                    _walk(self._at(folder), f"{folder}/", found, root)
            finally:
                os.close(root)
        return found

    def paths(self) -> dict[SourcePath, str]:
        """Return every file and its stamp, as they were when this was first asked."""
        return self._paths

    def fetch(self, paths: Iterable[SourcePath]) -> None:
        """Do nothing: files of a disk are read one by one."""

    def read(self, path: SourcePath, limit: int) -> bytes:
        """Return the first ``limit`` bytes of a file. Raises OSError, also at links and pipes."""
        try:
            handle = os.open(self._at(path), _PLAIN_FILE)
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise OSError(errno.ELOOP, "it is a link, and links are not followed") from None
            raise
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.EINVAL, "it is not a file")
            return _read(handle, limit, found.st_size)
        finally:
            os.close(handle)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"


def _walk(folder: str, prefix: str, found: dict[SourcePath, str], root: int) -> None:
    """Add the files below a folder, with one look at each, from the open folder of all."""
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        path = prefix + name
        if entry.is_dir(follow_symlinks=False):
            _walk(entry.path, f"{path}/", found, root)
        else:
            try:
                found[SourcePath(path)] = _stamp(path, root)
            except FileNotFoundError:  # Gone since the folder was listed.
                continue


def _stamp(path: str, root: int | None = None) -> str:
    found = os.stat(path, dir_fd=root, follow_symlinks=False)
    return stamp_version(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def look_again(
    root: Path, before: Mapping[SourcePath, str], touched: Iterable[SourcePath]
) -> dict[SourcePath, str]:
    """Return the files of an earlier look, with another look at those that were touched."""
    found = dict(before)
    for path in touched:
        found.pop(path, None)
        if os.path.isfile(at := f"{root}/{path}"):  # noqa: PTH113  (as above)
            with suppress(FileNotFoundError):
                found[path] = _stamp(at)
    return found


def disk_time(folder: Path) -> int:
    """Return the time of the file system that holds ``folder``, in nanoseconds since 1970.

    0, before every file, where nothing can be written there.
    """
    mark = folder / f".now.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        mark.write_bytes(b"")
        time = mark.stat().st_mtime_ns
        mark.unlink()
    except OSError:
        return 0
    return time


def _read(handle: int, limit: int, size: int) -> bytes:
    """Read until the end or the limit, in one call and one small buffer for the usual file."""
    data = os.read(handle, min(limit, size + 1))
    if len(data) <= size:
        return data
    while len(data) < limit and (more := os.read(handle, limit - len(data))):
        data += more
    return data

"""The portfolio's files on the disk."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from omnigrid.model.digests import blob_id
from omnigrid.model.names import SourcePath
from omnigrid.model.tree import CONFIG_NAME, FOLDERS

_PLAIN_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Neither through a link, nor waiting for somebody to write into a pipe."""
_WHOLE = 1 << 30
"""More bytes than any file of a portfolio has."""


class DiskTree:
    """The files below a folder, as they are now.

    Symbolic links are not followed: they could show a file of the machine in a diagnostic.
    """

    def __init__(self, root: Path, *, hashed: bool = False) -> None:
        """``hashed`` reads every file to give its blob id as its version; else none is known."""
        self._root = root
        self._hashed = hashed

    def paths(self) -> dict[SourcePath, str]:
        """Return every file and its version."""
        found: list[str] = [CONFIG_NAME] if (self._root / CONFIG_NAME).is_file() else []
        for folder in FOLDERS:
            found += _walk(self._at(folder), f"{folder}/")
        return {SourcePath(path): self._version(path) for path in found}

    def _version(self, path: str) -> str:
        if not self._hashed:
            return ""
        with suppress(OSError):  # Reading it again says why it cannot be read.
            return blob_id(self.read(SourcePath(path), _WHOLE))
        return ""

    def versions(self) -> tuple[int, str]:
        """Return when the newest file was changed, and what differs when any file does.

        The first in nanoseconds; the second is made of each file's path, size, times and inode,
        so it tells an edited, added, removed or replaced file without reading any.
        """
        newest, lines = 0, []
        for path in sorted(self.paths()):
            found = os.lstat(self._at(path))  # half the time of Path.lstat
            newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
            lines.append(
                f"{path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
            )
        # The bytes of a name that is no text can be in no digest.
        return newest, "\n".join(lines).encode("utf-8", "backslashreplace").decode()

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


def _read(handle: int, limit: int, size: int) -> bytes:
    """Read until the end or the limit, in one call and one small buffer for the usual file."""
    data = os.read(handle, min(limit, size + 1))
    if len(data) <= size:
        return data
    while len(data) < limit and (more := os.read(handle, limit - len(data))):
        data += more
    return data

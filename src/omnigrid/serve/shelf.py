"""The files that are served: those of the build folder, and newer ones that lie over them."""

import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from omnigrid.model.names import OutPath

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
INDEX = "index.html"
LOST = "404.html"


class Shelf:
    """Files by their path. Links are not followed, wherever they lead; folders are not listed.

    Safe to use from several threads: what lies over the folder is exchanged as a whole.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._over: Mapping[OutPath, bytes] = MappingProxyType({})

    def lay_over(self, files: Mapping[OutPath, bytes]) -> None:
        """Serve these files before those of the folder, beside what lies over it already."""
        self._over = MappingProxyType({**self._over, **files})

    def clear(self) -> None:
        """Serve the folder alone."""
        self._over = MappingProxyType({})

    def read(self, names: Sequence[str]) -> bytes | None:
        """Return the bytes of a file; None where there is none."""
        over = self._over.get(OutPath("/".join(names)))
        return _read(self._folder, names) if over is None else over

    def is_folder(self, names: Sequence[str]) -> bool:
        """Whether there is a page below this name."""
        return self.read((*names, INDEX)) is not None

    def lost(self, names: Sequence[str]) -> bytes | None:
        """Return the nearest page for visitors of a path that does not exist."""
        for depth in range(len(names) - 1, -1, -1):
            page = self.read((*names[:depth], LOST))
            if page is not None:
                return page
        return None


def _read(folder: Path, names: Sequence[str]) -> bytes | None:
    """Read a file name by name, so that no link on the way, made just now or not, is followed."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        for number, name in enumerate(names, start=1):
            flags = _FILE if number == len(names) else _FOLDER
            try:
                inner = os.open(name, flags, dir_fd=handle)
            finally:
                os.close(handle)
            handle = inner
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    with os.fdopen(handle, "rb") as file:
        return file.read()

"""The files of a portfolio wherever they are: on the disk, or in a commit."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from omnigrid.model.names import SourcePath

FOLDERS = ("brands", "content", "logos", "sectors", "template_packs")
"""The folders of a portfolio's files."""
CONFIG_NAME = SourcePath("omnigrid.yaml")
APPROVALS_NAME = SourcePath("approvals.yaml")
MEASUREMENTS_NAME = SourcePath("measurements.json")
FILES = (CONFIG_NAME, APPROVALS_NAME, MEASUREMENTS_NAME)
"""Where they are besides."""


_STAMP = "@"


def stamp_version(size: int, changed: int, status: int, inode: int) -> str:
    """Return what stands for a file's content as long as nobody changed the file.

    Made of its size in bytes, its times (mtime, ctime, in nanoseconds) and its inode: an edited or
    replaced file has another one, unless it was changed within the same tick of the clock (git,
    "Documentation/technical/racy-git").
    """
    return f"{_STAMP}{changed:x}.{status:x}.{size:x}.{inode:x}"


def is_stamp(version: str) -> bool:
    """Whether a version is a stamp, and not the id of the bytes."""
    return version.startswith(_STAMP)


def stamp_time(version: str) -> int:
    """Return when the file of a stamp was last touched, in nanoseconds."""
    changed, status, *_ = version.removeprefix(_STAMP).split(".")
    return max(int(changed, 16), int(status, 16))


class FileTree(Protocol):
    """Files by path. A path below a name that begins with a dot is not listed."""

    def paths(self) -> Mapping[SourcePath, str]:
        """Return every file of the portfolio and what stands for its content: its version.

        Either the id that git gives to the bytes, or a `stamp_version`, or empty: not known.
        """
        ...

    def fetch(self, paths: Iterable[SourcePath]) -> None:
        """Get ready to read these files: many at once may cost less than each by itself."""
        ...

    def read(self, path: SourcePath, limit: int) -> bytes:
        """Return the first ``limit`` bytes of a file. Raises OSError."""
        ...

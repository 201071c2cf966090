"""The files of a portfolio wherever they are: on the disk, or in a commit."""

from collections.abc import Mapping
from typing import Protocol

from omnigrid.model.names import SourcePath

FOLDERS = ("brands", "content", "sectors", "template_packs")
"""Where a portfolio's files are, besides ``omnigrid.yaml``."""
CONFIG_NAME = SourcePath("omnigrid.yaml")


class FileTree(Protocol):
    """Files by path. A path below a name that begins with a dot is not listed."""

    def paths(self) -> Mapping[SourcePath, str]:
        """Return every file of the portfolio and what stands for its content: its version.

        Two files of one tree with the same version have the same bytes; an empty version says
        nothing.
        """
        ...

    def read(self, path: SourcePath, limit: int) -> bytes:
        """Return the first ``limit`` bytes of a file. Raises OSError."""
        ...

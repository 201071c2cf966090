"""The portfolio's files with a second look at a few of them."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from omnigrid.load.disk import DiskTree, look_again
from omnigrid.model.names import SourcePath


class RetouchedTree(DiskTree):
    """The files below a folder as they were, but for some that are looked at again.

    To look at all of ten thousand files takes longer than to read the one that was saved.
    """

    def __init__(
        self, root: Path, before: Mapping[SourcePath, str], touched: Iterable[SourcePath]
    ) -> None:
        super().__init__(root)
        self._known = look_again(root, before, touched)

    def paths(self) -> dict[SourcePath, str]:
        """Return every file and its stamp."""
        return self._known

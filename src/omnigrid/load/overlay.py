"""A tree with files that are not written yet, to be checked as if they were."""

from collections.abc import Iterable, Mapping

from omnigrid.model.names import SourcePath
from omnigrid.model.tree import FileTree


class Overlay:
    """The files of a tree, and others that come before them."""

    def __init__(self, tree: FileTree, files: Mapping[SourcePath, str]) -> None:
        self._tree, self._files = tree, files

    def paths(self) -> dict[SourcePath, str]:
        """Return every file; of those that are not written no version is known."""
        return dict(self._tree.paths()) | dict.fromkeys(self._files, "")

    def fetch(self, paths: Iterable[SourcePath]) -> None:
        """Get ready to read these files."""
        self._tree.fetch(path for path in paths if path not in self._files)

    def read(self, path: SourcePath, limit: int) -> bytes:
        """Return the first ``limit`` bytes of a file. Raises OSError."""
        text = self._files.get(path)
        return self._tree.read(path, limit) if text is None else text.encode()[:limit]

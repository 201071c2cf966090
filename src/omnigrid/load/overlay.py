"""A tree with files from elsewhere: not written yet, or of packs that are kept in the cache."""

from collections.abc import Iterable, Mapping

from omnigrid.model.digests import blob_id
from omnigrid.model.findings import Finding
from omnigrid.model.names import SourcePath
from omnigrid.model.tree import FileTree


class Overlay:
    """The files of a tree, and others that come before them.

    ``findings`` is what was found out where the others were fetched.
    """

    def __init__(
        self,
        tree: FileTree,
        files: Mapping[SourcePath, bytes],
        findings: tuple[Finding, ...] = (),
    ) -> None:
        self._tree, self._files, self.findings = tree, files, findings
        self._versions = {path: blob_id(data) for path, data in files.items()}

    def paths(self) -> dict[SourcePath, str]:
        """Return every file; the version of the others is the id that git gives to their bytes."""
        return dict(self._tree.paths()) | self._versions

    def fetch(self, paths: Iterable[SourcePath]) -> None:
        """Get ready to read these files."""
        self._tree.fetch(path for path in paths if path not in self._files)

    def read(self, path: SourcePath, limit: int) -> bytes:
        """Return the first ``limit`` bytes of a file. Raises OSError."""
        data = self._files.get(path)
        return self._tree.read(path, limit) if data is None else data[:limit]


def tree_findings(tree: FileTree) -> tuple[Finding, ...]:
    """Return what was found out while a tree was put together."""
    return tree.findings if isinstance(tree, Overlay) else ()

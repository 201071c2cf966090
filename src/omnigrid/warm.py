"""What a process that goes on keeps in memory: results of pure functions, which it may lose."""

from collections.abc import Iterable
from pathlib import Path

from omnigrid.load.memory import FileMemory, Kept, Versions, decode_reading
from omnigrid.model.names import SourcePath
from omnigrid.model.source import Reading
from omnigrid.model.tree import is_stamp, stamp_time

_FEW = 64
"""So few unknown files are read sooner than looked up on the disk."""


class Readings:
    """Readings by the version of their file, for as long as the process lives."""

    def __init__(self) -> None:
        self._known: dict[SourcePath, tuple[str, Reading]] = {}

    def over(self, memory: FileMemory, started: int) -> "WarmMemory":
        """Return the memory of one run, which began at ``started`` by the file system's clock."""
        return WarmMemory(self._known, memory, started)


class WarmMemory:
    """The memory of one run: first what this process knows, then what is on the disk.

    Holds the same laws as ``FileMemory``: a reading belongs to a version of a file, and a version
    that a later change may leave as it is, is not trusted.
    """

    def __init__(
        self, known: dict[SourcePath, tuple[str, Reading]], memory: FileMemory, started: int
    ) -> None:
        self._known, self._memory, self._started = known, memory, started

    @property
    def index(self) -> Path:
        """A file where the index is kept that matches intents with brands."""
        return self._memory.index

    def recall(self, versions: Versions) -> dict[SourcePath, Reading]:
        """Return what is known of these versions of files."""
        known = self._known
        found = {
            path: known[path][1]
            for path, version in versions.items()
            if path in known and known[path][0] == version
        }
        if len(versions) - len(found) <= _FEW:
            return found
        unknown = {path: version for path, version in versions.items() if path not in found}
        recalled = self._memory.recall(unknown)
        for path, reading in recalled.items():
            self._learn(path, versions[path], reading)
        return found | recalled

    def keep(self, fresh: Iterable[Kept], versions: Versions) -> None:
        """Keep readings for the next run; ``versions`` are those of all files."""
        kept = list(fresh)
        for path in self._known.keys() - versions.keys():
            del self._known[path]
        for each in kept:
            self._learn(each.path, each.stamp, decode_reading(each.path, each.record))
        self._memory.keep(kept, versions)

    def _learn(self, path: SourcePath, version: str, reading: Reading) -> None:
        if version and (not is_stamp(version) or stamp_time(version) < self._started):
            self._known[path] = (version, reading)
        else:
            self._known.pop(path, None)

"""The harvest: what jobs made, gathered as it comes, until the build is settled."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from omnigrid.model.manifest import Writings
from omnigrid.model.names import JobId
from omnigrid.output.spool import Kept, Spool
from omnigrid.output.stamps import Left
from omnigrid.output.writer import Made


class Harvest:
    """What jobs made. Where it is much, it waits on the disk: memory does not grow with it."""

    def __init__(self, folder: Path) -> None:
        """``folder`` stands on the disk that is written to."""
        self.entries: dict[JobId, Kept] = {}
        """The files of each job, as its record keeps them."""
        self.stamped: dict[JobId, Left] = {}
        """Their stamps, of those jobs whose files are in place already."""
        self._spool = Spool(folder)
        self._texts: list[Kept] = []
        self._files = self._size = 0

    def take(self, made: Made) -> None:
        """Take what a job made. Raises OSError where the disk is full."""
        keep = self._spool.keep
        self.entries[made.job] = keep(made.entries)
        if not made.staged:
            self.stamped[made.job] = Left(keep(made.stamped))
        if made.files:
            self._texts.append(keep(made.written))
        self._files += made.files
        self._size += made.size

    def passing(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield chunks that are made of what was taken, and give back the memory for that."""
        for chunk in chunks:
            yield chunk
            self._spool.let_go()

    def writings(self) -> Writings:
        """Return what was written."""
        return Writings(self._files, self._size, tuple(self._texts))

    def close(self) -> None:
        """Take nothing more."""
        self._spool.close()

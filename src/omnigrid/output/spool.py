"""The spool: bytes that are wanted at the end of a build, and until then are not held in memory."""

from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import mmap

Kept = bytes | memoryview

TOGETHER = 128
"""Jobs of which what is kept is looked at in one go: a look may bring 64 KiB of a file."""

MEMORY = 1 << 24
"""Bytes that are held in memory before anything goes to the disk: most builds make fewer."""
SEGMENT = 1 << 25
"""Bytes of a file, at least; it takes no more of the disk than is written."""


class Spool:
    """Keeps bytes: in memory while they are few, then in files without a name.

    What comes back from a file is read when somebody looks at it, and goes from memory again when
    the system, or ``let_go``, wants its place.
    """

    def __init__(self, folder: Path, *, memory: int = MEMORY, segment: int = SEGMENT) -> None:
        """``folder`` is where the files are made; ``memory`` and ``segment`` in bytes."""
        self._folder, self._free, self._segment = folder, memory, segment
        self._maps: list[mmap.mmap] = []
        self._file: FileIO | None = None
        self._left = 0

    def keep(self, data: bytes) -> Kept:
        """Return what equals these bytes. Raises OSError where the disk is full."""
        if self._free >= len(data):
            self._free -= len(data)
            return data
        file = self._file if self._file and len(data) <= self._left else self._begin(len(data))
        # Written and not stored in the map: a full disk is an error here, and would kill us there.
        start, rest = file.tell(), memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        self._left -= len(data)
        return memoryview(self._maps[-1])[start : start + len(data)]

    def _begin(self, least: int) -> FileIO:
        import mmap  # noqa: PLC0415  (most runs keep little)
        import tempfile  # noqa: PLC0415

        self.close()
        self._left = max(self._segment, least)
        self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
        self._file.truncate(self._left)
        self._maps.append(mmap.mmap(self._file.fileno(), self._left, access=mmap.ACCESS_READ))
        return self._file

    def let_go(self) -> None:
        """Give back the memory that was taken by looking at what is kept."""
        if not self._maps:
            return
        import mmap  # noqa: PLC0415  (as above)

        for each in self._maps:
            if hasattr(each, "madvise"):
                each.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Keep nothing more. What was kept stays for as long as somebody holds it."""
        if self._file:
            self._file.close()
        self._file = None

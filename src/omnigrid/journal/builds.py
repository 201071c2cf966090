"""What was built, how long that took and why: a line each, for the next measurement."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from omnigrid.journal.lines import Lines
from omnigrid.model.journal import Rendered

_DECODER = msgspec.json.Decoder(Rendered)


class BuildJournal:
    """The builds of which the journal in ``folder`` tells, oldest first."""

    def __init__(self, folder: Path) -> None:
        self._lines = Lines(folder / "builds.jsonl")

    def add(self, entry: Rendered) -> None:
        """Write an entry through to the disk. Raises OSError."""
        self._lines.add(msgspec.json.encode(entry))

    def entries(self) -> Iterator[Rendered]:
        """Yield every entry that is whole."""
        return self._lines.read(_DECODER)

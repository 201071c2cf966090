"""The journal as a file: JSON, an entry a line, each written whole and at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from omnigrid.journal.lines import Lines
from omnigrid.model.journal import Begun, Done, Entry, Finished
from omnigrid.model.names import CommitId, Digest

_DECODER = msgspec.json.Decoder(Entry)


class Unfinished(NamedTuple):
    """A publish that began and never came to its end."""

    begun: Begun
    done: frozenset[str]
    """The targets that it reached."""


class Journal:
    """The entries in ``folder``, oldest first. Two publishers add whole lines, never parts."""

    def __init__(self, folder: Path) -> None:
        self._lines = Lines(folder / "publishes.jsonl")

    def add(self, entry: Entry) -> None:
        """Write an entry through to the disk. Raises OSError."""
        self._lines.add(msgspec.json.encode(entry))

    def entries(self) -> Iterator[Entry]:
        """Yield every entry that is whole; a line that a crash cut short is left out."""
        return self._lines.read(_DECODER)

    def unfinished(self, source: CommitId | None, manifest: Digest) -> Unfinished | None:
        """Return the last publish of this source and manifest, where it never came to its end.

        One that was resumed and cut short again counts as one.
        """
        begun: Begun | None = None
        done: set[str] = set()
        for entry in self.entries():
            match entry:
                case Begun():
                    if begun is None or _differ(begun, entry):
                        done = set()
                    begun = entry
                case Done():
                    done.add(entry.target)
                case Finished():
                    begun = None
                case _:
                    pass
        if begun is None or (begun.source, begun.manifest) != (source, manifest):
            return None
        return Unfinished(begun, frozenset(done))

    def last_done(self) -> dict[str, Done]:
        """Return the last time at which each target was brought to what was wanted."""
        return {entry.target: entry for entry in self.entries() if isinstance(entry, Done)}


def _differ(one: Begun, other: Begun) -> bool:
    return (one.source, one.manifest) != (other.source, other.manifest)

"""Plans of sectors that were made by earlier runs: what is not there is planned anew."""

import os
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from omnigrid.model.names import Digest
from omnigrid.model.plan import NOTHING_PLANNED, SectorPlan, SectorPlans


class _Kept(Struct, frozen=True):
    """The file: which program planned, and what."""

    program: str
    sectors: dict[Digest, SectorPlan]


class FilePlans:
    """Keeps the plans of the last run in a file.

    One that is missing, damaged or of another ``program`` knows nothing; it is never an error.
    """

    def __init__(self, path: Path, program: str) -> None:
        self._path, self._program = path, program

    def known(self) -> SectorPlans:
        """Return the plans that were kept."""
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            kept = msgspec.msgpack.decode(self._path.read_bytes(), type=_Kept)
            if kept.program == self._program:
                return kept.sectors
        return NOTHING_PLANNED

    def keep(self, sectors: SectorPlans) -> None:
        """Keep plans for the next run, in place of all others."""
        partial = self._path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):  # What cannot be kept is planned again.
            self._path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(msgspec.msgpack.encode(_Kept(self._program, {**sectors})))
            partial.replace(self._path)

"""What a source gave: the files of one pack, and where exactly they came from."""

import datetime as dt

from msgspec import Struct

from omnigrid.model.names import Digest


class Fetched(Struct, frozen=True):
    """A pack's files, sifted; none of them was believed yet."""

    files: dict[str, bytes]
    resolved: str
    """What the source was: see ``LockedPack.resolved``."""
    archive: Digest | None = None
    date: dt.date | None = None
    """When the source says that it was made."""

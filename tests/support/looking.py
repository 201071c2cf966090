"""What was touched in a folder, by the stamps that its files had."""

import os
from pathlib import Path

import msgspec

from omnigrid.model.names import OutPath
from omnigrid.output.stamps import Stamped


def touched_in(folder: Path, left: bytes | msgspec.Raw) -> list[OutPath]:
    """Return the files that are not as they were left."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        return msgspec.msgpack.decode(left, type=Stamped).touched(descriptor)
    finally:
        os.close(descriptor)

"""What was touched in a folder, by the stamps that its files had."""

import os
from pathlib import Path

from omnigrid.model.names import OutPath
from omnigrid.output.stamps import Stamped


def touched_in(folder: Path, left: Stamped) -> list[OutPath]:
    """Return the files that are not as they were left."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        return left.touched(descriptor)
    finally:
        os.close(descriptor)

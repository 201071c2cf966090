"""One process at a time in a folder, and a disk that refuses."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from omnigrid.model.errors import Transient


@contextmanager
def hold(folder: Path, owner: Path) -> Iterator[None]:
    """Hold a folder, made where missing; the system lets go of it however the process ends.

    ``owner`` is the file in which whoever holds the folder may leave its process id. Raises
    Transient when another process holds it, or when the disk refuses what is done meanwhile.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        _lock(handle, folder, owner)
        yield
    except OSError as error:
        raise _refused(folder, error) from error
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path, owner: Path) -> None:
    """Lock the folder itself: no lock file is left behind."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        name = f" (process {owner.read_text()})" if owner.is_file() else ""
        raise Transient(
            f"another omnigrid{name} is at work in {folder}",
            "nothing was changed; wait for it to end and run this again",
        ) from None


def _refused(folder: Path, error: OSError) -> Transient:
    reason = error.strerror or str(error)
    return Transient(
        f"cannot write {error.filename or folder}: {reason}",
        "the last build stands as it was, or is finished by the next run; "
        "make room or give write access, and run this again",
    )

"""A disk that is soon full: a small file system in the memory."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_KEEP = """\
mount -t tmpfs -o "size=$2" tmpfs "$1" || exit 1
echo mounted
cat
umount --lazy "$1"
"""


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """Give ``folder`` a file system of ``size`` bytes of its own, until the block ends.

    It goes with the process that asked for it, however that ends. Skips where nobody may mount.
    """
    folder.mkdir(parents=True, exist_ok=True)
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", _KEEP, "keep", folder, str(size)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    with keeper:
        assert keeper.stdin is not None
        assert keeper.stdout is not None
        assert keeper.stderr is not None
        if keeper.stdout.readline() != "mounted\n":
            pytest.skip(f"nobody may mount here: {keeper.stderr.read().splitlines()[0]}")
        try:
            yield
        finally:
            keeper.stdin.close()
            keeper.wait()

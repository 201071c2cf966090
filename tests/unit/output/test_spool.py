"""The spool gives back what it was given, wherever it keeps it."""

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.output.spool import Spool


@given(st.lists(st.binary(max_size=40)), st.integers(0, 60), st.integers(1, 60))
def test_what_is_kept_comes_back(given: list[bytes], memory: int, segment: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        spool = Spool(Path(name), memory=memory, segment=segment)
        kept = [spool.keep(data) for data in given]
        assert list(map(bytes, kept)) == given
        spool.let_go()
        spool.close()
        assert list(Path(name).iterdir()) == []
    assert list(map(bytes, kept)) == given  # Though the folder is gone, and the spool closed.


def test_what_is_kept_outlives_the_spool(tmp_path: Path) -> None:
    with closing(Spool(tmp_path, memory=0)) as spool:
        kept = spool.keep(b"kept")
    del spool
    assert kept == b"kept"


def test_a_disk_that_takes_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        Spool(tmp_path / "gone", memory=0).keep(b"kept")

"""The law of a process that goes on: it knows what a new one would read, and nothing else."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from omnigrid.model.source import Reading, Readings, Revision
from omnigrid.reading import read_files
from omnigrid.warm import Readings as WarmReadings
from omnigrid.workspace import Workspace
from support.edits import EDITS
from support.small import Small, write_files

NUMBERS = st.integers(0, 15)
STEPS = st.lists(st.tuples(st.sampled_from(EDITS), NUMBERS, NUMBERS), max_size=6)


def said(readings: Readings) -> list[object]:
    return [_plain(each) for each in readings.files]


def _plain(reading: Reading) -> object:
    return (reading.path, reading.digest, to_builtins(reading.findings), reading.claims)


@settings(max_examples=20)
@given(STEPS)
def test_what_is_remembered_is_what_stands_there(steps: list[tuple[object, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        root, small, warm = Path(folder), Small(), WarmReadings()
        for edit, one, other in [(lambda *_: None, 0, 0), *steps]:
            edit(small, one, other)  # type: ignore[operator]
            write_files(root, small.files())
            assert said(_read_warm(root, warm)) == said(read_files(_place(root).tree))


def test_a_file_is_not_parsed_again(tmp_path: Path) -> None:
    write_files(tmp_path, Small().files())
    warm = WarmReadings()
    time.sleep(0.05)  # Beyond the tick of the clock in which the files were written.
    first = _read_warm(tmp_path, warm)
    again = _read_warm(tmp_path, warm)
    assert all(one is other for one, other in zip(again.files, first.files, strict=True)) is False
    third = _read_warm(tmp_path, warm)
    assert all(one is other for one, other in zip(third.files, again.files, strict=True))


def _place(root: Path) -> Workspace:
    return Workspace(root, root / "build", Revision(None, None))


def _read_warm(root: Path, warm: WarmReadings) -> Readings:
    place = _place(root)
    memory = warm.over(place.file_memory, place.started)
    return read_files(place.tree, memory=memory)

"""The law: an incremental build equals a clean one, byte for byte, whatever happened before it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnigrid.model.errors import InputError
from omnigrid.run.executors import Executor, SerialExecutor
from support.edits import EACH, EDITS, Edit
from support.small import Busy, Files, Small, build, clean_build, tree, write_files

NUMBERS = st.integers(0, 15)
_Harm = Callable[[Path, int], object]


def _file(out: Path, number: int) -> Path:
    """Choose a file of a build: all but the manifest."""
    paths = [path for path in sorted(out.rglob("*")) if path.is_file()]
    return [path for path in paths if path.name != "manifest.json"][number * 7 % (len(paths) - 1)]


def _same_size(path: Path) -> None:
    """Change a file and give it back its size and time."""
    before = path.stat()
    path.write_bytes(bytes(before.st_size))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _forget_readings(out: Path, _: int) -> None:
    for database in (out.parent / ".omnigrid" / "cache").glob("readings-*"):
        database.write_bytes(b"damaged")


HARMS: tuple[_Harm, ...] = (
    lambda out, number: _file(out, number).write_bytes(b"edited by hand"),
    lambda out, number: _file(out, number).unlink(),
    lambda out, number: os.truncate(_file(out, number), 1),
    lambda out, number: _same_size(_file(out, number)),
    lambda out, number: shutil.rmtree(_file(out, number).parent) if number % 2 else None,
    lambda out, _: shutil.rmtree(out.parent / ".omnigrid"),
    _forget_readings,
)
"""What may happen between two builds, besides edits."""
STEPS = st.tuples(
    st.lists(st.tuples(st.sampled_from(EDITS), NUMBERS, NUMBERS), max_size=4),
    st.lists(st.tuples(st.sampled_from(HARMS), NUMBERS), max_size=1),
)
Step = tuple[list[tuple[Edit, int, int]], list[tuple[_Harm, int]]]


def made_of(root: Path, executor: Executor) -> Files | None:
    """Build, and return the whole tree; None where the portfolio has faults."""
    try:
        build(root, executor)
    except InputError:
        return None
    return tree(root / "build")


@pytest.mark.parametrize(
    ("executor", "examples"),
    [(SerialExecutor(), 25), (Busy(2), 8), (Busy(3), 8)],
    ids=["serial", "two processes", "three processes"],
)
def test_an_incremental_build_is_a_clean_one(executor: Executor, examples: int) -> None:
    @settings(max_examples=examples)
    @given(st.lists(STEPS, min_size=2, max_size=8))
    def law(steps: list[Step]) -> None:
        with TemporaryDirectory() as folder:
            _follow(Path(folder), executor, steps)

    law()


def _follow(folder: Path, executor: Executor, steps: list[Step]) -> None:
    small, grown = Small(), folder / "grown"
    write_files(grown, small.files())
    build(grown, executor)
    for number, (edits, harms) in enumerate(steps):
        for harm, which in harms:
            harm(grown / "build", which)
        for edit, one, other in edits:
            edit(small, one, other)
        write_files(grown, small.files())
        write_files(folder / f"clean-{number}", small.files())
        incremental = made_of(grown, executor)
        clean = made_of(folder / f"clean-{number}", SerialExecutor())
        assert (incremental is None) == (clean is None)
        if clean is not None:
            assert incremental == clean


def test_every_single_edit_and_its_reversal_is_built(tmp_path: Path) -> None:
    grown, before = tmp_path / "grown", Small().files()
    clean = clean_build(tmp_path / "clean", before)
    for number, (edit, one, other) in enumerate(EACH):
        write_files(grown, before)
        assert made_of(grown, SerialExecutor()) == clean, f"after {EACH[number - 1]}"
        small = Small()
        edit(small, one, other)
        assert small.files() != before, f"{EACH[number]} changes nothing"
        write_files(grown, small.files())
        edited = clean_build(tmp_path / f"{number}", small.files())
        assert made_of(grown, SerialExecutor()) == edited, f"after {EACH[number]}"


def test_another_day_and_another_folder_give_the_same_bytes(tmp_path: Path) -> None:
    first = clean_build(tmp_path / "first", Small().files())
    for path in (tmp_path / "first").rglob("*"):
        os.utime(path, (0, 0), follow_symlinks=False)
    shutil.copytree(tmp_path / "first", tmp_path / "second" / "deep", symlinks=True)
    for root in (tmp_path / "first", tmp_path / "second" / "deep"):
        build(root)
        assert tree(root / "build") == first
    assert clean_build(tmp_path / ("x" * 60), Small().files()) == first

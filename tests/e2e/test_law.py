"""The law: an incremental build equals a clean one, byte for byte, whatever happened before it.

And whoever built: this process or several, a Dask cluster, or shards that were merged.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from omnigrid.model.shards import Shard
from omnigrid.run.dask import DaskExecutor
from omnigrid.run.executors import SerialExecutor
from support.cluster import Cluster
from support.edits import EACH, EDITS, Edit
from support.harms import HARMS, Harm
from support.small import (
    Busy,
    Files,
    OneByOne,
    Small,
    build,
    clean_build,
    merge,
    tree,
    write_files,
)
from support.ways import AsLarge, Shards, Way, Whole, built_files, made_of

SERIAL = Whole(SerialExecutor())
NUMBERS = st.integers(0, 15)
EDITED = st.lists(st.tuples(st.sampled_from(EDITS), NUMBERS, NUMBERS), max_size=4)
HARMED = st.lists(st.tuples(st.sampled_from(HARMS), NUMBERS, st.booleans()), max_size=2)
"""The last says whether the folder of a shard is harmed, where there are any."""
TAKEN_BACK = st.booleans()
"""Whether edits that made faults are taken back before the next ones."""
Step = tuple[list[tuple[Edit, int, int]], list[tuple[Harm, int, bool]], bool, Way]
HERE = st.just(SerialExecutor())
PROCESSES = st.builds(Busy, st.integers(1, 4))
NUMBERED = st.integers(1, 5).flatmap(lambda count: st.permutations(range(1, count + 1)))
ANEW = st.sampled_from((False, False, True))
QUICK = settings(max_examples=20)
"""So many histories are tried, and one that fails is made small."""
SLOW = settings(max_examples=6, phases=set(Phase) - {Phase.shrink, Phase.explain})
"""Here that would take minutes."""
WAYS: dict[str, tuple[st.SearchStrategy[Way], settings]] = {
    "in this process": (st.builds(Whole, HERE), QUICK),
    "in 1 to 4 processes": (
        st.builds(Whole, PROCESSES) | st.builds(AsLarge, PROCESSES, st.booleans()),
        settings(SLOW, max_examples=8),
    ),
    "in 1 to 5 shards": (st.builds(Shards, HERE | PROCESSES, NUMBERED, ANEW), SLOW),
}
"""Who may build at a step."""


@pytest.mark.parametrize("way", WAYS)
def test_an_incremental_build_is_a_clean_one(way: str) -> None:
    _hold(*WAYS[way])


def test_an_incremental_build_on_a_cluster_is_a_clean_one(cluster: Cluster) -> None:
    dask = st.just(OneByOne(DaskExecutor(cluster.address)))
    _hold(st.builds(Whole, dask) | st.builds(Shards, dask, NUMBERED, ANEW), SLOW)


def _hold(ways: st.SearchStrategy[Way], tried: settings) -> None:
    """Try histories, each step of which is built in one of these ways."""

    @settings(tried)
    @given(st.lists(st.tuples(EDITED, HARMED, TAKEN_BACK, ways), min_size=2, max_size=8))
    def law(steps: list[Step]) -> None:
        with TemporaryDirectory() as folder:
            _follow(Path(folder), steps)

    law()


def _follow(root: Path, steps: list[Step]) -> None:
    small = good = Small()
    write_files(root, small.files())
    steps[0][-1].build(root)
    for edits, harms, taken_back, way in steps:
        for harm, which, in_a_part in harms:
            outs = [*sorted(root.glob("part-*"))] if in_a_part else [root / "build"]
            if built := [out for out in outs if built_files(out)]:
                harm(built[which % len(built)], which)
        small = deepcopy(good if taken_back else small)
        for edit, one, other in edits:
            edit(small, one, other)
        write_files(root, small.files())
        clean = _clean(tuple(small.files().items()))
        assert made_of(root, way) == clean
        if clean is not None:
            good = small


@lru_cache(maxsize=128)
def _clean(files: tuple[tuple[str, bytes], ...]) -> Files | None:
    """Return what a build makes of these files in a new folder; None where they have faults."""
    with TemporaryDirectory() as folder:
        write_files(Path(folder), dict(files))
        return made_of(Path(folder), SERIAL)


def test_every_single_edit_and_its_reversal_is_built(tmp_path: Path) -> None:
    before = Small().files()
    states = [state for edited in _edited_states() for state in (("before it", before), edited)]
    _go_through(tmp_path, SERIAL, states)


def test_every_single_edit_is_built_in_shards(tmp_path: Path) -> None:
    _go_through(tmp_path, Shards(SerialExecutor(), (2, 1), anew=False), _edited_states())


def test_every_single_edit_is_built_on_a_cluster(tmp_path: Path, cluster: Cluster) -> None:
    _go_through(tmp_path, Whole(OneByOne(DaskExecutor(cluster.address))), _edited_states())


def _edited_states() -> Iterator[tuple[str, Files]]:
    """Yield what each edit makes of the same portfolio, with its name."""
    for edit, one, other in EACH:
        small = Small()
        edit(small, one, other)
        name = f"{edit.__name__} {one} {other}"
        assert small.files() != Small().files(), f"{name} changes nothing"
        yield name, small.files()


def _go_through(root: Path, way: Way, states: Iterable[tuple[str, Files]]) -> None:
    last = "nothing"
    for name, files in states:
        write_files(root, files)
        assert made_of(root, way) == _clean(tuple(files.items())), f"{name}, after {last}"
        last = name


def test_another_day_and_another_folder_give_the_same_bytes(tmp_path: Path) -> None:
    first = clean_build(tmp_path / "first", Small().files())
    for path in (tmp_path / "first").rglob("*"):
        os.utime(path, (0, 0), follow_symlinks=False)
    shutil.copytree(tmp_path / "first", tmp_path / "second" / "deep", symlinks=True)
    for root in (tmp_path / "first", tmp_path / "second" / "deep"):
        build(root)
        assert tree(root / "build") == first
    assert clean_build(tmp_path / ("x" * 60), Small().files()) == first


def test_shards_of_different_folders_give_the_same_bytes(tmp_path: Path) -> None:
    parts = []
    for number, root in enumerate((tmp_path / "one", tmp_path / "another" / "deep"), start=1):
        write_files(root, Small().files())
        build(root, out=f"part-{number}", shard=Shard(number, 2))
        parts.append(f"{root}/part-{number}")
    write_files(tmp_path / "third", Small().files())
    merge(tmp_path / "third", parts)
    assert tree(tmp_path / "third" / "build") == clean_build(tmp_path / "whole", Small().files())

"""What was planned before: kept whole, or not known."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.load.plans import FilePlans
from omnigrid.model.names import Digest
from omnigrid.model.plan import NOTHING_PLANNED, Brief, SectorPlan

PLANS = {Digest("a" * 64): SectorPlan(Digest("b" * 64), (Brief(Digest("c" * 64), 13),))}
NAME = "plans"


def kept_in(folder: Path, program: str = "1") -> FilePlans:
    return FilePlans(folder / "cache" / NAME, program)


def test_plans_come_back_as_they_were(tmp_path: Path) -> None:
    assert kept_in(tmp_path).known() == NOTHING_PLANNED
    kept_in(tmp_path).keep(PLANS)
    assert kept_in(tmp_path).known() == PLANS
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [NAME]


def test_those_of_another_program_are_unknown_and_make_room(tmp_path: Path) -> None:
    kept_in(tmp_path).keep(PLANS)
    assert kept_in(tmp_path, "2").known() == NOTHING_PLANNED
    kept_in(tmp_path, "2").keep(PLANS)
    assert kept_in(tmp_path).known() == NOTHING_PLANNED


@pytest.mark.parametrize("left", [0, 1, 40, 100])
def test_a_file_that_was_cut_off_knows_nothing(tmp_path: Path, left: int) -> None:
    kept_in(tmp_path).keep(PLANS)
    file = tmp_path / "cache" / NAME
    file.write_bytes(file.read_bytes()[:left])
    assert kept_in(tmp_path).known() == NOTHING_PLANNED


@given(st.binary(max_size=80))
def test_any_bytes_are_plans_or_none(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / NAME).write_bytes(data)
    assert FilePlans(folder / NAME, "1").known() == NOTHING_PLANNED


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    kept_in(tmp_path).keep(PLANS)
    assert kept_in(tmp_path).known() == NOTHING_PLANNED

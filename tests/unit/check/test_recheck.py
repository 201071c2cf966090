"""The law of a second look: where it says something, a whole check says the same."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from omnigrid.check.portfolio import check_portfolio
from omnigrid.check.recheck import recheck
from omnigrid.load.disk import DiskTree
from omnigrid.model.portfolio import Portfolio
from omnigrid.reading import read_files
from support.edits import EDITS, edit_a_brand
from support.small import Small, write_files

NUMBERS = st.integers(0, 15)
EDITED = st.tuples(st.sampled_from([*EDITS, *[edit_a_brand] * len(EDITS)]), NUMBERS, NUMBERS)
Edit = Callable[[Small, int, int], object]


def looked_again(
    root: Path, before: Small, edits: list[tuple[Edit, int, int]]
) -> tuple[Portfolio | None, Portfolio | None]:
    """Return what a second look and a whole check say after edits of a portfolio."""
    write_files(root, before.files())
    old = read_files(DiskTree(root)).files
    good = check_portfolio(read_files(DiskTree(root)), None).portfolio
    assert good is not None
    for edit, one, other in edits:
        edit(before, one, other)
    write_files(root, before.files())
    readings = read_files(DiskTree(root))
    known = {each.path: each for each in old}
    changed = [e for e in readings.files if e.path not in known or known[e.path].digest != e.digest]
    if known.keys() - {each.path for each in readings.files}:
        return None, None
    return recheck(good, known, changed, None), check_portfolio(readings, None).portfolio


@settings(max_examples=150)
@given(st.lists(EDITED, min_size=1, max_size=2))
def test_a_second_look_sees_what_a_whole_check_sees(edits: list[tuple[Edit, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        quick, whole = looked_again(Path(folder), Small(), edits)
    if quick is not None:
        assert whole is not None
        assert asdict(quick) == asdict(whole)


def test_words_are_seen_at_once(tmp_path: Path) -> None:
    def reword(small: Small, _one: int, _other: int) -> None:
        small.brands["spade"]["tagline"] = "Digs deeper"
        small.sectors["garden"]["description"] = "All that grows"
        small.bodies["barrels"] = "Open."

    quick, whole = looked_again(tmp_path, Small(), [(reword, 0, 0)])
    assert quick is not None
    assert whole is not None
    assert asdict(quick) == asdict(whole)
    assert "Digs deeper" in {brand.tagline for brand in quick.brands}


def test_names_are_left_to_a_whole_check(tmp_path: Path) -> None:
    def rename(small: Small, _one: int, _other: int) -> None:
        small.brands["spade"]["id"] = small.brands["kettle"]["id"]

    assert looked_again(tmp_path, Small(), [(rename, 0, 0)]) == (None, None)

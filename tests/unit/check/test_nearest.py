"""The nearest valid name: the same answer among few and among many."""

import pytest

from omnigrid.check.nearest import MANY, Names, nearest

FEW = ["Garden_Supplies", "Kitchen_Goods", "Toys"]
MORE = [f"FAA-{number:05d}" for number in range(MANY + 1)]


@pytest.mark.parametrize("others", [[], MORE], ids=["few", "many"])
@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("Garden_Suplies", "Garden_Supplies"),
        ("kitchen_goods", "Kitchen_Goods"),
        ("Kitchne_Goods", "Kitchen_Goods"),
        ("Gard", "Garden_Supplies"),
        ("Gar", None),
        ("Xylophones", None),
    ],
)
def test_the_nearest_name(others: list[str], word: str, found: str | None) -> None:
    assert nearest(word, FEW + others) == found


def test_an_id_among_many() -> None:
    assert Names(MORE).nearest("FAA-0000") == "FAA-00500"
    assert Names(MORE).nearest("FAA-99999") is None


def test_nothing_is_near_to_nothing() -> None:
    assert nearest("", []) is None
    assert nearest("word", []) is None

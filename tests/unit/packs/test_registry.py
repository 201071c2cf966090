"""The registry: prepared once, searched by words, refused where it is none."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.errors import InputError, OmnigridError
from omnigrid.packs.registry import open_registry, parse_index


def entry(pack_id: str, name: str = "", description: str = "", *features: str) -> dict[str, Any]:
    return {
        "id": pack_id,
        "name": name or pack_id.title(),
        "description": description,
        "features": features,
        "source": f"https://packs.example/{pack_id}.zip",
        "sha256": "ab" * 32,
        "version": "1.0.0",
    }


PACKS = [
    entry("solar_fields", "Solar fields", "Yield of panels, month by month.", "yield chart"),
    entry("meadow", "Meadow", "Pages for seed shops, with a field guide.", "seed list"),
    entry("harbour", "Harbour", "Ships, berths and tides.", "tide chart"),
]


def index(folder: Path, packs: list[dict[str, Any]] = PACKS) -> Path:
    path = folder / "index.json"
    path.write_text(json.dumps({"version": 1, "packs": packs}))
    return path


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("solar", ["solar_fields"]),
        ("SOLAR Fields", ["solar_fields"]),
        ("field", ["solar_fields", "meadow"]),
        ("chart", ["harbour", "solar_fields"]),
        ("tide berth", ["harbour"]),
        ("seed tides", ["meadow", "harbour"]),
        ("harb", ["harbour"]),
        ("nothing", []),
        ("", []),
        ('"; DROP TABLE offers --', []),
        ("NEAR(tide AND OR", ["harbour"]),
        ("* ^ : ( )", []),
    ],
)
def test_words_find_packs(tmp_path: Path, words: str, found: list[str]) -> None:
    registry = open_registry(index(tmp_path), tmp_path / "cache")
    assert sorted(each.id for each in registry.search(words, 10)) == sorted(found)


def test_a_word_in_the_id_counts_more(tmp_path: Path) -> None:
    registry = open_registry(index(tmp_path), tmp_path / "cache")
    assert [each.id for each in registry.search("fields", 1)] == ["solar_fields"]


@given(st.text(max_size=60))
def test_any_words_are_answered(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "any-words"
    folder.mkdir(exist_ok=True)
    path = folder / "index.json"
    registry = open_registry(path if path.is_file() else index(folder), folder / "cache")
    assert len(registry.search(words, 2)) <= 2


def test_an_id_finds_its_pack(tmp_path: Path) -> None:
    registry = open_registry(index(tmp_path), tmp_path / "cache")
    found = registry.find("meadow")
    assert found is not None
    assert (found.name, found.features) == ("Meadow", ("seed list",))
    assert registry.find("mead") is None
    assert registry.count() == 3


def test_a_changed_index_is_prepared_anew_and_old_ones_go(tmp_path: Path) -> None:
    for number in range(8):
        path = index(tmp_path, [entry(f"pack{number}" + "x" * number)])
        assert open_registry(path, tmp_path / "cache").count() == 1
    assert len(list((tmp_path / "cache").iterdir())) == 4


def test_an_unchanged_index_is_not_read_again(tmp_path: Path) -> None:
    path = index(tmp_path)
    open_registry(path, tmp_path / "cache")
    (prepared,) = (tmp_path / "cache").iterdir()
    before = prepared.stat().st_mtime_ns
    open_registry(path, tmp_path / "cache")
    assert prepared.stat().st_mtime_ns == before


def test_a_damaged_preparation_is_made_again(tmp_path: Path) -> None:
    path = index(tmp_path)
    open_registry(path, tmp_path / "cache")
    (prepared,) = (tmp_path / "cache").iterdir()
    prepared.write_bytes(b"no database")
    with pytest.raises(OmnigridError):
        open_registry(path, tmp_path / "cache").search("tide", 1)
    assert open_registry(path, tmp_path / "cache").search("tide", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "../../etc"},
        {"id": ""},
        {"sha256": "short"},
        {"source": "a\nb"},
        {"name": 5},
        {"features": "one"},
        {"description": "x" * 3000},
    ],
)
def test_an_offer_that_is_none(change: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="cannot be used"):
        parse_index(json.dumps({"version": 1, "packs": [PACKS[0] | change]}).encode())


def test_two_packs_with_one_id() -> None:
    twice = [entry("meadow"), entry("Meadow")]
    with pytest.raises(InputError, match="one id"):
        parse_index(json.dumps({"version": 1, "packs": twice}).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_an_index_or_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        parse_index(data)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        open_registry(tmp_path / "none.json", tmp_path / "cache")

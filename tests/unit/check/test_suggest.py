"""What a new file is given when nobody says."""

from typing import Any

import pytest

from omnigrid.check.files import judge
from omnigrid.check.suggest import most_used, next_brand_id, taken_slug
from omnigrid.model.names import Slug, SourcePath
from omnigrid.model.source import Document, Kind, Reading

SOUND = {
    "id": "TST-001",
    "name": "Spade",
    "sector": "Garden",
    "tagline": "t",
    "description": "d",
    "owner": "A",
    "license": {"tier": "Gold"},
}


def brands(*data: Any) -> list[Reading]:
    return [
        judge(Document(Kind.BRAND, SourcePath(f"brands/b{number}.yaml"), each))
        for number, each in enumerate(data)
    ]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["FAA-001", "FAA-149", "FAA-002"], "FAA-150"),
        (["FAA-999"], "FAA-1000"),
        (["FAA-0099"], "FAA-0100"),
        (["FAA-001", "FAA-002", "OLD-900"], "FAA-003"),
        (["faa-7", "nonsense"], "OUR-001"),
        ([], "OUR-001"),
    ],
)
def test_the_next_id_follows_the_highest_of_the_usual_prefix(ids: list[str], expected: str) -> None:
    assert next_brand_id(brands(*({"id": each} for each in ids)), "Our brands") == expected


@pytest.mark.parametrize(("name", "prefix"), [("日本", "BRD"), ("X", "BRD"), ("a1b2", "AB")])
def test_the_first_id_is_made_from_the_portfolios_name(name: str, prefix: str) -> None:
    assert next_brand_id([], name) == f"{prefix}-001"


def test_ids_of_files_with_faults_count() -> None:
    readings = brands({"id": "FAA-004", "colour": "red"}, ["no", "keys"], None)
    assert next_brand_id(readings, "x") == "FAA-005"


def test_what_most_files_have() -> None:
    readings = brands(
        SOUND, SOUND | {"owner": "B"}, SOUND | {"owner": "B", "license": None}, {"owner": []}
    )
    assert most_used(readings, Kind.BRAND, "owner") == "B"
    assert most_used(readings, Kind.BRAND, "license", "tier") == "Gold"
    assert most_used(readings, Kind.SECTOR, "owner") is None


def test_a_taken_slug() -> None:
    assert taken_slug(brands({}), Kind.BRAND, Slug("b0")) == "brands/b0.yaml"
    assert taken_slug(brands({}), Kind.BRAND, Slug("b1")) is None
    assert taken_slug(brands({}), Kind.PAGE, Slug("b0")) is None

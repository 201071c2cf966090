"""`measurements.json`, read as strictly as what an editor writes."""

import json
from pathlib import Path
from typing import Any

import pytest

from omnigrid.load.disk import DiskTree
from omnigrid.model.errors import InputError
from omnigrid.survey import survey
from support.small import DATE, Small, write_files

GOOD: dict[str, Any] = {
    "version": 1,
    "measured_at": "2026-10-31T06:00:00Z",
    "brands": [{"built": True, "published": "in-sync", "brands": ["TST-001", "TST-002"]}],
    "days": [{"day": "2026-10-30", "health": {"Garden": 96}}, {"day": "2026-10-31", "health": {}}],
}


def _findings(root: Path, text: str) -> list[str]:
    write_files(root, Small().files() | {"measurements.json": text.encode()})
    try:
        survey(DiskTree(root), DATE.date())
    except InputError as error:
        found = [each for each in error.diagnostics if each.path == "measurements.json"]
        assert found
        assert all("omnigrid measure" in each.hint for each in found)
        return [f"{each.code} {each.span.line}: {each.message}" for each in found]
    return []


def test_what_measure_writes_is_read(tmp_path: Path) -> None:
    assert _findings(tmp_path, json.dumps(GOOD, indent=2)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 2, "brands": 7}, "OG241 2: the measurements are of version 2"),
        ({"measured_at": "yesterday"}, "OG105 3: "),
        ({"measured_at": "2026-10-31T06:00:00"}, "OG105 3: "),
        ({"weather": "fair"}, "OG102 "),
        ({"brands": [{"published": "fine", "brands": []}]}, "OG105 6: "),
        ({"brands": [{"brands": ["TST-001"]}, {"brands": ["TST-001"]}]}, "OG242 12: TST-001 was"),
        ({"days": GOOD["days"][::-1]}, "OG242 20: 2026-10-30 stands after 2026-10-31"),
        ({"days": [{"day": "2026-10-30", "health": {"Garden": 101}}]}, "OG105 18: "),
    ],
)
def test_what_is_broken_is_told_at_its_line(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    found = _findings(tmp_path, json.dumps(GOOD | change, indent=2))
    assert len(found) == 1
    assert found[0].startswith(said)


@pytest.mark.parametrize(
    "text", ["", "[]", "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n", '{"version": 1', "\x00"]
)
def test_what_is_no_measurement_is_refused(tmp_path: Path, text: str) -> None:
    assert _findings(tmp_path, text) != []

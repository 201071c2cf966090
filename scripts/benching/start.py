"""`scripts/bench start`: how long a command takes to start, beside Python itself."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benching.measure import OMNIGRID, ROOT, Measured, measured
from benching.portfolio import commit
from benching.tables import machine, middle, seconds, spread, table

_NEED = "I need a compliance dashboard for legal tracking"
_EXAMPLE = ("omnigrid.yaml", "brands", "content", "sectors", "template_packs")
_BASE = "python -c pass"


def start(runs: int) -> None:
    """Print what `omnigrid --version` and `omnigrid match` take at the example portfolio."""
    match = [OMNIGRID, "match", _NEED]
    commands = {
        _BASE: [sys.executable, "-c", "pass"],
        "omnigrid --version": [OMNIGRID, "--version"],
        "omnigrid match": match,
        "omnigrid match, first": match,
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _copy_example(folder)
        found = _runs(commands, folder, runs, {"omnigrid match, first": lambda: _forget(folder)})
    rows = [_row(name, all_runs, found[_BASE]) for name, all_runs in found.items()]
    head = [f"{runs} interleaved runs", "wall", "processor", f"÷ `{_BASE}`"]
    print(machine(), "", table(head, rows), sep="\n")


def _row(name: str, runs: list[Measured], base: list[Measured]) -> list[str]:
    typical = middle(runs)
    ratio = spread([run.wall for run in runs], [run.wall for run in base])
    return [f"`{name}`", seconds(typical.wall), seconds(typical.cpu), ratio]


def _copy_example(folder: Path) -> None:
    """Copy the example portfolio, 149 brands, and put it into git as it would be."""
    for name in _EXAMPLE:
        source = ROOT / name
        copy: Callable[[Path, Path], object] = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    (folder / ".gitignore").write_text("/build/\n/.omnigrid/\n", encoding="utf-8")
    commit(folder)


def _forget(folder: Path) -> None:
    shutil.rmtree(folder / ".omnigrid", ignore_errors=True)


def _runs(
    commands: dict[str, list[str]],
    folder: Path,
    runs: int,
    before: dict[str, Callable[[], None]],
) -> dict[str, list[Measured]]:
    """Measure each command in turn, and all of them again; the first turn does not count."""
    found: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(runs + 1):
        for name, command in commands.items():
            before.get(name, lambda: None)()
            found[name].append(measured(command, folder))
    return {name: all_runs[1:] for name, all_runs in found.items()}

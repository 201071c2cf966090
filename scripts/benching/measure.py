"""One process from start to end: wall time, processor time, peak memory of its whole tree."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
OMNIGRID = str(Path(sys.executable).with_name("omnigrid"))
OFTEN = 0.05
"""Seconds between two looks at the memory of a process that may take less than a second."""
_PROC = Path("/proc")


class Measured(NamedTuple):
    """One run: seconds on the clock and of the processors, and the most memory, in MiB.

    No memory means that the process ended before anybody could look.
    """

    wall: float
    cpu: float
    memory: float


class FailedError(Exception):
    """A measured process ended with a code that says it failed."""


def environment(home: Path) -> dict[str, str]:
    """Return what a measured process sees of our environment."""
    passed = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return passed | {"LANG": "C.UTF-8", "HOME": str(home)}


def measured(
    command: Sequence[str],
    folder: Path,
    *,
    watch: float | None = None,
    accept: Sequence[int] = (0,),
    extra: Mapping[str, str] | None = None,
) -> Measured:
    """Run a command to its end and return what it took.

    With ``watch``, the memory is the most that its whole tree of processes was seen to hold, looked
    at every so many seconds. To look often takes time, so such a run should not count for its time.
    Without, it is that of the largest process alone. Raises FailedError.
    """
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(folder) | dict(extra or {}),
        start_new_session=True,
    )
    peak = _Peak(process.pid, watch) if watch and _PROC.is_dir() else None
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    largest = usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    memory = peak.stopped() if peak else largest
    if process.returncode not in accept:
        raise FailedError(f"{' '.join(command)} ended with code {process.returncode}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, memory)


class _Peak:
    """Watches the processes of a session, until it is stopped."""

    def __init__(self, session: int, period: float) -> None:
        self._session, self._period = session, period
        self._most, self._end = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._end.wait(self._period):
            self._most = max(self._most, _held_at_once(self._session))

    def stopped(self) -> float:
        """Return the most that was seen at once, in MiB."""
        self._end.set()
        self._thread.join()
        return self._most


def memory_of(session: int) -> float:
    """Return how much all processes of a session hold now, in MiB."""
    return sum(map(_pss, _members(session)))


def _held_at_once(session: int) -> float:
    """Return the same, but 0 where a process began or ended while we looked at one after another.

    What two share is halved between them: the half that was counted for one that ends would be
    counted again with the whole of the other.
    """
    looked_at = {*_members(session)}
    held = sum(map(_pss, looked_at))
    return held if looked_at == {*_members(session)} else 0.0


def _members(session: int) -> Iterator[Path]:
    """Yield the folder in /proc of each living process of a session (proc(5), "stat")."""
    for folder in _PROC.iterdir():
        if folder.name.isdecimal():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # it ended meanwhile
            state, _, _, of, *_ = stat.rpartition(")")[2].split()
            if int(of) == session and state not in "ZX":
                yield folder


def _pss(folder: Path) -> float:
    """Return a process's share of memory, in MiB: a page that n processes share counts 1/n."""
    try:
        lines = (folder / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)

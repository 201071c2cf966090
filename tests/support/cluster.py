"""A Dask cluster on this machine: a scheduler and workers as processes of their own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from distributed import Client

import omnigrid

IMPORTED = (Path(__file__).parents[1], Path(omnigrid.__file__).parents[1])
"""The tests, and the very omnigrid that they test."""
DASK = Path(sys.executable).with_name("dask")
LOOPBACK = "127.0.0.1"
_QUIET = {
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__SCHEDULER__ACTIVE_MEMORY_MANAGER__START": "False",
    "DASK_DISTRIBUTED__WORKER__MEMORY__MONITOR_INTERVAL": "10s",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}
"""A cluster looks at itself a hundred times a second, also when it has nothing to do."""


class Cluster:
    """The address of a scheduler, and the processes that we started."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self._folder, self._file = folder, folder / "scheduler.json"
        self._running: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start(
            "scheduler", "--port", "0", "--dashboard-address", f"{LOOPBACK}:0", "--no-show"
        )
        self.workers = [
            self._start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")
            for _ in range(workers)
        ]

    def _start(self, kind: str, *options: str) -> "subprocess.Popen[bytes]":
        log = self._folder / f"{kind}-{len(self._running)}.log"
        with log.open("wb") as written:
            started = subprocess.Popen(
                [DASK, kind, "--host", LOOPBACK, "--scheduler-file", self._file, *options],
                cwd=self._folder,
                env={**os.environ, **_QUIET, "PYTHONPATH": os.pathsep.join(map(str, IMPORTED))},
                stdout=written,
                stderr=written,
            )
        self._running.append(started)
        return started

    @property
    def address(self) -> str:
        """The scheduler's address, once it is there."""
        for _ in range(600):
            if self._file.is_file() and (text := self._file.read_text()):
                address: str = json.loads(text)["address"]
                return address
            time.sleep(0.1)
        raise AssertionError("the scheduler did not start")

    def wait_for_workers(self) -> None:
        """Wait until all workers are known to the scheduler."""
        with Client(self.address, set_as_default=False) as client:
            if self.workers:
                client.wait_for_workers(len(self.workers), timeout=60)

    def end(self) -> None:
        """End what was started, and nothing else. A worker without its scheduler ends late."""
        for process in self._running:
            process.kill()
            process.wait()


@contextmanager
def dask_cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Run a cluster until the end of the block."""
    cluster = Cluster(folder, workers)
    try:
        cluster.wait_for_workers()
        yield cluster
    finally:
        cluster.end()

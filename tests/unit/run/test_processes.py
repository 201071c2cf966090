"""Processes: what a killed parent leaves behind, which is nothing."""

import os
import signal
import time
from functools import partial
from pathlib import Path

from omnigrid.output.lock import hold
from omnigrid.run.processes import ProcessExecutor


def _note(folder: Path, item: int) -> int:
    (folder / f"{os.getpid()}").write_text("")
    time.sleep(0.01)
    return item


def _work_until_killed(folder: Path) -> None:
    """Hold a folder and work in two processes, until this one is killed in the middle of it."""
    with hold(folder, folder / "owner"):
        for done in ProcessExecutor(2).run(partial(_note, folder), range(400), batch=4):
            if done == 60:
                os.kill(os.getpid(), signal.SIGKILL)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def test_workers_end_with_a_parent_that_was_killed_and_let_go_of_the_folder(
    tmp_path: Path,
) -> None:
    child = os.fork()
    if child == 0:
        _work_until_killed(tmp_path)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    workers = [int(path.name) for path in tmp_path.iterdir() if path.name.isdigit()]
    assert len(workers) == 2
    for _ in range(6000):
        if not any(map(_runs, workers)):
            break
        time.sleep(0.01)
    with hold(tmp_path, tmp_path / "owner"):
        pass

"""What every executor does, whoever it works with."""

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from omnigrid.model.errors import InputError, Transient
from omnigrid.run.dask import DaskExecutor
from omnigrid.run.executors import Executor, SerialExecutor
from omnigrid.run.processes import ProcessExecutor, on_this_disk
from support.cluster import Cluster, dask_cluster
from support.work import Heavy, double, end_at_seven, fail_at_seven, pause

LOCAL: dict[str, Executor] = {
    "serial": SerialExecutor(),
    "1 process": ProcessExecutor(1),
    "2 processes": ProcessExecutor(2),
    "3 processes": ProcessExecutor(3),
    "spawned processes": ProcessExecutor(2, "spawn"),
}
DASK = "dask"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture(params=[*LOCAL, DASK])
def executor(request: pytest.FixtureRequest) -> Executor:
    if request.param != DASK:
        return LOCAL[request.param]
    return DaskExecutor(request.getfixturevalue("cluster").address)


@pytest.mark.parametrize("count", [0, 1, 5, 100])
def test_each_item_is_done_once(executor: Executor, count: int) -> None:
    results = list(executor.run(double, range(count), batch=3))
    assert sorted(results) == [2 * item for item in range(count)]


def test_an_executor_is_used_again(executor: Executor) -> None:
    for _ in range(2):
        assert sum(executor.run(double, range(20), batch=2)) == 380


def test_what_the_work_raises_is_raised_here(executor: Executor) -> None:
    with pytest.raises(ValueError, match="seven is not wanted"):
        list(executor.run(fail_at_seven, range(50), batch=2))


def test_large_work_is_sent_once_to_whoever_does_it(executor: Executor) -> None:
    Heavy.sent = 0
    copies = list(executor.run(Heavy(), range(200), batch=2))
    assert len(copies) == 200
    # A worker of a cluster that lost its copy asks again; never with each of the hundred batches.
    most = 6 if isinstance(executor, DaskExecutor) else 3
    assert len(set(copies)) <= most
    assert Heavy.sent <= most


def test_items_are_taken_as_results_are_taken(executor: Executor) -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(100_000):
            taken += 1
            yield item

    results = executor.run(double, items(), batch=4)
    for done in range(1, 50):
        next(results)
        assert taken - done <= 80
    getattr(results, "close", lambda: None)()


def test_files_are_read_and_written_on_our_disk(executor: Executor) -> None:
    assert on_this_disk(executor).same_disk
    assert (on_this_disk(executor) is executor) == executor.same_disk


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_killed_process_is_told_of(method: str) -> None:
    with pytest.raises(Transient, match="killed"):
        list(ProcessExecutor(2, method).run(end_at_seven, range(20), batch=1))


def test_nobody_is_asked_to_do_nothing() -> None:
    assert list(DaskExecutor("tcp://127.0.0.1:1").run(double, [])) == []


def test_a_scheduler_that_does_not_answer() -> None:
    with pytest.raises(Transient, match=r"127\.0\.0\.1:1 did not answer in 0\.3 s") as caught:
        list(DaskExecutor("tcp://127.0.0.1:1", patience=0.3).run(double, [1]))
    assert "the last build stands" in caught.value.hint


def test_a_cluster_that_lacks_what_it_needs(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "only_here.py").write_text("def work(item):\n    return item\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    work = importlib.import_module("only_here").work
    with pytest.raises(InputError, match="only_here") as caught:
        list(DaskExecutor(cluster.address).run(work, range(3)))
    assert "on the scheduler and workers" in caught.value.hint


def test_a_worker_and_then_the_scheduler_are_lost(tmp_path: Path) -> None:
    with dask_cluster(tmp_path) as cluster:
        executor = DaskExecutor(cluster.address)
        results = executor.run(pause, range(15), batch=1)
        first = next(results)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        assert sorted([first, *results]) == list(range(15)), "the other worker goes on"
        results = executor.run(pause, range(100), batch=1)
        next(results)
        os.kill(cluster.scheduler.pid, signal.SIGKILL)
        with pytest.raises(Transient, match="was lost while it worked"):
            list(results)


def test_a_scheduler_without_workers(tmp_path: Path) -> None:
    with (
        dask_cluster(tmp_path, workers=0) as cluster,
        pytest.raises(Transient, match="has no worker"),
    ):
        list(DaskExecutor(cluster.address, patience=3.0).run(double, range(20)))


def test_dask_is_loaded_only_when_it_is_asked_for() -> None:
    code = "import sys, omnigrid.run.dask; sys.exit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError) as caught:
        DaskExecutor("tcp://127.0.0.1:1")
    assert 'pip install "omnigrid[dask]"' in caught.value.hint

"""The options that say who renders, and which share."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from omnigrid.cli.commands.build import command
from omnigrid.cli.executors import DASK, ExecutorSpec
from omnigrid.cli.session import Session
from omnigrid.run.dask import DaskExecutor
from omnigrid.run.executors import SerialExecutor


def refusal(*arguments: str) -> str:
    """Return what is said of a fault in the usage, on one line."""
    run = CliRunner().invoke(command, arguments, obj=Session(Path("nowhere")))
    assert run.exit_code == 2
    return " ".join(run.output.split())


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "dusk",
        "dask",
        "dask://",
        "dask://host",
        "dask://:1",
        "http://host:1",
        "tcp://host:99999",
        "tcp://host:1/path",
        "tcp://me@host:1",
        "tcp://[::1",
    ],
)
def test_an_executor_that_there_is_not(spec: str) -> None:
    assert "Write serial, processes or dask://HOST:PORT" in refusal("--executor", spec)


@pytest.mark.parametrize("shard", ["", "2", "0/2", "3/2", "1/0", "-1/2", "1/1001", "a/b", "1/2/3"])
def test_a_shard_that_there_is_not(shard: str) -> None:
    assert "as 2/4 for the second of four" in refusal("--shard", shard)


@pytest.mark.parametrize("spec", ["serial", "dask://127.0.0.1:1"])
def test_jobs_are_for_processes(spec: str) -> None:
    assert "--executor processes" in refusal("--executor", spec, "--jobs", "2")


def test_the_session_makes_the_executor() -> None:
    session = Session(Path())
    assert isinstance(session.executor(ExecutorSpec("serial")), SerialExecutor)
    assert isinstance(session.executor(ExecutorSpec(DASK, "tcp://[::1]:1")), DaskExecutor)

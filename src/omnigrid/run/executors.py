"""The contract of an executor, and the plainest one."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from omnigrid.model.plan import Artifact, Failure, Job

RenderJob = Callable[[Job], Artifact | Failure]


class Executor(Protocol):
    """Runs ``render`` over jobs and yields each result once, in any order.

    A job that fails yields its Failure; the others go on. A bug is raised.
    """

    def run(self, render: RenderJob, jobs: Iterable[Job]) -> Iterator[Artifact | Failure]:
        """Yield the result of every job."""
        ...


class SerialExecutor:
    """Renders in this process, one job after the other."""

    def run(self, render: RenderJob, jobs: Iterable[Job]) -> Iterator[Artifact | Failure]:
        """Yield the result of every job, in the order of the jobs."""
        return map(render, jobs)

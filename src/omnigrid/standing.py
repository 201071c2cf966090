"""What still stands since the last run, told with one look at each file and before all else.

Imports little: most runs of a build in CI, and most looks at a portfolio, find nothing changed.
"""

from collections.abc import Iterator
from functools import cached_property

from omnigrid.load.answers import Answers
from omnigrid.model.findings import Diagnostic
from omnigrid.model.manifest import MANIFEST_NAME, Summary
from omnigrid.model.names import JobId
from omnigrid.output.folder import is_finished
from omnigrid.output.intents import INTENTS
from omnigrid.output.stamps import Stamps, look, looks, read_stamps
from omnigrid.run.executors import Executor
from omnigrid.run.processes import on_this_disk
from omnigrid.workspace import Workspace


def last_verdict(workspace: Workspace) -> Answers[tuple[Diagnostic, ...]]:
    """Return what the last check said, if it was about the files as they are now."""
    # It compares with what the last build matched.
    intents = look(str(workspace.out / INTENTS)).hex()
    return workspace.answers("verdict", tuple[Diagnostic, ...], intents)


def last_build(workspace: Workspace) -> Answers[Summary]:
    """Return the summary of the last build, if it was made from the files as they are now."""
    depends = (
        f"{look(str(workspace.out / MANIFEST_NAME)).hex()}, {workspace.shard}, {workspace.release}"
    )
    return workspace.answers(f"{workspace.stamps.name}-built", Summary, depends)


def standing_build(
    workspace: Workspace, executor: Executor, looked: "Looked | None" = None
) -> Summary | None:
    """Return the summary of the last build where a build would change nothing; else None.

    ``looked`` is a look at the folder that has begun already.
    """
    known = last_build(workspace).known()
    if known is None or not is_finished(workspace.out):
        return None
    looked = looked or look_around(workspace, executor)
    return known if looked.stamps.jobs and not any(looked.touched) else None


class Looked:
    """A look at every file of the build folder: the stamps that they had, and what was touched."""

    def __init__(self, stamps: Stamps, touched: Iterator[list[JobId]]) -> None:
        self.stamps = stamps
        self._touched = touched

    @cached_property
    def touched(self) -> list[list[JobId]]:
        """Jobs with files that are not, or may not be, as the last build left them."""
        return list(self._touched)


def look_around(workspace: Workspace, executor: Executor) -> Looked:
    """Begin to look at the files of the build folder."""
    stamps = read_stamps(workspace.stamps, workspace.out)
    work, chunks = looks(workspace.out, stamps)
    return Looked(stamps, iter(on_this_disk(executor).run(work, chunks, batch=1)))

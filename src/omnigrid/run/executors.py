"""The contract of an executor, and the plainest one."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


Progress = Callable[[int, int], None]
"""Called with how many jobs are done, and of how many."""
BATCH = 16
"""Items that are handed over at once: enough to be cheap, few enough to keep all busy."""


class Executor(Protocol):
    """Runs one function over many items and yields each result once, in any order.

    ``work`` may be large: whoever does it is given it once. A failure of an item is a result; what
    ``work`` raises is a bug and is raised here.
    """

    same_disk: bool
    """Whether what ``work`` writes to the disk stands on ours."""

    def run(
        self, work: Callable[[Item], Result], items: Iterable[Item], batch: int = BATCH
    ) -> Iterator[Result]:
        """Yield the result of every item; ``batch`` items are handed over at once."""
        ...


class SerialExecutor:
    """Works in this process, on one item after the other."""

    same_disk = True

    def run(
        self,
        work: Callable[[Item], Result],
        items: Iterable[Item],
        batch: int = BATCH,  # noqa: ARG002  (nothing is handed over)
    ) -> Iterator[Result]:
        """Yield the result of every item, in the order of the items."""
        return map(work, items)

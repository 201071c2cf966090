"""An executor of several processes on this machine."""

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from omnigrid.model.errors import Transient
from omnigrid.run.executors import BATCH, Executor, SerialExecutor

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 4
"""Batches that wait for each process, so that memory does not grow with the number of items."""
ROUND = 4_096
"""Items that the same processes work on. Then new ones are forked, which share our memory again:
what a process looks at, it gets a copy of."""
_FEW = 2
"""So few batches are done here: starting processes would take longer."""

_work: Callable[[Any], Any] | None = None
"""In a worker process: what it does with each item."""


class ProcessExecutor:
    """Works in several processes that are forked where the system can, so that they share data."""

    same_disk = True

    def __init__(self, count: int, method: str | None = None) -> None:
        """``count`` processes, at least one; ``method`` says how multiprocessing starts them."""
        self._count, self._method = max(count, 1), method

    def run(
        self, work: Callable[[Item], Result], items: Iterable[Item], batch: int = BATCH
    ) -> Iterator[Result]:
        """Begin at once, and yield the result of every item, in the order of the items.

        Raises Transient where a process was killed, as when memory ran out.
        """
        waiting = iter(items)
        first = list(islice(waiting, _FEW * batch + 1))
        if self._count == 1 or len(first) <= _FEW * batch:
            return SerialExecutor().run(work, chain(first, waiting))
        rest = chain(first, waiting)
        return self._rounds(self._spread(work, islice(rest, ROUND), batch), work, rest, batch)

    def _rounds(
        self,
        first: Iterator[Result],
        work: Callable[[Item], Result],
        rest: Iterator[Item],
        batch: int,
    ) -> Iterator[Result]:
        yield from first
        while head := list(islice(rest, 1)):
            yield from self._spread(work, chain(head, islice(rest, ROUND - 1)), batch)

    def _spread(
        self, work: Callable[[Item], Result], items: Iterator[Item], size: int
    ) -> Iterator[Result]:
        # Takes 40 ms to import, and most runs need no second process.
        from concurrent.futures.process import (  # noqa: PLC0415
            BrokenProcessPool,
            ProcessPoolExecutor,
        )

        pool = ProcessPoolExecutor(
            self._count, mp_context=_context(self._method), initializer=_prepare, initargs=(work,)
        )
        running: deque[Future[list[Result]]] = deque()

        def submit() -> None:
            while len(running) <= _AHEAD * self._count and (batch := list(islice(items, size))):
                running.append(pool.submit(_do, batch))

        def results() -> Iterator[Result]:
            try:
                while running:
                    done = running.popleft().result()
                    submit()
                    yield from done
            except BrokenProcessPool:
                raise Transient(
                    "a worker process was killed, perhaps because memory ran out",
                    "the last build stands as it was; run this again, "
                    "with `--jobs 1` if it happens again",
                ) from None
            finally:
                pool.shutdown(cancel_futures=True)

        submit()  # At once: whoever takes the results later finds the first ones done.
        return results()


def on_this_disk(executor: Executor) -> Executor:
    """Return who works on our own disk: processes here, where the executor is on another one."""
    return executor if executor.same_disk else ProcessExecutor(processors())


def processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context(method: str | None) -> "BaseContext":
    """Fork on Linux: a worker sees our data and starts at once. Elsewhere what is usual there."""
    import multiprocessing  # noqa: PLC0415  (as above)

    return multiprocessing.get_context(method or ("fork" if sys.platform == "linux" else None))


def _prepare(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603  (the one thing that a worker process knows)
    _work = work
    gc.enable()
    gc.freeze()  # What came with the fork is not walked through again, so its memory stays shared.
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent was killed.

    Else it would wait for work for ever, and hold the build folder, whose lock it shares.
    """
    from multiprocessing import parent_process  # noqa: PLC0415  (as above)

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _do(batch: list[Any]) -> list[Any]:
    assert _work is not None  # noqa: S101  (the pool calls _prepare first)
    return [_work(item) for item in batch]

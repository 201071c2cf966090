"""What is to be done, as it comes: bursts of touched files are one, and a build may give way."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from msgspec import Struct

from omnigrid.model.names import SourcePath
from omnigrid.run.executors import BATCH, SerialExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")
Touched = frozenset[SourcePath]

_FEW = 3
"""More files than an editor saves at once: somebody checks out, unpacks or generates."""
_QUIET = 0.15
"""Seconds without a change that end a burst."""
_HALF_WRITTEN = 0.06
"""Seconds in which a file that went, or is empty, is there again when an editor saves it."""
_LONGEST = 20.0
"""Seconds for which at most a burst is waited for: a lock of git may have been left behind."""


class Superseded(Exception):  # noqa: N818  (no fault)
    """What was begun is no longer wanted: something newer waits."""


class Closed(Struct, frozen=True):
    """Nothing is to be done any more."""


class Errand(Struct, frozen=True):
    """Something to be done in between."""

    run: Callable[[], None]


Waiting = Touched | Errand | Closed


class Inbox:
    """What is to be done. Everybody may put something in, one thread takes it out."""

    def __init__(self, root: Path, is_busy: Callable[[], bool]) -> None:
        """``is_busy`` tells whether somebody is about to change many files below ``root``."""
        self._root, self._is_busy = root, is_busy
        self.closes = False
        """Whether nothing more is to be done than what waits."""
        self._queue: SimpleQueue[Waiting] = SimpleQueue()
        self._next: Waiting | None = None

    def put(self, item: Waiting) -> None:
        """Put something in."""
        self.closes = self.closes or isinstance(item, Closed)
        self._queue.put(item)

    def done(self, work: Callable[[], Result], seconds: float) -> Result:
        """Return what work comes to that is done between builds, never beside one.

        Raises what it raises, and TimeoutError where it is not done within some seconds.
        """
        result: Future[Result] = Future()

        def run() -> None:
            try:
                result.set_result(work())
            except BaseException as error:
                result.set_exception(error)

        self.put(Errand(run))
        return result.result(seconds)

    @property
    def waits(self) -> bool:
        """Whether there is something to be done."""
        return self._next is not None or not self._queue.empty()

    def take(self, seconds: float | None) -> Waiting | None:
        """Return what is next, a burst as a whole; None where nothing comes for some seconds."""
        first = self._get(seconds)
        return self._burst(first) if isinstance(first, frozenset) else first

    def _burst(self, touched: Touched) -> Touched:
        waited = 0.0
        while waited < _LONGEST and (quiet := self._quiet(touched)):
            item = self._get(quiet)
            waited += quiet
            if isinstance(item, frozenset):
                touched |= item
            elif item is not None:
                self._next = item
                break
            elif not self._is_busy():
                break
        return touched

    def _quiet(self, touched: Touched) -> float:
        """Return for how many seconds nothing more must come before these files are looked at."""
        if len(touched) > _FEW or self._is_busy():
            return _QUIET
        return _HALF_WRITTEN if any(map(self._is_half_written, touched)) else 0.0

    def _is_half_written(self, path: SourcePath) -> bool:
        try:
            return (self._root / path).stat().st_size == 0
        except OSError:
            return True

    def _get(self, seconds: float | None) -> Waiting | None:
        if self._next is not None:
            kept, self._next = self._next, None
            return kept
        try:
            return self._queue.get(timeout=seconds)
        except Empty:
            return None


class GivingWay(SerialExecutor):
    """Works in this process, until something else is to be done: then it raises Superseded."""

    def __init__(self, is_wanted: Callable[[], bool]) -> None:
        self._is_wanted = is_wanted

    def run(
        self, work: Callable[[Item], Result], items: Iterable[Item], batch: int = BATCH
    ) -> Iterator[Result]:
        """Yield the result of every item, in the order of the items."""
        for result in super().run(work, items, batch):
            if not self._is_wanted():
                raise Superseded
            yield result

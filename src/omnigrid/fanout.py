"""The same work for many targets: some at once, what fails for a while again, all told as it ends.

One thread decides, by the queue; others only work. Nothing is shared but what the work shares.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Event
from typing import Generic, TypeVar

from msgspec import Struct

from omnigrid.model.errors import OmnigridError, Unreachable
from omnigrid.plan.queue import Queue, Ticket
from omnigrid.plan.retry import pause_before

Given = TypeVar("Given")
Got = TypeVar("Got")
Clock = Callable[[], float]
"""Seconds that only ever grow; differences are durations."""

AT_ONCE = 4 * (os.cpu_count() or 1)
"""Git programs that run at the same time: most of them wait for a disk or a network."""


class Ended(Struct, Generic[Got], frozen=True):
    """What came of the work for one target."""

    name: str
    result: Got | OmnigridError
    seconds: float
    """From the beginning of its first try to the end of its last."""
    tries: int


class FanOut(Generic[Given, Got]):
    """Does ``work`` for every item of a queue. ``until`` is the moment after which none is tried
    again, of the clock that is handed in."""

    def __init__(
        self,
        work: Callable[[Given], Got],
        items: Mapping[str, Given],
        queue: Queue,
        clock: Clock,
        until: float,
    ) -> None:
        self._work, self._items, self._queue = work, items, queue
        self._clock, self._until = clock, until
        self._began: dict[str, float] = {}
        self._under_way: dict[Future[Got | OmnigridError], Ticket] = {}

    def run(self) -> Iterator[Ended[Got]]:
        """Yield what came of each, in the order in which they end. Raises what is our own fault."""
        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            while not (self._queue.empty and not self._under_way):
                pause = self._start_all(pool)
                yield from self._wait(pause)
        finally:
            pool.shutdown(cancel_futures=True)

    def _start_all(self, pool: ThreadPoolExecutor) -> float | None:
        """Start whoever may go; return after how many seconds to look again."""
        while len(self._under_way) < AT_ONCE:
            taken = self._queue.take(self._clock())
            if not isinstance(taken, Ticket):
                return taken
            self._began.setdefault(taken.name, self._clock())
            self._under_way[pool.submit(self._try, self._items[taken.name])] = taken
        return None

    def _wait(self, pause: float | None) -> Iterator[Ended[Got]]:
        if not self._under_way:
            Event().wait(pause)
        for future in wait(self._under_way, pause, FIRST_COMPLETED).done:
            ticket = self._under_way.pop(future)
            ended = self._ended(ticket, future.result())
            if ended is not None:
                yield ended

    def _ended(self, ticket: Ticket, result: Got | OmnigridError) -> Ended[Got] | None:
        now = self._clock()
        if isinstance(result, Unreachable):
            pause = pause_before(ticket, result.retry_after)
            if pause is not None and now + pause < self._until:
                self._queue.again(ticket, now + pause, now)
                return None
        self._queue.done(ticket)
        return Ended(ticket.name, result, now - self._began[ticket.name], ticket.tries)

    def _try(self, item: Given) -> Got | OmnigridError:
        try:
            return self._work(item)
        except OmnigridError as error:
            return error

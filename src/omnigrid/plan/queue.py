"""Who goes next: targets by urgency, within what each host allows. A pure state machine.

Seconds are those of any clock that only grows; nothing here sleeps. All wait from the same moment,
and their number is finite: nobody starves.
"""

from collections import deque
from collections.abc import Mapping
from heapq import heappop, heappush
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from omnigrid.model.files import Priority

MINUTE = 60.0
_RANK = {priority: rank for rank, priority in enumerate(Priority)}
_CRITICAL = _RANK[Priority.CRITICAL]


class Pace(Struct, frozen=True):
    """What a host bears: pushes at the same time, and a minute (None: any number)."""

    parallel: int
    per_minute: int | None = None


class Ticket(Struct, frozen=True):
    """A target in the queue."""

    name: str
    host: str
    priority: Priority = Priority.MEDIUM
    deadline: float | None = None
    """Seconds from the start within which it is to be done."""
    repository: str = ""
    """The repository that it is a branch of, where that bears only so many pushes a minute."""
    tries: int = 0
    """How often it was tried."""
    ready: float = 0.0
    """Not before this moment."""


def rank_of(ticket: Ticket, waited: float) -> int:
    """Return how urgent a target is after some seconds: its priority, and its lateness.

    Past its deadline it counts for one step more, past twice its deadline as critical.
    """
    rank = _RANK[ticket.priority]
    if ticket.deadline is None or waited < ticket.deadline:
        return rank
    return max(rank + 1, _CRITICAL) if waited >= 2 * ticket.deadline else rank + 1


class Queue:
    """Targets that wait, and those under way. ``start`` is the moment from which all wait."""

    def __init__(
        self,
        tickets: tuple[Ticket, ...],
        paces: dict[str, Pace],
        start: float,
        pushes: Mapping[str, int] | None = None,
    ) -> None:
        """``pushes``: how many a minute a repository bears; those not named bear any number."""
        self._start = start
        self._pushes = {name: _Minute(most) for name, most in (pushes or {}).items()}
        self._number = count()
        self._lines = {host: _Line(pace) for host, pace in paces.items()}
        self._waiting: dict[str, Ticket] = {}
        self._events: list[tuple[float, int, Ticket]] = []
        for ticket in tickets:
            self._enter(ticket, start)

    @property
    def empty(self) -> bool:
        """Whether nobody waits. Those under way may come back."""
        return not self._waiting

    def take(self, now: float) -> Ticket | float | None:
        """Return who goes now, one more time tried; or after how many seconds to ask again.

        None: nobody can go before somebody under way is done.
        """
        self._pass(now)
        while True:
            fronts = [
                (front, line)
                for line in self._lines.values()
                if line.wait(now) == 0.0 and (front := line.front(self._waiting)) is not None
            ]
            if not fronts:
                return self._pause(now)
            (_, _, chosen), line = min(fronts, key=lambda each: each[0][:2])
            minute = self._pushes.get(chosen.repository)
            if minute is not None and (pause := minute.wait(now)) > 0.0:
                self._enter(replace(chosen, ready=now + pause), now)  # Others go meanwhile.
                continue
            del self._waiting[chosen.name]
            line.begin(now)
            if minute is not None:
                minute.begin(now)
            return replace(chosen, tries=chosen.tries + 1)

    def done(self, ticket: Ticket) -> None:
        """Note that somebody under way is done, well or not."""
        self._lines[ticket.host].running -= 1

    def again(self, ticket: Ticket, ready: float, now: float) -> None:
        """Note that somebody under way has to be tried again, not before a moment."""
        self.done(ticket)
        self._enter(replace(ticket, ready=ready), now)

    def _enter(self, ticket: Ticket, now: float) -> None:
        self._waiting[ticket.name] = ticket
        late = [self._start + ticket.deadline * times for times in (1, 2) if ticket.deadline]
        for moment in (ticket.ready, *late):
            if moment > now:
                heappush(self._events, (moment, next(self._number), ticket))
        self._stand_in_line(ticket, now)

    def _stand_in_line(self, ticket: Ticket, now: float) -> None:
        if self._waiting.get(ticket.name) is ticket and ticket.ready <= now:
            rank = rank_of(ticket, now - self._start)
            self._lines[ticket.host].stand(-rank, next(self._number), ticket)

    def _pass(self, now: float) -> None:
        """Let those who became ready or late by now stand where they belong."""
        while self._events and self._events[0][0] <= now:
            self._stand_in_line(heappop(self._events)[2], now)

    def _pause(self, now: float) -> float | None:
        waits = [
            wait
            for line in self._lines.values()
            if line.front(self._waiting) and (wait := line.wait(now)) is not None
        ]
        while self._events and self._waiting.get(self._events[0][2].name) is not self._events[0][2]:
            heappop(self._events)
        waits += [self._events[0][0] - now] if self._events else []
        return min(waits, default=None)


class _Minute:
    """What was begun in the last minute, of which there may be so many (None: any number)."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._begun: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Return the seconds until one more may begin."""
        while self._begun and self._begun[0] <= now - MINUTE:
            self._begun.popleft()
        if self._most is None or len(self._begun) < self._most:
            return 0.0
        return max(self._begun[len(self._begun) - self._most] + MINUTE - now, 1e-3)

    def begin(self, now: float) -> None:
        """Note that one begins."""
        self._begun.append(now)


class _Line:
    """Those who wait for one host, the most urgent in front; entries may be out of date."""

    def __init__(self, pace: Pace) -> None:
        self._parallel, self._minute = pace.parallel, _Minute(pace.per_minute)
        self._entries: list[tuple[int, int, Ticket]] = []
        self.running = 0

    def stand(self, rank: int, number: int, ticket: Ticket) -> None:
        heappush(self._entries, (rank, number, ticket))

    def front(self, waiting: dict[str, Ticket]) -> tuple[int, int, Ticket] | None:
        while self._entries and waiting.get(self._entries[0][2].name) is not self._entries[0][2]:
            heappop(self._entries)
        return self._entries[0] if self._entries else None

    def wait(self, now: float) -> float | None:
        """Return the seconds until somebody may begin; None: only after somebody is done."""
        return None if self.running >= self._parallel else self._minute.wait(now)

    def begin(self, now: float) -> None:
        self.running += 1
        self._minute.begin(now)

"""The queue of targets: nobody too often, nobody for ever, the urgent first."""

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.files import Priority
from omnigrid.plan.queue import MINUTE, Pace, Queue, Ticket

TICKETS = st.lists(
    st.builds(
        Ticket,
        name=st.uuids().map(str),
        host=st.sampled_from("abc"),
        priority=st.sampled_from(Priority),
        deadline=st.none() | st.floats(1, 500),
    ),
    max_size=30,
    unique_by=lambda ticket: ticket.name,
).map(tuple)
PACES = st.fixed_dictionaries(
    {host: st.builds(Pace, st.integers(1, 4), st.none() | st.integers(1, 9)) for host in "abc"}
)


class Run:
    """A queue at work, each push as long as it likes."""

    def __init__(self, tickets: tuple[Ticket, ...], paces: dict[str, Pace]) -> None:
        self.queue = Queue(tickets, paces, 100.0)
        self.now = 100.0
        self.under_way: list[tuple[float, Ticket]] = []
        self.starts: list[tuple[float, Ticket]] = []

    def go(self, durations: st.DataObject, fails: bool) -> None:
        while not (self.queue.empty and not self.under_way):
            taken = self.queue.take(self.now)
            if isinstance(taken, Ticket):
                self.starts.append((self.now, taken))
                self.under_way.append((self.now + durations.draw(st.floats(0, 50)), taken))
                continue
            ends = sorted(self.under_way, key=lambda each: each[0])
            moments = [end for end, _ in ends[:1]] + ([] if taken is None else [self.now + taken])
            self.now = max(min(moments), self.now)
            if ends and ends[0][0] <= self.now:
                self.under_way.remove(ends[0])
                self._ended(ends[0][1], fails)

    def _ended(self, ticket: Ticket, fails: bool) -> None:
        if fails and ticket.tries < 3:
            self.queue.again(ticket, self.now + 2.0**ticket.tries, self.now)
        else:
            self.queue.done(ticket)


@given(TICKETS, PACES, st.data(), st.booleans())
def test_everybody_gets_a_turn_and_no_host_is_pressed(
    tickets: tuple[Ticket, ...], paces: dict[str, Pace], data: st.DataObject, fails: bool
) -> None:
    run = Run(tickets, paces)
    run.go(data, fails)
    assert {ticket.name for _, ticket in run.starts} == {ticket.name for ticket in tickets}
    assert len(run.starts) == len(tickets) * (3 if fails else 1)
    for host, pace in paces.items():
        moments = [moment for moment, ticket in run.starts if ticket.host == host]
        for first, later in zip(moments, moments[pace.per_minute or len(moments) :], strict=False):
            assert later - first >= MINUTE - 1e-6


def taken(queue: Queue, now: float) -> str:
    ticket = queue.take(now)
    assert isinstance(ticket, Ticket)
    return ticket.name


def test_the_urgent_go_first() -> None:
    tickets = (Ticket("low", "a", Priority.LOW), Ticket("critical", "a", Priority.CRITICAL))
    queue = Queue(tickets, {"a": Pace(2)}, 0.0)
    assert [taken(queue, 0.0), taken(queue, 0.0)] == ["critical", "low"]


def test_what_is_late_overtakes() -> None:
    tickets = (
        Ticket("late", "a", Priority.LOW, deadline=30.0),
        Ticket("high", "a", Priority.HIGH),
    )
    assert taken(Queue(tickets, {"a": Pace(1)}, 0.0), 0.0) == "high"
    assert taken(Queue(tickets, {"a": Pace(1)}, 0.0), 60.0) == "late"


def test_a_host_at_work_is_waited_for() -> None:
    queue = Queue((Ticket("one", "a"), Ticket("two", "a")), {"a": Pace(1)}, 0.0)
    first = queue.take(0.0)
    assert isinstance(first, Ticket)
    assert queue.take(0.0) is None
    queue.again(first, 5.0, 0.0)
    assert taken(queue, 0.0) == "two"

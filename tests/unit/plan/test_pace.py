"""queue_of: which machine a repository is on, and how often it is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.publishing import Destination
from omnigrid.model.targets import HostKind
from omnigrid.plan.pace import GITHUB, GITHUB_PUSHES, LOCAL, REMOTE_AT_ONCE, host_of, queue_of
from omnigrid.plan.queue import MINUTE, Queue, Ticket
from support.targets import placed

HUB = "git@github.com:o/{}.git"


def on(repository: str, name: str = "t", **says: object) -> Destination:
    return placed(HostKind.PLAIN, repository=repository, name=name, says=says)


def branches(repository: str, count: int) -> list[Destination]:
    return [on(repository, f"{repository} {number}") for number in range(count)]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("git@github.com:o/r.git", GITHUB),
        ("https://GitHub.com/o/r.git", GITHUB),
        ("ssh://git@ssh.github.com:443/o/r.git", GITHUB),
        ("https://user@gitlab.com:8443/o/r.git", "gitlab.com"),
        ("codeberg.org:o/r.git", "codeberg.org"),
        ("/srv/sites.git", LOCAL),
    ],
)
def test_the_machine_of_a_repository(address: str, host: str) -> None:
    assert host_of(on(address)) == host


def starts(queue: Queue, seconds: float, takes: float = 1.0) -> list[tuple[float, Ticket]]:
    """All that begin within some seconds, each push being through after ``takes``."""
    now = 0.0
    under_way: list[tuple[float, Ticket]] = []
    begun: list[tuple[float, Ticket]] = []
    while now < seconds and not (queue.empty and not under_way):
        taken = queue.take(now)
        if isinstance(taken, Ticket):
            begun.append((now, taken))
            under_way.append((now + takes, taken))
            continue
        ends = min((end for end, _ in under_way), default=now + MINUTE)
        now = min(ends, now + taken) if taken is not None else ends
        for ended in [each for each in under_way if each[0] <= now]:
            under_way.remove(ended)
            queue.done(ended[1])
    return begun


def test_one_repository_on_github_is_pushed_to_six_times_a_minute() -> None:
    begun = starts(queue_of(branches(HUB.format("r"), 20), 0.0, paced=True), 10 * MINUTE)
    assert len(begun) == 20
    moments = [moment for moment, _ in begun]
    for first, later in zip(moments, moments[GITHUB_PUSHES:], strict=False):
        assert later - first >= MINUTE


def test_others_go_while_one_repository_rests() -> None:
    busy, quiet = branches(HUB.format("busy"), 12), branches(HUB.format("quiet"), 3)
    begun = starts(queue_of([*busy, *quiet], 0.0, paced=True), 10 * MINUTE)
    first = [ticket.repository for moment, ticket in begun if moment < MINUTE]
    assert first.count(HUB.format("busy")) == GITHUB_PUSHES
    assert first.count(HUB.format("quiet")) == 3
    assert len(begun) == 15


def test_other_hosts_and_looks_are_not_held_back() -> None:
    for address, paced in ((HUB.format("r"), False), ("git@h.example:o/r.git", True)):
        begun = starts(queue_of(branches(address, 20), 0.0, paced=paced), MINUTE)
        assert len(begun) == 20


def test_as_many_at_once_as_a_host_bears() -> None:
    hosts = ["a.example", "b.example"]
    many = [on(f"git@{host}:o/{n}.git", f"{host} {n}") for host in hosts for n in range(9)]
    begun = starts(queue_of(many, 0.0, paced=True), 0.5)
    at_once = [ticket.host for _, ticket in begun]
    assert {host: at_once.count(host) for host in hosts} == dict.fromkeys(hosts, REMOTE_AT_ONCE)


@given(
    st.lists(st.tuples(st.integers(1, 9), st.none() | st.integers(1, 9)), min_size=1, max_size=6)
)
def test_a_host_is_asked_as_the_slowest_of_its_targets_says(
    said: list[tuple[int, int | None]],
) -> None:
    targets = [
        on(f"git@h.example:o/{n}.git", f"{n} {again}", parallel=parallel, pushes_per_minute=pushes)
        for n, (parallel, pushes) in enumerate(said)
        for again in range(9)
    ]
    begun = starts(queue_of(targets, 0.0, paced=True), 0.5)
    slowest = [parallel for parallel, _ in said] + [pushes for _, pushes in said if pushes]
    assert len(begun) == min(*slowest, len(targets))

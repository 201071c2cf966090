"""Targets as tickets of the queue, and what each host bears."""

import re
from collections.abc import Iterable

from omnigrid.model.publishing import Destination
from omnigrid.model.targets import HostKind
from omnigrid.plan.queue import Pace, Queue, Ticket

LOCAL = "this machine"
GITHUB = "github.com"
GITHUB_PUSHES = 6
"""A minute to one repository: what GitHub advises (docs.github.com, *Repository limits*)."""
_GITHUB_SSH = "ssh.github.com"
"""The same host, for networks that let only port 443 through."""
REMOTE_AT_ONCE = 4
"""Pushes to one host at the same time, where the configuration does not say."""

_HOST = re.compile(r"(?:[a-z]+://)?(?:[^/@]*@)?(?P<host>[A-Za-z0-9.-]+)")


def queue_of(destinations: Iterable[Destination], start: float, *, paced: bool) -> Queue:
    """Return the queue for some destinations; ``paced`` where they are pushed to."""
    all_of_them = tuple(destinations)
    tickets = tuple(
        Ticket(
            name=each.name,
            host=host_of(each),
            repository=each.repository,
            priority=each.priority,
            deadline=each.rule.deadline_seconds,
        )
        for each in all_of_them
    )
    paces: dict[str, Pace] = {}
    for each in all_of_them:
        host = host_of(each)
        paces[host] = _slower(paces.get(host), _pace(each, paced=paced))
    pushes = _repository_pushes(all_of_them) if paced else {}
    return Queue(tickets, paces, start, pushes)


def host_of(destination: Destination) -> str:
    """Return the machine that a repository is on."""
    if destination.kind is HostKind.LOCAL or destination.repository.startswith("/"):
        return LOCAL
    found = _HOST.match(destination.repository)
    host = found["host"].lower() if found else destination.repository
    return GITHUB if host == _GITHUB_SSH else host


def _pace(destination: Destination, *, paced: bool) -> Pace:
    rule = destination.rule
    default = 64 if host_of(destination) == LOCAL else REMOTE_AT_ONCE
    return Pace(rule.parallel or default, rule.pushes_per_minute if paced else None)


def _repository_pushes(destinations: Iterable[Destination]) -> dict[str, int]:
    """Return how often a minute each repository is pushed to, where its host says so.

    Branches of one repository share that: what each target says of its host comes on top.
    """
    return {d.repository: GITHUB_PUSHES for d in destinations if host_of(d) == GITHUB}


def _slower(one: Pace | None, other: Pace) -> Pace:
    """Return a pace that keeps within both: two targets may say different things of one host."""
    if one is None:
        return other
    limits = [each for each in (one.per_minute, other.per_minute) if each is not None]
    return Pace(min(one.parallel, other.parallel), min(limits, default=None))

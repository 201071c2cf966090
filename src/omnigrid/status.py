"""What is published, beside what should be: one state a target."""

import datetime as dt
from collections.abc import Mapping
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from omnigrid.campaign import Refusal
from omnigrid.journal.file import Journal
from omnigrid.model.errors import Unreachable
from omnigrid.model.journal import Done
from omnigrid.model.names import CommitId
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.publishing import Create, Drifted, Step, Unchanged, Update
from omnigrid.model.states import Served, State
from omnigrid.plan.addresses import address_of
from omnigrid.plan.limits import warnings_of
from omnigrid.publish import Published
from omnigrid.serving import Serving
from omnigrid.survey import read_portfolio
from omnigrid.workspace import Workspace


class LastPublish(Struct, frozen=True):
    """When and how this machine last published a target, by its journal."""

    at: dt.datetime
    age_seconds: int
    action: str
    reason: str
    seconds: float
    bytes: int
    tries: int = 1


class TargetState(Struct, frozen=True, omit_defaults=True):
    """A target, what stands there, and what is to be done."""

    target: str
    state: State
    branch: str = ""
    head: CommitId | None = None
    write: int = 0
    """Files that differ or are missing."""
    delete: int = 0
    """Files of ours that are no longer wanted."""
    drifted: tuple[str, ...] = ()
    """Paths of ours that somebody changed."""
    reason: str = ""
    """Why it is blocked or unreachable."""
    hint: str = ""
    """What to do about that."""
    last: LastPublish | None = None
    address: str = ""
    """Where it is served, where that is known."""
    served: Serving | None = None
    """What is served there beside what was pushed; None where that was not looked at."""
    warnings: tuple[str, ...] = ()
    """What its host advises against, and files of others that were kept in place of ours."""

    @property
    def is_bad(self) -> bool:
        """Whether somebody has to look at it: no publish will mend that by itself."""
        gone = self.served is not None and self.served.served in _BAD_SERVED
        return self.state in _BAD or gone


_BAD = {State.DRIFTED, State.BLOCKED, State.UNREACHABLE}
_BAD_SERVED = {Served.UNREACHABLE, Served.NOT_OURS}


def states_of(
    workspace: Workspace,
    published: Published,
    now: float,
    served: Mapping[str, Serving] | None = None,
) -> tuple[TargetState, ...]:
    """Return the state of every target, in the order of a publish that was only tried.

    ``now`` is in seconds since 1970; ``served`` what was found at their addresses, by their names.
    """
    last = Journal(workspace.state / "journal").last_done()
    portfolio = portfolio_of(workspace, published)
    states = []
    for step in published.steps:
        name = step.target.name
        health = replace(
            _health(step, portfolio),
            last=_last(last.get(name), now),
            served=(served or {}).get(name),
        )
        states.append(_state(step, health))
    refused = [_refused(each, _last(last.get(each.target), now)) for each in published.refusals]
    return (*states, *refused)


def portfolio_of(workspace: Workspace, published: Published) -> Portfolio:
    """Return the portfolio that was published; it is read where nothing had to be."""
    return published.portfolio or read_portfolio(workspace)


def _health(step: Step, portfolio: Portfolio | None) -> TargetState:
    """Return what can be told of a target beside how it stands."""
    target = step.target
    return TargetState(
        target=target.name,
        state=State.IN_SYNC,
        branch=target.branch,
        address=(address_of(target.destination, portfolio) if portfolio else None) or "",
        warnings=warnings_of(target),
    )


def _state(step: Step, seen: TargetState) -> TargetState:
    match step:
        case Create():
            return replace(seen, state=State.MISSING, write=len(step.target.files))
        case Update():
            write, delete = len(step.write), len(step.delete)
            state = State.OUT_OF_DATE
            return replace(seen, state=state, head=step.parent, write=write, delete=delete)
        case Unchanged():
            return replace(seen, head=step.head)
        case Drifted():
            return replace(seen, state=State.DRIFTED, head=step.head, drifted=step.paths)
        case _:
            assert_never(step)


def _refused(refusal: Refusal, last: LastPublish | None) -> TargetState:
    error = refusal.error
    state = State.UNREACHABLE if isinstance(error, Unreachable) else State.BLOCKED
    return TargetState(
        target=refusal.target, state=state, reason=error.message, hint=error.hint, last=last
    )


def _last(done: Done | None, now: float) -> LastPublish | None:
    if done is None:
        return None
    at = dt.datetime.fromtimestamp(done.at, dt.UTC).replace(microsecond=0)
    age = max(int(now - done.at), 0)  # The clock may have been set back since then.
    seconds = round(done.seconds, 3)
    return LastPublish(at, age, done.action, done.reason, seconds, done.bytes, done.tries)

"""Whether what is to be published was approved of, and what to write where it was not."""

import datetime as dt
from collections.abc import Callable, Iterable

from omnigrid.model.approvals import ApprovalFile, Scope
from omnigrid.model.errors import Conflict
from omnigrid.model.portfolio import Brand
from omnigrid.model.publishing import Destination

SHOWN = 3
"""Brands that a message names."""
_USUAL = dt.timedelta(days=30)

IsSame = Callable[[str], bool]
"""Whether what is to be published is the portfolio of a commit."""


def demands_approval(destination: Destination) -> bool:
    """Whether somebody has to approve first: of the branch itself, never of a staging or preview
    branch, where reviewers look at what they approve of."""
    rule = destination.rule
    return rule.approval and destination.branch == rule.branch


def approvals_for(
    destination: Destination,
    brands: Iterable[Brand],
    approvals: Iterable[ApprovalFile],
    today: dt.date,
    is_same: IsSame,
) -> tuple[ApprovalFile, ...]:
    """Return the approvals that together cover a destination; ``brands`` are all there are.

    An approval names the target, or the rule that gives it, and holds up to its last day. Raises
    Conflict, with what to write, where brands remain of which nobody has approved.
    """
    named = [a for a in approvals if a.target in {destination.name, destination.rule.name}]
    valid = [each for each in named if each.until >= today]
    for each in valid:
        if _is_whole(each, is_same):
            return (each,)
    left = [brand for brand in brands if _carries(destination, brand)]
    used = []
    for each in valid:
        remaining = [brand for brand in left if not _covers(each, brand)]
        if len(remaining) < len(left):
            used.append(each)
            left = remaining
    if left or not used:
        raise _blocked(destination, left, named, valid, today)
    return tuple(used)


def _carries(destination: Destination, brand: Brand) -> bool:
    return destination.folders is None or brand.slug in destination.folders


def _is_whole(approval: ApprovalFile, is_same: IsSame) -> bool:
    if approval.scope is Scope.COMMIT:
        return approval.commit is not None and is_same(approval.commit)
    return approval.scope is Scope.ALL


def _covers(approval: ApprovalFile, brand: Brand) -> bool:
    if approval.scope is Scope.SECTORS:
        return brand.sector in approval.sectors
    return approval.scope is Scope.BRANDS and brand.id in approval.brands


def _blocked(
    destination: Destination,
    brands: list[Brand],
    named: list[ApprovalFile],
    valid: list[ApprovalFile],
    today: dt.date,
) -> Conflict:
    subject = f'target "{destination.name}" is blocked'
    if not named:
        return Conflict(f"{subject}: nobody has approved of it", _to_write(destination, today))
    if not valid:
        last = max(named, key=lambda each: each.until)
        message = f"{subject}: the approval by {last.by} ended on {last.until}, and it is {today}"
        return Conflict(message, _to_write(destination, today))
    commits = sorted({each.commit[:10] for each in valid if each.commit})
    other = f"; what was approved of is commit {', '.join(commits)}" if commits else ""
    shown = ", ".join(each.id for each in brands[:SHOWN]) + (", …" if len(brands) > SHOWN else "")
    message = f"{subject}: nobody has approved of {_counted(brands)} on it ({shown}){other}"
    return Conflict(message, _to_write(destination, today))


def _counted(brands: list[Brand]) -> str:
    return "1 brand" if len(brands) == 1 else f"{len(brands):,} brands"


def _to_write(destination: Destination, today: dt.date) -> str:
    """Return what somebody who approves writes."""
    return (
        "it was left as it is. Whoever approves writes into approvals.yaml, has that reviewed and "
        "commits it:\n"
        "    approvals:\n"
        f"      - target: {destination.name}\n"
        "        by: their name\n"
        "        scope: all\n"
        f"        until: {today + _USUAL}"
    )


def day_of(source: dt.date | None, now: float) -> dt.date:
    """Return the day by which approvals end: that of the source commit or that of the clock
    (``now``, in seconds since 1970), whichever is later.

    An old commit that is published again brings no approval back that has ended since, and a clock
    that is slow brings none back that had ended when the commit was made.
    """
    clock = dt.datetime.fromtimestamp(now, dt.UTC).date()
    return max(source, clock) if source else clock

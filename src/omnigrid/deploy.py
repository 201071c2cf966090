"""One target at a time: what is to be done there, and doing it until it is done or refused."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import random
from threading import Event
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from omnigrid.hosting.blobs import Read
from omnigrid.hosting.history import foresee_history, keep_history
from omnigrid.hosting.host import Host
from omnigrid.hosting.receipts import unchanged_receipt
from omnigrid.model.build_files import BuildFiles
from omnigrid.model.errors import Conflict, LostRace, OmnigridError
from omnigrid.model.names import CommitId, OutPath
from omnigrid.model.publishing import (
    Create,
    Drifted,
    Glance,
    Message,
    Receipt,
    Step,
    Target,
    Unchanged,
    Update,
)
from omnigrid.model.source import Place
from omnigrid.output.manifest import decode_manifest, encode_manifest
from omnigrid.plan.edits import edits
from omnigrid.plan.giving_way import Form, give_way
from omnigrid.plan.limits import refuse_over_limits
from omnigrid.plan.reconcile import overwrite, reconcile
from omnigrid.plan.shrinking import refuse_shrinking
from omnigrid.run.executors import Executor
from omnigrid.run.processes import on_this_disk

TRIES = 5
"""How often a commit is made anew on top of what somebody else pushed meanwhile."""
FIRST_PAUSE = 0.05
"""Seconds at most before the second try; each further one may be twice as long."""
_FORM = Form(decode_manifest, encode_manifest)


class Terms(Struct, frozen=True):
    """On which terms targets are brought to a build."""

    message: Message
    out: Path
    """The build folder, absolute."""
    place: Callable[[CommitId], Place]
    """Where a commit of the portfolio stands, as seen from the one that is published."""
    allow_prune: bool = False
    overwrite: bool = False
    """Whether what others changed of ours is put back as it was."""
    backwards: bool = False
    """Whether an older build may follow a newer one."""
    allow_unknown: bool = False
    """Whether a build may follow one of a commit that nobody here knows."""


def decide(host: Host, target: Target, glance: Glance, terms: Terms) -> Step:
    """Return what is to be done to a target. Raises Conflict where it must not be done."""
    if glance.head is not None and glance.manifest == target.manifest:
        return Unchanged(target, glance.head)
    known = edited(host, target, glance, terms)
    if known is not None:
        return known
    live = host.observe(target.destination)
    _refuse_older(target, live.source, terms)
    if not terms.allow_prune:
        refuse_shrinking(target, live)
    step = reconcile(give_way(target, live, _FORM), live)
    if terms.overwrite and isinstance(step, Drifted):
        step = overwrite(step, live)
    if isinstance(step, Create | Update):
        refuse_over_limits(target)
    return foresee_history(host, step) if isinstance(step, Update) else step


def edited(host: Host, target: Target, glance: Glance, terms: Terms) -> Update | None:
    """Return what is to be done where a branch stands as we left it, told from two manifests.

    None where it may not, and has to be looked at. Raises Conflict as ``decide``.
    """
    head, wanted = glance.head, target.files
    if head is None or glance.manifest is None or not isinstance(wanted, BuildFiles):
        return None
    left = host.left(target.destination, head)
    if left is None:
        return None
    _refuse_older(target, left.source, terms)
    found = edits(decode_manifest(left.manifest, trusted=True), wanted)
    if found.takes_sites_away or not host.has_room(target.destination, head, found.new):
        return None
    refuse_over_limits(target)
    return foresee_history(host, Update(target, head, found.write, found.delete))


def stock(host: Host, steps: Iterable[Step], terms: Terms, executor: Executor) -> None:
    """Bring what large steps write into the caches, by whoever works on our own disk."""
    spread = partial(on_this_disk(executor).run, batch=1)
    for step in steps:
        if isinstance(step, Create | Update):
            with suppress(OmnigridError):  # Whoever deploys it meets the same, and tells of it.
                host.stock(step, reader(step.target, terms.out), spread)


def deploy(host: Host, step: Step, terms: Terms) -> Receipt:
    """Do what a step says, again on top of what others pushed meanwhile; return what was done.

    Raises Conflict where that is refused or somebody else is always faster, Transient where a
    second try may succeed. The branch then stands as it was.
    """
    for tries in range(1, TRIES):
        try:
            return _apply(host, step, terms)
        except LostRace:
            # Two that lose against each other must not meet again: a pause of no fixed length.
            Event().wait(random() * FIRST_PAUSE * 2**tries)  # noqa: S311  (no secret)
            step = decide(host, step.target, Glance(None), terms)
    return _apply(host, step, terms)


def _apply(host: Host, step: Step, terms: Terms) -> Receipt:
    match step:
        case Create() | Update():
            read = reader(step.target, terms.out)
            receipt = host.apply(step, _message(step.target, terms), read)
            return keep_history(host, step.target, receipt)
        case Unchanged():
            return unchanged_receipt(step)
        case Drifted():
            raise drift_conflict(step)
        case _:
            assert_never(step)


def _message(target: Target, terms: Terms) -> Message:
    source = target.source or terms.message.source
    return replace(terms.message, manifest=target.manifest, source=source)


def reader(target: Target, out: Path) -> Read:
    """Return what gives the bytes of a target's files, from the build in ``out``."""

    def read(path: OutPath) -> bytes:
        made = target.made.get(path)
        return _bytes_of(f"{out}/{target.origins.get(path, path)}") if made is None else made

    return read


def _bytes_of(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  (half the time of Path)
        return file.read()


def drift_conflict(step: Drifted) -> Conflict:
    """Return what to say of a target whose files were changed by hand."""
    shown = ", ".join(step.paths[:3]) + (", …" if len(step.paths) > 3 else "")
    return Conflict(
        f'target "{step.target.name}" has drifted: {len(step.paths)} of our files were changed '
        f"there by somebody else ({shown})",
        f"nothing was overwritten; branch {step.target.branch} stands at {step.head[:10]}. Take "
        "their change into the portfolio and publish again, or put ours back with "
        "`omnigrid reconcile --overwrite`",
    )


def history_conflict(receipt: Receipt) -> Conflict:
    """Return what to say of a target that was published, but whose history stays as it is."""
    return Conflict(
        f'target "{receipt.target}" was published, but keeps all of its history: '
        f"{receipt.unsquashed}",
        "let the host allow rewriting of this branch for whoever publishes, or take `history:` out "
        "of the target; nothing was lost, and rolling back reaches all of it",
    )


def _refuse_older(target: Target, source: CommitId | None, terms: Terms) -> None:
    """Raise Conflict where what stands there was made from a later commit than ours."""
    if terms.backwards or source is None or source == terms.message.source:
        return
    place = terms.place(source)
    if place is Place.AFTER:
        raise Conflict(
            f'target "{target.name}" holds a newer portfolio already, commit {source[:10]}',
            "nothing was published: fetch the newer portfolio and publish that. To go back to an "
            "older one on purpose, use `omnigrid rollback`",
        )
    if place is Place.UNKNOWN and not terms.allow_unknown:
        raise Conflict(
            f'target "{target.name}" holds the portfolio of commit {source[:10]}, which is '
            "not known here: it may be newer",
            "nothing was published: `git pull` and publish again; in CI, check out the whole "
            "history (`fetch-depth: 0`). Where that commit is gone for good, say --allow-unknown",
        )

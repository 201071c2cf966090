"""Publishing, from top to bottom: prepare, render, deploy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import assert_never

from msgspec import Struct

from omnigrid.build import Blueprint, Built, draw_up, render_blueprint
from omnigrid.direct import Into, render_into
from omnigrid.hosting.host import Host, unchanged_receipt
from omnigrid.model.digests import blob_id
from omnigrid.model.errors import Conflict, InputError, OmnigridError, Transient
from omnigrid.model.publishing import (
    Create,
    Drifted,
    Live,
    Message,
    Receipt,
    Step,
    Target,
    Unchanged,
    Update,
)
from omnigrid.model.source import Revision
from omnigrid.output.lock import hold
from omnigrid.output.manifest import encode_manifest
from omnigrid.plan.reconcile import reconcile
from omnigrid.plan.route import route
from omnigrid.plan.shrinking import refuse_shrinking
from omnigrid.run.executors import Executor, Progress
from omnigrid.workspace import GENERATOR, Workspace

Clock = Callable[[], float]
"""Seconds that only ever grow; differences are durations."""


class Phase(Struct, frozen=True):
    """A phase of publishing and how long it took."""

    name: str
    seconds: float


class Refusal(Struct, frozen=True):
    """A target that was not published, and why. The others went on."""

    target: str
    error: OmnigridError


class Published(Struct, frozen=True):
    """What a publish did."""

    built: Built
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    receipts: tuple[Receipt, ...]
    refusals: tuple[Refusal, ...]

    @property
    def seconds(self) -> float:
        """How long all phases took together."""
        return sum(phase.seconds for phase in self.phases)


class Observer(Struct, frozen=True):
    """How the face watches: a clock, and who is told of progress."""

    clock: Clock
    progress: Progress


class Options(Struct, frozen=True):
    """What the user asked for. ``only`` names one target; empty means all."""

    only: str = ""
    dry_run: bool = False
    allow_prune: bool = False
    build_dir: bool = True
    """Whether the build is written below ``build/``, or rendered straight into git."""


def publish_portfolio(
    workspace: Workspace, host: Host, options: Options, executor: Executor, observer: Observer
) -> Published:
    """Build the portfolio and bring every target to it, one forward commit a target.

    A target that cannot be published is refused and the others go on. Raises what a build raises.
    """
    watch = _Watch(observer.clock)
    with watch.phase("prepare"):
        blueprint = draw_up(workspace, executor)
        _check_target(options.only, [target.name for target in blueprint.portfolio.config.targets])
    with watch.phase("render"):
        if options.build_dir:
            built = render_blueprint(workspace, blueprint, executor, observer.progress)
        else:
            repositories = [
                Into(workspace, host, file)
                for file in blueprint.portfolio.config.targets
                if options.only in {"", file.name}
            ]
            built = _render_directly(repositories, blueprint, executor, observer.progress)
    with watch.phase("deploy"), hold(host.folder, host.folder / "owner"):
        targets = [t for t in _targets(workspace, built) if options.only in {"", t.name}]
        steps, refusals = _decide(host, targets, options)
        receipts, failed = _deploy(workspace, host, built, () if options.dry_run else steps)
    return Published(built, tuple(watch.phases), steps, receipts, (*refusals, *failed))


def _render_directly(
    repositories: list[Into], blueprint: Blueprint, executor: Executor, progress: Progress
) -> Built:
    """Render into the cache of every target, which continues what was published there last.

    A target that cannot be looked at is refused later, where it is looked at again.
    """
    built, fault = None, None
    for into in repositories:
        host = into.host
        with hold(host.folder, host.folder / "owner"):
            try:
                built = render_into(into, blueprint, executor, progress)
            except (Conflict, Transient) as error:
                fault = error
    if built is None:
        assert fault is not None  # noqa: S101  (the configuration names a target, at least)
        raise fault
    return built


def _targets(workspace: Workspace, built: Built) -> tuple[Target, ...]:
    manifest = built.manifest
    blob = blob_id(encode_manifest(manifest))
    return route(built.blueprint.portfolio.config, manifest, blob, workspace.root)


def _decide(
    host: Host, targets: list[Target], options: Options
) -> tuple[tuple[Step, ...], list[Refusal]]:
    steps: list[Step] = []
    refusals: list[Refusal] = []
    for target in targets:
        try:
            steps.append(_step(target, host.observe(target), options))
        except OmnigridError as error:
            refusals.append(Refusal(target.name, error))
    return tuple(steps), refusals


def _step(target: Target, live: Live, options: Options) -> Step:
    if not options.allow_prune:
        refuse_shrinking(target, live)
    return reconcile(target, live)


def _deploy(
    workspace: Workspace, host: Host, built: Built, steps: tuple[Step, ...]
) -> tuple[tuple[Receipt, ...], list[Refusal]]:
    message = _message(workspace.revision, built)
    receipts: list[Receipt] = []
    refusals: list[Refusal] = []
    for step in steps:
        try:
            receipts.append(_apply(host, step, message, workspace.out))
        except OmnigridError as error:
            refusals.append(Refusal(step.target.name, error))
    return tuple(receipts), refusals


def _apply(host: Host, step: Step, message: Message, out: Path) -> Receipt:
    match step:
        case Create() | Update():
            return host.apply(step, message, lambda path: (out / path).read_bytes())
        case Unchanged():
            return unchanged_receipt(step)
        case Drifted():
            raise drift_conflict(step)
        case _:
            assert_never(step)


def drift_conflict(step: Drifted) -> Conflict:
    """Return what to say of a target whose files were changed by hand."""
    shown = ", ".join(step.paths[:3]) + (", …" if len(step.paths) > 3 else "")
    return Conflict(
        f'target "{step.target.name}" has drifted: {len(step.paths)} of our files were changed '
        f"there by somebody else ({shown})",
        f"nothing was overwritten; branch {step.target.branch} stands at {step.head[:10]}. Take "
        "their change into the portfolio, or revert their commit, and publish again",
    )


def _message(revision: Revision, built: Built) -> Message:
    return Message(
        source=revision.commit,
        dirty=revision.dirty,
        manifest=built.outcome.summary.manifest,
        generator=GENERATOR,
        date=int(revision.date.timestamp()) if revision.date else 0,
    )


def _check_target(only: str, names: list[str]) -> None:
    if only and only not in names:
        raise InputError(f'no target "{only}"', f"omnigrid.yaml names: {', '.join(names)}")


class _Watch:
    """Measures phases. Nothing sleeps."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.phases: list[Phase] = []

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        start = self._clock()
        yield
        self.phases.append(Phase(name, self._clock() - start))

"""Publishing: nothing at all where nothing changed, which most publishes find; else delivery.

Imports little, so that such a publish ends before another one has begun.
"""

from collections.abc import Callable
from functools import lru_cache

from omnigrid.campaign import Campaign, Observer
from omnigrid.hosting.host import Host
from omnigrid.hosting.receipts import unchanged_receipt
from omnigrid.ledger import has_waiting
from omnigrid.model.manifest import Outcome, Summary
from omnigrid.model.publishing import Target, Unchanged
from omnigrid.model.targets import HostKind
from omnigrid.output.lock import hold
from omnigrid.phases import Phase, Watch
from omnigrid.published import Options, Published
from omnigrid.run.executors import Executor
from omnigrid.settled import settled
from omnigrid.standing import Looked, look_around, standing_build
from omnigrid.workspace import Workspace

__all__ = ["Options", "Published", "publish_portfolio"]


def publish_portfolio(
    workspace: Workspace,
    host: Host,
    options: Options,
    executor: Executor,
    observer: Observer,
    *,
    looked: Looked | None = None,
) -> Published:
    """Build the portfolio and bring every target to it, one forward commit a target.

    A target that cannot be published is refused and the others go on. ``looked`` is a look at the
    build folder that has begun already. Raises what a build raises.
    """
    if options.build_dir:
        # Meanwhile, where there are processes for it.
        looked = looked or look_around(workspace, executor)

    @lru_cache
    def standing() -> Summary | None:
        return standing_build(workspace, executor, looked) if options.build_dir else None

    known = None if options.dry_run else _unchanged(workspace, host, options, observer, standing)
    if known is not None:
        return known
    from omnigrid.delivery import Start, deliver  # noqa: PLC0415  (what plans and renders)

    return deliver(workspace, host, options, observer, Start(executor, looked, standing()))


def _unchanged(
    workspace: Workspace,
    host: Host,
    options: Options,
    observer: Observer,
    standing: Callable[[], Summary | None],
) -> Published | None:
    """Return what a publish did that has nothing to do; None where that is not certain."""
    watch = Watch(observer.clock, observer.began)
    with watch.phase("prepare"):
        is_known = options.build_dir and not has_waiting(workspace)
        known = settled(workspace, options.wanted, standing) if is_known else None
        if known is None:
            return None
        campaign = Campaign(host, workspace.state / "journal", observer, known.budget)
        with hold(host.folder, host.folder / "owner"):
            glances = campaign.glance(aim.destination for aim in known.aims)
        steps: list[Unchanged] = []
        for aim in known.aims:
            glance = glances.get(aim.destination.name)
            if glance is None or glance.head is None or glance.manifest != aim.manifest:
                return None
            target = Target(aim.destination, {}, manifest=aim.manifest, breaches=aim.breaches)
            steps.append(Unchanged(target, glance.head))
    is_near = all(step.target.destination.kind is HostKind.LOCAL for step in steps)
    if not is_near and workspace.is_dirty:
        return None
    phases = (*watch.phases, Phase("render", 0.0), Phase("deploy", 0.0))
    receipts = tuple(unchanged_receipt(step) for step in steps)
    return Published(Outcome(known.summary), known.budget, phases, tuple(steps), receipts, ())

"""Publishing, from top to bottom: prepare, render, deploy."""

from functools import partial

from msgspec import Struct

from omnigrid.build import Blueprint, Built, draw_up, record_build, render_blueprint
from omnigrid.campaign import Campaign, Observer, Refusal
from omnigrid.consent import Consents
from omnigrid.deploy import Terms, stock
from omnigrid.direct import Into, render_into
from omnigrid.hosting.host import Host
from omnigrid.hosting.receipts import unchanged_receipt
from omnigrid.hosting.revision import place_of
from omnigrid.ledger import Ledger, Publish, has_waiting
from omnigrid.model.audit import Seen
from omnigrid.model.errors import Conflict, InputError, OmnigridError, Transient
from omnigrid.model.journal import Reason
from omnigrid.model.manifest import Outcome
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.publishing import Destination, Message, Receipt, Step, Target, Unchanged
from omnigrid.model.targets import HostKind
from omnigrid.output.lock import hold
from omnigrid.output.manifest import encode_manifest
from omnigrid.phases import Phase, Watch
from omnigrid.plan.route import Router
from omnigrid.run.executors import Executor, Progress
from omnigrid.settled import keep_settled, settled
from omnigrid.standing import Looked, look_around
from omnigrid.targets import Wanted, choose
from omnigrid.workspace import GENERATOR, Workspace


class Published(Struct, frozen=True):
    """What a publish did."""

    outcome: Outcome
    budget_seconds: int
    """How long all phases may take together."""
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    receipts: tuple[Receipt, ...]
    refusals: tuple[Refusal, ...]
    recorded: Seen | OmnigridError | None = None
    """Where the record of it stands, or why it has to wait; None where nothing was done."""
    portfolio: Portfolio | None = None
    """What was published; None where nothing had to be read to know that nothing is to be done."""
    resumed: int = 0
    """How many targets an earlier publish of the same build, which was cut short, had reached."""

    @property
    def seconds(self) -> float:
        """How long all phases took together."""
        return sum(phase.seconds for phase in self.phases)


class Options(Struct, frozen=True):
    """What the user asked for."""

    wanted: Wanted = Wanted()
    dry_run: bool = False
    allow_prune: bool = False
    build_dir: bool = True
    """Whether the build is written below ``build/``, or rendered straight into git."""
    overwrite: bool = False
    """Whether what others changed of ours is put back as it was."""
    allow_dirty: bool = False
    """Whether changes that are not committed may leave this machine."""
    allow_unknown: bool = False
    """Whether what was published of a commit that nobody here knows may be followed."""
    reason: Reason = Reason.MANUAL


def publish_portfolio(
    workspace: Workspace, host: Host, options: Options, executor: Executor, observer: Observer
) -> Published:
    """Build the portfolio and bring every target to it, one forward commit a target.

    A target that cannot be published is refused and the others go on. Raises what a build raises.
    """
    known = None if options.dry_run else _unchanged(workspace, host, options, executor, observer)
    if known is not None:
        return known
    watch = Watch(observer.clock, observer.began)
    with watch.phase("prepare"):
        # Meanwhile, where there are processes for it.
        looked = look_around(workspace, executor) if options.build_dir else None
        blueprint = draw_up(workspace, executor)
        destinations = choose(workspace, blueprint.portfolio, options.wanted)
        budget = blueprint.portfolio.config.publish.budget_seconds
        campaign = Campaign(host, workspace.state / "journal", observer, budget, watch.start)
        dirty = workspace.revision.dirty and not options.dry_run
        now, environment = observer.now(), host.environment
        consents = Consents(workspace, environment, blueprint.portfolio, now, dirty=dirty)
        ledger = Ledger(workspace, host, blueprint.portfolio.config)
        with hold(host.folder, host.folder / "owner"):
            host.tidy()
            if not options.dry_run:
                ledger.look()
            allowed = _clean(destinations, workspace, options, campaign)
            approvals = campaign.find(consents.of, allowed)
            glances = campaign.glance(each for each in allowed if each.name in approvals)
    with watch.phase("render"):
        by = (executor, observer.progress, looked)
        built = _render(workspace, host, blueprint, options, by)
    record_build(workspace, built.outcome, observer.clock() - watch.start, observer.now())
    with watch.phase("deploy"), hold(host.folder, host.folder / "owner"):
        terms = _terms(workspace, host, built, options)
        router = Router(built.manifest, encode_manifest)
        targets = [router.target(each) for each in destinations if each.name in glances]
        steps = campaign.decide(targets, glances, terms)
        told = Publish(terms.message, options.reason, observer.who, observer.now())
        receipts = {}
        if not options.dry_run:
            ledger.begin(told, steps.values())
            stock(host, steps.values(), terms, executor)
            receipts = campaign.deploy(steps, terms, options.reason)
        came = tuple(campaign.came(destinations, steps, receipts, approvals))
        recorded = ledger.add(told, came) if came and not options.dry_run else None
    order = {destination.name: at for at, destination in enumerate(destinations)}
    if options.build_dir and len(targets) == len(destinations):
        keep_settled(workspace, options.wanted, built.outcome.summary, targets, budget)
    return Published(
        built.outcome,
        budget,
        tuple(watch.phases),
        tuple(steps[name] for name in order if name in steps),
        tuple(receipts[name] for name in order if name in receipts),
        tuple(sorted(campaign.refusals, key=lambda each: order[each.target])),
        recorded,
        blueprint.portfolio,
        campaign.resumed,
    )


def _unchanged(
    workspace: Workspace, host: Host, options: Options, executor: Executor, observer: Observer
) -> Published | None:
    """Return what a publish did that has nothing to do; None where that is not certain."""
    watch = Watch(observer.clock, observer.began)
    with watch.phase("prepare"):
        is_known = options.build_dir and not has_waiting(workspace)
        known = settled(workspace, executor, options.wanted) if is_known else None
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
    if workspace.revision.dirty and any(
        s.target.destination.kind is not HostKind.LOCAL for s in steps
    ):
        return None
    phases = (*watch.phases, Phase("render", 0.0), Phase("deploy", 0.0))
    receipts = tuple(unchanged_receipt(step) for step in steps)
    return Published(Outcome(known.summary), known.budget, phases, tuple(steps), receipts, ())


def _clean(
    destinations: list[Destination], workspace: Workspace, options: Options, campaign: Campaign
) -> list[Destination]:
    """Return where the portfolio may go as it is; changes of one's own stay on one's machine."""
    if options.allow_dirty or options.dry_run or not workspace.revision.dirty:
        return destinations
    kept = [each for each in destinations if each.kind is HostKind.LOCAL]
    campaign.refusals += [Refusal(d.name, _dirty(d)) for d in destinations if d not in kept]
    return kept


def _dirty(destination: Destination) -> Conflict:
    return Conflict(
        f'target "{destination.name}" is on another machine, and the portfolio has changes that '
        "are not committed",
        "nothing was published there: commit the changes first, or say --allow-dirty; the "
        "published commit then names them",
    )


def _render(
    workspace: Workspace,
    host: Host,
    blueprint: Blueprint,
    options: Options,
    by: tuple[Executor, Progress, Looked | None],
) -> Built:
    if options.build_dir:
        return render_blueprint(workspace, blueprint, *by)
    destinations = choose(workspace, blueprint.portfolio, options.wanted)
    if parts := [each.name for each in destinations if _is_moved(each)]:
        raise InputError(
            f'target "{parts[0]}" is not the build as it is (single sites, or all of it in '
            "a folder), and so is made from a build folder",
            "leave out --no-build-dir, or choose a target of the whole portfolio by --target",
        )
    repositories = [Into(workspace, host, each) for each in destinations]
    return _render_directly(repositories, blueprint, *by[:2])


def _is_moved(destination: Destination) -> bool:
    """Whether files stand elsewhere on a branch than in the build."""
    return destination.folders is not None or bool(destination.root + destination.folder)


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
            except (Conflict, InputError, Transient) as error:
                fault = error
    if built is None:
        assert fault is not None  # noqa: S101  (the configuration names a target, at least)
        raise fault
    return built


def _terms(workspace: Workspace, host: Host, built: Built, options: Options) -> Terms:
    revision = workspace.revision
    message = Message(
        source=revision.commit,
        dirty=revision.dirty,
        manifest=built.outcome.summary.manifest,
        generator=GENERATOR,
        date=int(revision.date.timestamp()) if revision.date else 0,
    )
    return Terms(
        message,
        workspace.out,
        partial(place_of, workspace.root, host.environment, revision.commit),
        options.allow_prune,
        options.overwrite,
        # A branch that was written anew takes its commits away from whoever looks at it later.
        allow_unknown=options.allow_unknown or bool(options.wanted.preview),
    )

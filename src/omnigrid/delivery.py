"""Building and deploying, from top to bottom: prepare, render, deploy."""

from collections.abc import Callable
from functools import partial

from msgspec import Struct

from omnigrid.blueprint import Blueprint, draw_up
from omnigrid.build import Built, record_build, render_blueprint
from omnigrid.campaign import Campaign, Observer, Refusal
from omnigrid.consent import Consents
from omnigrid.deploy import Terms, stock
from omnigrid.direct import Into, render_into
from omnigrid.hosting.host import Host
from omnigrid.hosting.revision import place_of
from omnigrid.ledger import Ledger, Publish
from omnigrid.model.errors import Conflict, InputError, Transient
from omnigrid.model.files import ConfigFile
from omnigrid.model.manifest import Summary
from omnigrid.model.portfolio import Brand, Portfolio
from omnigrid.model.publishing import Destination, Message
from omnigrid.model.targets import HostKind
from omnigrid.output.lock import hold
from omnigrid.output.manifest import encode_manifest
from omnigrid.phases import Watch
from omnigrid.plan.route import Encoded, Router
from omnigrid.published import Options, Published
from omnigrid.ready import Made, ready_of
from omnigrid.run.executors import Executor, Progress
from omnigrid.settled import keep_settled
from omnigrid.standing import Looked, last_build
from omnigrid.targets import choose, chosen_of
from omnigrid.workspace import GENERATOR, Workspace


class Start(Struct, frozen=True):
    """Who builds, and what is known of the last build."""

    executor: Executor
    looked: Looked | None
    """A look at its folder, that has begun."""
    standing: Summary | None
    """What it was, where it stands."""


class _Draft(Struct, frozen=True):
    """What is to be published, before it is built."""

    config: ConfigFile
    destinations: list[Destination]
    make: Callable[[], Made]
    portfolio: Portfolio | None = None
    """None where it was not read."""


def deliver(
    workspace: Workspace,
    host: Host,
    options: Options,
    observer: Observer,
    start: Start,
) -> Published:
    """Build the portfolio where its build does not stand, and bring every target to it.

    Errors as ``publish_portfolio``.
    """
    watch = Watch(observer.clock, observer.began)
    with watch.phase("prepare"):
        draft = _draft(workspace, host, options, observer.progress, start)
        destinations, budget = draft.destinations, draft.config.publish.budget_seconds
        campaign = Campaign(host, workspace.state / "journal", observer, budget, watch.start)
        dirty = not options.dry_run and workspace.is_dirty
        now, environment = observer.now(), host.environment
        consents = Consents(workspace, environment, _brands(draft), now, dirty=dirty)
        ledger = Ledger(workspace, host, draft.config)
        with hold(host.folder, host.folder / "owner"):
            host.tidy()
            if not options.dry_run:
                ledger.look()
            allowed = _clean(destinations, workspace, options, campaign)
            approvals = campaign.find(consents.of, allowed)
            glances = campaign.glance(each for each in allowed if each.name in approvals)
    with watch.phase("render"):
        made = draft.make()
    record_build(workspace, made.outcome, observer.clock() - watch.start, observer.now())
    with watch.phase("deploy"), hold(host.folder, host.folder / "owner"):
        terms = _terms(workspace, host, made.outcome.summary, options)
        router = _router(made)
        targets = [router.target(each) for each in destinations if each.name in glances]
        steps = campaign.decide(targets, glances, terms)
        told = Publish(terms.message, options.reason, observer.who, observer.now())
        receipts = {}
        if not options.dry_run:
            ledger.begin(told, steps.values())
            stock(host, steps.values(), terms, start.executor)
            receipts = campaign.deploy(steps, terms, options.reason)
        came = tuple(campaign.came(destinations, steps, receipts, approvals))
        recorded = ledger.add(told, came) if came and not options.dry_run else None
    order = {destination.name: at for at, destination in enumerate(destinations)}
    if options.build_dir and len(targets) == len(destinations):
        if draft.portfolio:
            last_build(workspace).keep(made.outcome.summary)
        keep_settled(workspace, options.wanted, targets, budget)
    return Published(
        made.outcome,
        budget,
        tuple(watch.phases),
        tuple(steps[name] for name in order if name in steps),
        tuple(receipts[name] for name in order if name in receipts),
        tuple(sorted(campaign.refusals, key=lambda each: order[each.target])),
        recorded,
        draft.portfolio,
        campaign.resumed,
    )


def _draft(
    workspace: Workspace,
    host: Host,
    options: Options,
    progress: Progress,
    start: Start,
) -> _Draft:
    ready = ready_of(workspace, start.standing) if start.standing else None
    if ready is not None:
        made = ready.made
        chosen = chosen_of(ready.destinations, options.wanted)
        return _Draft(ready.config, chosen, lambda: made)
    by = (start.executor, progress)
    blueprint = draw_up(workspace, start.executor)
    chosen = choose(workspace, blueprint.portfolio, options.wanted)

    def make() -> Made:
        if options.build_dir:
            built = render_blueprint(workspace, blueprint, *by, start.looked)
        else:
            built = _render_directly(workspace, host, blueprint, chosen, by)
        return Made(built.outcome, built.manifest)

    return _Draft(blueprint.portfolio.config, chosen, make, blueprint.portfolio)


def _brands(draft: _Draft) -> tuple[Brand, ...]:
    return draft.portfolio.brands if draft.portfolio else ()


def _router(made: Made) -> Router:
    files = made.outcome.summary.files + 1  # The manifest, too.
    encoded = made.encoded or encode_manifest(made.manifest)
    return Router(made.manifest, encode_manifest, Encoded(encoded, files))


def _clean(
    destinations: list[Destination], workspace: Workspace, options: Options, campaign: Campaign
) -> list[Destination]:
    """Return where the portfolio may go as it is; changes of one's own stay on one's machine."""
    if options.allow_dirty or options.dry_run or not workspace.is_dirty:
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


def _render_directly(
    workspace: Workspace,
    host: Host,
    blueprint: Blueprint,
    destinations: list[Destination],
    by: tuple[Executor, Progress],
) -> Built:
    """Render into the cache of every target, which continues what was published there last.

    A target that cannot be looked at is refused later, where it is looked at again.
    """
    if parts := [each.name for each in destinations if _is_moved(each)]:
        raise InputError(
            f'target "{parts[0]}" is not the build as it is (single sites, or all of it in '
            "a folder), and so is made from a build folder",
            "leave out --no-build-dir, or choose a target of the whole portfolio by --target",
        )
    built, fault = None, None
    for into in (Into(workspace, host, each) for each in destinations):
        with hold(host.folder, host.folder / "owner"):
            try:
                built = render_into(into, blueprint, *by)
            except (Conflict, InputError, Transient) as error:
                fault = error
    if built is None:
        assert fault is not None  # noqa: S101  (the configuration names a target, at least)
        raise fault
    return built


def _is_moved(destination: Destination) -> bool:
    """Whether files stand elsewhere on a branch than in the build."""
    return destination.folders is not None or bool(destination.root + destination.folder)


def _terms(workspace: Workspace, host: Host, summary: Summary, options: Options) -> Terms:
    revision = workspace.revision
    message = Message(
        source=revision.commit,
        dirty=workspace.is_dirty,
        manifest=summary.manifest,
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

"""Going back: what was published from an older commit is published again, as a new commit."""

from msgspec import Struct

from omnigrid.campaign import Campaign, Observer, Refusal
from omnigrid.consent import Consents
from omnigrid.deploy import Terms
from omnigrid.hosting.cache import Published
from omnigrid.hosting.host import Host
from omnigrid.hosting.revision import history_of
from omnigrid.ledger import Ledger, Publish
from omnigrid.model.approvals import Approvals
from omnigrid.model.audit import Seen
from omnigrid.model.errors import Conflict, OmnigridError
from omnigrid.model.journal import Reason
from omnigrid.model.names import CommitId, Digest
from omnigrid.model.publishing import Destination, Glance, Message, Receipt, Step, Target, Wanted
from omnigrid.model.source import Place
from omnigrid.output.lock import hold
from omnigrid.survey import read_portfolio
from omnigrid.targets import choose, on_staging
from omnigrid.workspace import GENERATOR, Workspace


class Returned(Struct, frozen=True):
    """What going back did."""

    steps: tuple[Step, ...]
    receipts: tuple[Receipt, ...]
    refusals: tuple[Refusal, ...]
    recorded: Seen | OmnigridError | None = None


class Back(Struct, frozen=True):
    """To where: a commit of the portfolio; None where what stands on staging is promoted."""

    commit: CommitId | None
    dry_run: bool = False


def roll_back(
    workspace: Workspace, host: Host, wanted: Wanted, back: Back, observer: Observer
) -> Returned:
    """Publish on every target what was last published there from a commit, or from one before it.

    Nothing is built: all that is needed stands in the history of the branches. A target that held
    nothing of ours then is refused, never emptied; the others go on.
    """
    portfolio = read_portfolio(workspace)
    destinations = choose(workspace, portfolio, wanted)
    if back.commit is None and not wanted.only:
        destinations = [each for each in destinations if each.rule.staging] or destinations
    budget = portfolio.config.publish.budget_seconds
    campaign = Campaign(host, workspace.state / "journal", observer, budget)
    ages = history_of(workspace.root, host.environment, back.commit) if back.commit else {}
    terms = _terms(workspace)
    consents = Consents(workspace, host.environment, portfolio.brands, observer.now())
    approvals: dict[str, Approvals] = {}
    ledger = Ledger(workspace, host, portfolio.config)
    with hold(host.folder, host.folder / "owner"):
        if not back.dry_run:
            ledger.look()

        def past(destination: Destination) -> Target:
            is_promoted = back.commit is None
            target = _promoted(host, destination) if is_promoted else _past(host, destination, ages)
            approvals[destination.name] = consents.of(destination, target.source)
            return target

        targets = campaign.find(past, destinations)
        glances = {name: Glance(None) for name in targets}
        steps = campaign.decide(targets.values(), glances, terms)
        told = Publish(terms.message, Reason.ROLLBACK, observer.who, observer.now())
        receipts = {}
        if not back.dry_run:
            ledger.begin(told, steps.values())
            receipts = campaign.deploy(steps, terms, Reason.ROLLBACK)
        came = tuple(campaign.came(destinations, steps, receipts, approvals))
        recorded = ledger.add(told, came) if came and not back.dry_run else None
    order = [destination.name for destination in destinations]
    return Returned(
        tuple(steps[name] for name in order if name in steps),
        tuple(receipts[name] for name in order if name in receipts),
        tuple(sorted(campaign.refusals, key=lambda each: order.index(each.target))),
        recorded,
    )


def _past(host: Host, destination: Destination, ages: dict[CommitId, int]) -> Target:
    """Return what was published from the youngest commit that ``ages`` knows; 0 is the youngest."""
    known = [p for p in host.history(destination) if p.source in ages]
    if not known:
        raise _nothing_then(destination)

    def age(published: Published) -> int:
        return ages[published.source] if published.source else len(ages)

    return host.snapshot(destination, min(known, key=age))


def _promoted(host: Host, destination: Destination) -> Target:
    """Return what stands on a destination's staging branch, for its own branch."""
    staging = on_staging(destination)
    if staging is destination:
        raise Conflict(
            f'target "{destination.name}" has no staging branch',
            "name one in omnigrid.yaml: `staging: staging`",
        )
    found = host.history(staging)
    if not found:
        raise _nothing_then(staging)
    return host.snapshot(destination, found[0])


def _nothing_then(destination: Destination) -> OmnigridError:
    return Conflict(
        f'target "{destination.name}" held nothing of ours then on branch {destination.branch}',
        "it was left as it is; `git log` there shows from which commits it was published",
    )


def _terms(workspace: Workspace) -> Terms:
    revision = workspace.revision
    message = Message(
        source=revision.commit,
        dirty=False,
        manifest=Digest(""),
        generator=GENERATOR,
        date=int(revision.date.timestamp()) if revision.date else 0,
    )
    return Terms(message, workspace.out, lambda _: Place.BEFORE, backwards=True)

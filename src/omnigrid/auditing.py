"""The look back, from top to bottom: the record of all publishes, beside what branches hold."""

from msgspec import Struct

from omnigrid.campaign import Campaign, Observer, Refusal
from omnigrid.hosting.audit import branch_of
from omnigrid.hosting.host import Host
from omnigrid.ledger import Ledger
from omnigrid.model.audit import Branch, Flaw, Link
from omnigrid.model.publishing import Destination, Wanted
from omnigrid.output.lock import hold
from omnigrid.plan.audit import find_flaws, knows
from omnigrid.survey import read_portfolio
from omnigrid.targets import choose, on_staging
from omnigrid.workspace import Workspace


class Audited(Struct, frozen=True):
    """What an audit found."""

    links: tuple[Link, ...]
    flaws: tuple[Flaw, ...]
    branches: int
    refusals: tuple[Refusal, ...]
    """Targets that could not be looked at."""


def read_chain(workspace: Workspace, host: Host) -> tuple[Link, ...]:
    """Return the record of all publishes, the oldest first. Raises what the host does."""
    ledger = Ledger(workspace, host, read_portfolio(workspace).config)
    with hold(host.folder, host.folder / "owner"):
        return ledger.chain.links()


def audit(
    workspace: Workspace, host: Host, known: str, observer: Observer, *, branches: bool
) -> Audited:
    """Compare the record with itself, with what this machine saw of it, and with the branches.

    ``known`` is the digest of a record that must be in it; empty: none. A chain without a flaw is
    remembered. Raises what the host does where the record cannot be read.
    """
    portfolio = read_portfolio(workspace)
    ledger = Ledger(workspace, host, portfolio.config)
    budget = portfolio.config.publish.budget_seconds
    campaign = Campaign(host, workspace.state / "journal", observer, budget)
    with hold(host.folder, host.folder / "owner"):
        links = ledger.chain.links()
        found: dict[str, tuple[Branch, ...]] = {}
        if branches:

            def look(destination: Destination) -> tuple[Branch, ...]:
                name, staging = ledger.repository_of(destination), on_staging(destination)
                places = [destination] if staging is destination else [destination, staging]
                return tuple(branch_of(host, each, name) for each in places)

            found = campaign.find(look, choose(workspace, portfolio, Wanted()))
        seen = tuple(branch for each in found.values() for branch in each)
        flaws = (*knows(links, known), *find_flaws(links, ledger.seen, seen))
        if links and not flaws:
            ledger.remember(len(links), links[-1])
    return Audited(links, flaws, len(seen), tuple(campaign.refusals))

"""A package: one brand published, as users of the origin system know it. A plan, and the doing."""

from collections.abc import Callable, Collection
from pathlib import Path

from msgspec import Struct

from omnigrid.answering import Desk
from omnigrid.campaign import Observer
from omnigrid.hosting.host import Host
from omnigrid.model.errors import OmnigridError
from omnigrid.model.names import Slug
from omnigrid.model.portfolio import Brand, Portfolio, health_status
from omnigrid.model.publishing import Destination, Wanted
from omnigrid.model.service import (
    Package,
    PackageBrand,
    PackageSector,
    PackageTarget,
    PackageTemplate,
    PhasePlan,
)
from omnigrid.model.targets import HostKind
from omnigrid.plan.api import PULSE_SECONDS
from omnigrid.plan.cards import SITES
from omnigrid.plan.destinations import destinations_of
from omnigrid.publish import Options, publish_portfolio
from omnigrid.run.executors import Executor
from omnigrid.tracking import PHASES
from omnigrid.workspace import Workspace


class Dispatch(Struct, frozen=True):
    """What publishing needs."""

    workspace: Callable[[], Workspace]
    """Gives one that compares the portfolio with its commit."""
    host: Callable[[Workspace], Host]
    executor: Executor
    observer: Observer


def send_package(desk: Desk, brand_id: str, dispatch: Dispatch, *, confirmed: bool) -> Package:
    """Publish to the targets that carry a brand; those elsewhere only where it is ``confirmed``.

    Each target is brought to the whole of what it carries. Raises Problem for an unknown brand.
    """
    brand, root = desk.brand(brand_id), dispatch.workspace().root
    carrying = carriers_of({brand.slug}, desk.portfolio, root)
    done = tuple(send_to(each, dispatch, confirmed=confirmed) for each in carrying)
    return _package(desk, brand, carrying, done)


def carriers_of(slugs: Collection[Slug], portfolio: Portfolio, root: Path) -> list[Destination]:
    """Return the destinations that carry the site of any of these brands."""
    return [
        each
        for each in destinations_of(portfolio, root).all
        if each.folders is None or not each.folders.keys().isdisjoint(slugs)
    ]


def send_to(
    target: Destination, dispatch: Dispatch, *, confirmed: bool, allow_dirty: bool = False
) -> PackageTarget:
    """Bring a target to the build and return what came of it; elsewhere only if ``confirmed``."""
    is_local = target.kind is HostKind.LOCAL

    def told(outcome: str, detail: str = "", hint: str = "") -> PackageTarget:
        return PackageTarget(target.name, target.kind, is_local, outcome, detail, hint)

    if not is_local and not confirmed:
        return told("waits for confirmation", "say confirm=true to publish to another machine")
    workspace = dispatch.workspace()
    options = Options(Wanted(target.name, staging=True), allow_dirty=allow_dirty)
    try:
        published = publish_portfolio(
            workspace, dispatch.host(workspace), options, dispatch.executor, dispatch.observer
        )
    except OmnigridError as error:
        return told("refused", error.message, error.hint)
    if published.refusals:
        fault = published.refusals[0].error
        return told("refused", fault.message, fault.hint)
    receipt = published.receipts[0]
    return told("unchanged" if receipt.action == "unchanged" else "published", receipt.commit)


def _package(
    desk: Desk, brand: Brand, carrying: list[Destination], done: tuple[PackageTarget, ...]
) -> Package:
    portfolio = desk.portfolio
    pack, sector = portfolio.packs[brand.template], desk.sector(brand.sector)
    health = desk.health(sector)
    budget = portfolio.config.publish.budget_seconds
    return Package(
        brand=PackageBrand(brand.id, brand.name, f"/{SITES}{brand.slug}/", brand.priority),
        template=PackageTemplate(brand.template, pack.name, pack.version),
        sector=PackageSector(sector.id, sector.name, health, health_status(health)),
        phases=tuple(_phases(brand, pack.name, carrying, budget)),
        targets=done,
        estimated_time=budget,
        pulse=f"{PULSE_SECONDS}s",
    )


def _phases(
    brand: Brand, template: str, carrying: list[Destination], budget: int
) -> list[PhasePlan]:
    branches = tuple(f"commit to {each.name}, branch {each.branch}" for each in carrying)
    actions = {
        "prepare": ("check the portfolio", f"pull the template {template}"),
        "render": (f"render the site of {brand.name}", "verify every file against the manifest"),
        "deploy": (*branches, "bring the heatmap up to date"),
    }
    third = budget // 3
    return [
        PhasePlan(name, PHASES[name], number * third, (number + 1) * third, done)
        for number, (name, done) in enumerate(actions.items())
    ]

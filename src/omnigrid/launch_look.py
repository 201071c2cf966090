"""What a launch would do, before anything is written: its pages, their brands, the targets."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from omnigrid.drop import drop
from omnigrid.hosting.secrecy import redact
from omnigrid.intake.dropped import Placed, Refused, Stated
from omnigrid.intake.need import intent_said
from omnigrid.intake.page import PageDraft
from omnigrid.model.launching import Chosen, Launch, LaunchPage, LaunchTarget, Look, NotTaken
from omnigrid.model.matching import Match
from omnigrid.model.names import BrandId, OutPath, SourcePath
from omnigrid.model.portfolio import Brand, Portfolio
from omnigrid.model.publishing import Destination
from omnigrid.model.service import Problem
from omnigrid.model.targets import HostKind
from omnigrid.package import carriers_of
from omnigrid.plan.cards import SITES
from omnigrid.survey import read_portfolio
from omnigrid.targets import on_staging
from omnigrid.workspace import Workspace

Brands = Mapping[BrandId, Brand]


class Prepared(Struct, frozen=True):
    """A look at a launch, and what is needed to do it."""

    look: Look
    drafts: tuple[PageDraft, ...]
    """Those that have a brand."""
    stated: Stated
    portfolio: Portfolio
    carriers: tuple[Destination, ...]


def prepare(workspace: Workspace, order: Launch, drafts: Collection[PageDraft]) -> Prepared:
    """Look at what a launch would do; nothing is written.

    Raises Problem where the portfolio has faults, and what ``drop`` raises.
    """
    stated = _stated(order)
    dropped = drop(workspace, tuple(drafts), stated, dry_run=True)
    portfolio = dropped.portfolio
    if portfolio is None:
        raise Problem(503, "the portfolio has faults", "mend what the pages show, and try again")
    brands = {brand.id: brand for brand in portfolio.brands}
    found = [each for each in dropped.placed if each.brand in brands]
    slugs = {brands[each.brand].slug for each in found if each.brand}
    carriers = tuple(map(on_staging, carriers_of(slugs, portfolio, workspace.root)))
    look = Look(
        pages=tuple(_page(each, portfolio, brands) for each in dropped.placed),
        not_taken=tuple(map(_not_taken, dropped.refused)),
        targets=tuple(_target(each, workspace) for each in carriers) if slugs else (),
        is_dirty=workspace.is_dirty,
    )
    return Prepared(look, tuple(each.draft for each in found), stated, portfolio, carriers)


def _stated(order: Launch) -> Stated:
    facts = {"sector": order.sector, "priority": order.priority}
    if order.file and order.intent.strip():
        facts["intent"] = intent_said(order.intent)
    return Stated({key: str(value) for key, value in facts.items() if value})


def _page(placed: Placed, portfolio: Portfolio, brands: Brands) -> LaunchPage:
    draft, ranking = placed.draft, placed.ranking
    best = ranking.matches[0] if ranking and ranking.matches else None
    answer = _chosen(best, portfolio, brands) if best else None
    pinned = brands.get(BrandId(str(placed.facts.get("brand"))))
    brand = _pinned(pinned, portfolio) if pinned else answer if placed.brand else None
    return LaunchPage(
        file=draft.name,
        kind=", ".join([draft.kind.value, *draft.facts]),
        title=str(placed.facts["title"]),
        intent=str(placed.facts["intent"]),
        summary=draft.summary,
        path=placed.path,
        beside=tuple(placed.files)[1:],
        notes=placed.notes,
        brand=brand,
        nearest=None if brand else answer,
        url=f"/{file_of(placed, brands)}" if placed.brand in brands else "",
    )


def file_of(placed: Placed, brands: Brands) -> OutPath:
    """Return the file of the build that a page with a brand becomes."""
    assert placed.brand  # noqa: S101  (asked only for those that have one)
    return OutPath(f"{SITES}{brands[placed.brand].slug}/{name_of(placed)}")


def published_pages(workspace: Workspace) -> frozenset[SourcePath]:
    """Return the files of the pages that publishing shows, whatever is previewed beside them.

    A preview may hold drafts and expired pages; what is published never does. Raises InputError.
    """
    portfolio = read_portfolio(replace(workspace, drafts=False))
    return frozenset(page.source for page in portfolio.pages)


def name_of(placed: Placed) -> str:
    """Return the name of the file that a page becomes, within its site."""
    return f"{placed.path.rpartition('/')[2].removesuffix('.md')}.html"


def _chosen(match: Match, portfolio: Portfolio, brands: Brands) -> Chosen:
    return Chosen(
        id=match.id,
        name=match.name,
        sector=portfolio.sector(match.sector).name,
        template=portfolio.packs[match.template].name,
        priority=brands[match.id].priority,
        confidence=match.confidence,
        parts=match.parts,
        terms=match.terms,
    )


def _pinned(brand: Brand, portfolio: Portfolio) -> Chosen:
    return Chosen(
        id=brand.id,
        name=brand.name,
        sector=portfolio.sector(brand.sector).name,
        template=portfolio.packs[brand.template].name,
        priority=brand.priority,
        confidence=None,
        parts=None,
        terms=(),
    )


def _not_taken(refused: Refused) -> NotTaken:
    return NotTaken(refused.name, refused.error.message, refused.error.hint)


def _target(destination: Destination, workspace: Workspace) -> LaunchTarget:
    return LaunchTarget(
        name=destination.name,
        kind=destination.kind,
        is_local=destination.kind is HostKind.LOCAL,
        repository=place_of(destination, workspace),
        branch=destination.branch,
    )


def place_of(destination: Destination, workspace: Workspace) -> str:
    """Return where a repository is: seen from the portfolio where it is below, without secrets."""
    return redact(destination.repository.removeprefix(f"{workspace.root}/"))


def told(page: LaunchPage) -> Iterator[str]:
    """Yield what a log says of a page before it is written."""
    yield f"read {page.file} ({page.kind}): {page.title}"
    yield from page.notes
    brand = page.brand
    if brand is None:
        yield "no confident match: it is left out"
    elif brand.confidence is None:
        yield f"goes to {brand.name} ({brand.id}), as it says itself"
    else:
        why = f"because of {', '.join(brand.terms)}" if brand.terms else "by its meaning alone"
        yield f"matched {brand.name} ({brand.id}), {brand.confidence:g} of 100, {why}"

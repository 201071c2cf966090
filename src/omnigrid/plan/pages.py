"""The portfolio's own pages: home, one a sector, heatmap."""

from collections.abc import Iterable
from operator import itemgetter

from omnigrid.model.assessment import BrandHealth
from omnigrid.model.files import Priority
from omnigrid.model.forge import forge_of
from omnigrid.model.labels import Choice, Link
from omnigrid.model.names import BrandId
from omnigrid.model.portfolio import AMBER_FROM, EMERALD_FROM, Brand, Health, Portfolio, Sector
from omnigrid.model.views import Figures, HeatmapView, HomeView, SectorCard, SectorGroup, SectorView
from omnigrid.plan.api import PULSE_SECONDS, sector_document
from omnigrid.plan.assess import assess, brand_health, drill, measured_instant
from omnigrid.plan.cards import brand_card, portfolio_label, sector_card
from omnigrid.plan.families import Families
from omnigrid.plan.forge import edit_link, need_link, suggest_link

DEFAULT_ACCENT = "#0b7285"
LISTED_AT_HOME = 30
"""Brands of a sector that the front page lists; its own page lists all."""


def home_view(portfolio: Portfolio, families: Families, numbers: Figures) -> HomeView:
    """Return the front page's view."""
    config = portfolio.config
    return HomeView(
        portfolio=portfolio_label(portfolio, ""),
        accent=config.theme.accent or DEFAULT_ACCENT,
        description=config.description or "",
        figures=numbers,
        groups=tuple(_group(portfolio, families, card) for card in families.cards("")),
        templates=template_choices(portfolio, portfolio.brands),
        priorities=tuple(Priority),
        dated=portfolio.dated,
        editing=_home_links(portfolio),
    )


def template_choices(portfolio: Portfolio, brands: Iterable[Brand]) -> tuple[Choice, ...]:
    """Return the template types of some brands, by name."""
    packs = {pack: portfolio.packs[pack].name for pack in {brand.template for brand in brands}}
    return tuple(Choice(pack, name) for pack, name in sorted(packs.items(), key=itemgetter(1, 0)))


def _home_links(portfolio: Portfolio) -> tuple[Link, ...]:
    forge = forge_of(portfolio.config)
    edit = edit_link(forge, "portfolio", "omnigrid.yaml")
    return (*edit, *suggest_link(forge, None), *need_link(forge, None))


def _group(portfolio: Portfolio, families: Families, card: SectorCard) -> SectorGroup:
    brands = families.of(card.id)
    listed = tuple(brand_card(brand, portfolio, "") for brand in brands[:LISTED_AT_HOME])
    return SectorGroup(card, listed, len(brands) - len(listed))


def sector_view(
    portfolio: Portfolio, families: Families, sector: Sector, *, listed: bool = True
) -> SectorView:
    """Return a sector's view; without its brands unless ``listed``."""
    root = "../../"
    forge, brands = forge_of(portfolio.config), families.of(sector.id)
    shown = brands if listed else []
    return SectorView(
        portfolio=portfolio_label(portfolio, root),
        sector=sector_card(sector, families.health(sector), len(brands), root),
        assessment=assess(families, sector),
        found=_found(families, sector, shown, root),
        brands=tuple(brand_card(brand, portfolio, root) for brand in shown),
        templates=template_choices(portfolio, shown),
        priorities=tuple(each for each in Priority if each in {brand.priority for brand in shown}),
        editing=(
            *edit_link(forge, "sector", sector.source),
            *suggest_link(forge, sector.id),
            *need_link(forge, sector.id),
        ),
        document=sector_document(sector, families, shown),
    )


def _found(
    families: Families, sector: Sector, brands: Iterable[Brand], root: str
) -> dict[BrandId, BrandHealth]:
    healths = families.healths
    if healths.measured is None:
        return {}
    return {each.id: brand_health(healths, each, sector, root) for each in brands}


def heatmap_view(portfolio: Portfolio, families: Families, numbers: Figures) -> HeatmapView:
    """Return the heatmap's view."""
    root = "../"
    return HeatmapView(
        portfolio=portfolio_label(portfolio, root),
        figures=numbers,
        cells=families.cards(root),
        drills={each.id: drill(families, each, root) for each in portfolio.sectors},
        measured=measured_instant(families.healths),
        dated=portfolio.dated,
        pulse_seconds=PULSE_SECONDS,
        ranges={
            Health.EMERALD: f"{EMERALD_FROM} % or more",
            Health.AMBER: f"{AMBER_FROM} to {EMERALD_FROM - 1} %",
            Health.RED: f"below {AMBER_FROM} %",
            Health.GREY: "no health recorded",
        },
        editing=need_link(forge_of(portfolio.config), None),
    )

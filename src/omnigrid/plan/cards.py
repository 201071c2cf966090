"""Projections of brands and sectors: what others may show of them."""

from collections.abc import Collection, Iterable

from omnigrid.model.labels import Link, PortfolioLabel
from omnigrid.model.languages import direction_of
from omnigrid.model.names import strip_marks
from omnigrid.model.portfolio import Brand, Health, Portfolio, Sector, health_status
from omnigrid.model.views import BrandCard, BrandFacts, Figures, SectorCard

SITES = "sites/"
SECTORS = "sectors/"


def portfolio_label(portfolio: Portfolio, root: str) -> PortfolioLabel:
    """Return the portfolio's name and the way home; ``root`` leads from the page to ``build/``."""
    config = portfolio.config
    direction = direction_of(config.language)
    return PortfolioLabel(config.name, config.language, f"{root}index.html", direction)


def brand_facts(brand: Brand) -> BrandFacts:
    """Return what a brand's own site may say of it."""
    return BrandFacts(
        id=brand.id,
        slug=brand.slug,
        name=brand.name,
        plain_name=strip_marks(brand.name),
        initials=initials(brand.name),
        tagline=brand.tagline,
        description=brand.description,
        keywords=brand.keywords,
        priority=brand.priority,
        owner=brand.owner,
        trademark=brand.trademark,
        license=brand.license,
        accent=brand.accent,
        domain=brand.domain,
        links=tuple(Link(label, url) for label, url in brand.links.items()),
        contact=brand.contact,
        template=brand.template,
    )


def initials(name: str) -> str:
    """Return one or two capitals for a mark: of the words, or of the humps of ``CamelCase``."""
    plain = strip_marks(name)
    words = plain.split()
    capitals = [c for c in plain if c.isupper()]
    letters = [word[0] for word in words] if len(words) > 1 else capitals or list(plain[:1])
    return "".join(letters[:2]).upper()


def brand_card(brand: Brand, portfolio: Portfolio, root: str) -> BrandCard:
    """Return a brand as others show it, with its address seen from a page below ``root``."""
    return BrandCard(
        id=brand.id,
        name=brand.name,
        tagline=brand.tagline,
        url=brand_address(brand, root),
        accent=brand.accent,
        priority=brand.priority,
        template=portfolio.packs[brand.template].name,
    )


def brand_address(brand: Brand, root: str) -> str:
    """Return where a brand's site stands, seen from a page below ``root``."""
    return f"https://{brand.domain}/" if brand.domain else f"{root}{SITES}{brand.slug}/index.html"


def sector_card(sector: Sector, health: int | None, brand_count: int, root: str) -> SectorCard:
    """Return a sector with its health and size, seen from a page below ``root``."""
    return SectorCard(
        id=sector.id,
        slug=sector.slug,
        name=sector.name,
        description=sector.description,
        color=sector.color,
        health=health,
        status=health_status(health),
        brand_count=brand_count,
        url=f"{root}{SECTORS}{sector.slug}/index.html",
    )


def figures(portfolio: Portfolio, healths: Collection[int | None], unmatched: int) -> Figures:
    """Return the portfolio in numbers; ``healths`` are those of its sectors."""
    states = [health_status(health) for health in healths]
    average = mean_health(healths)
    return Figures(
        sectors=len(portfolio.sectors),
        brands=len(portfolio.brands),
        templates=len(portfolio.packs),
        pages=len(portfolio.pages),
        unmatched=unmatched,
        average_health=average,
        average_status=health_status(average),
        emerald=states.count(Health.EMERALD),
        amber=states.count(Health.AMBER),
        red=states.count(Health.RED),
        grey=states.count(Health.GREY),
    )


def mean_health(healths: Iterable[int | None]) -> int | None:
    """Return the mean of those that are known, rounded; None where none is."""
    known = [health for health in healths if health is not None]
    return round(sum(known) / len(known)) if known else None

"""Sites: one view a brand."""

from collections.abc import Iterable, Iterator

from omnigrid.model.findings import Finding, Place
from omnigrid.model.forge import Forge, forge_of
from omnigrid.model.matching import Matches
from omnigrid.model.names import BrandId
from omnigrid.model.portfolio import Brand, Page, Portfolio, Sector
from omnigrid.model.views import PageFacts, SectorLabel, SiteView
from omnigrid.plan.cards import SECTORS, SITES, brand_card, brand_facts, portfolio_label
from omnigrid.plan.families import Families
from omnigrid.plan.forge import edit_link, need_link

PagesByBrand = dict[BrandId, list[Page]]

RELATED = 4
"""How many other brands of its sector a site names."""
_ROOT = "../../"
"""From a page of a site to ``build/``."""


def site_views(
    portfolio: Portfolio, brands: Iterable[Brand], families: Families, pages: PagesByBrand
) -> list[SiteView]:
    """Return the views of some brands, in their order."""
    sectors = {sector.id: sector for sector in portfolio.sectors}
    places = {b.id: i for s in sectors for i, b in enumerate(families.of(s))}
    label, forge = portfolio_label(portfolio, _ROOT), forge_of(portfolio.config)
    return [
        SiteView(
            brand=brand_facts(brand),
            sector=_sector_label(sectors[brand.sector]),
            portfolio=label,
            pages=tuple(_page_facts(page, forge) for page in pages[brand.id]),
            related=tuple(
                brand_card(other, portfolio, _ROOT)
                for other in _neighbours(families.of(brand.sector), places[brand.id])
            ),
            address=_address(portfolio, brand),
            editing=(*edit_link(forge, "brand", brand.source), *need_link(forge, brand.sector)),
        )
        for brand in brands
    ]


def _neighbours(family: list[Brand], place: int) -> list[Brand]:
    """Return the next brands of the sector, in a ring: an addition changes only a few sites."""
    count = min(RELATED, len(family) - 1)
    return [family[(place + step) % len(family)] for step in range(1, count + 1)]


def pages_by_brand(portfolio: Portfolio, matches: Matches) -> PagesByBrand:
    """Return each brand's pages: dated ones first, newest first, then by title."""
    by_source = {page.source: page for page in portfolio.pages}
    found: PagesByBrand = {brand.id: [] for brand in portfolio.brands}
    for placement in matches:
        if placement.brand is not None:
            found[placement.brand].append(by_source[placement.source])
    for pages in found.values():
        pages.sort(key=lambda page: (page.title, page.slug))
        pages.sort(key=lambda page: page.date.toordinal() if page.date else 0, reverse=True)
    return found


def page_clashes(pages: PagesByBrand) -> Iterator[Finding]:
    """Yield every page that would be written to the address of another one of its brand."""
    for brand, found in pages.items():
        first: dict[str, Page] = {}
        for page in found:
            other = first.setdefault(page.slug, page)
            if other is not page:
                yield Finding(
                    "OG202",
                    f"{brand} would get two pages at {page.slug}.html: this one and {other.source}",
                    Place(page.source, ("title",), on_key=True),
                    "rename one of the two files",
                )


def _page_facts(page: Page, forge: Forge | None) -> PageFacts:
    return PageFacts(
        slug=page.slug,
        file=f"{page.slug}.html",
        title=page.title,
        intent=page.intent,
        date=page.date,
        tags=page.tags,
        body=page.body,
        editing=edit_link(forge, "page", page.source),
    )


def _sector_label(sector: Sector) -> SectorLabel:
    url = f"{_ROOT}{SECTORS}{sector.slug}/index.html"
    return SectorLabel(sector.id, sector.name, sector.description, sector.color, url)


def _address(portfolio: Portfolio, brand: Brand) -> str | None:
    if brand.domain:
        return f"https://{brand.domain}/"
    base = portfolio.config.base_url
    return f"{base.rstrip('/')}/{SITES}{brand.slug}/" if base else None

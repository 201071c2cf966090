"""Sites: what each is made from, and the view that its templates see."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from omnigrid.model.digests import digest_bytes, digest_value
from omnigrid.model.findings import Finding, Place
from omnigrid.model.forge import forge_of
from omnigrid.model.matching import Matches
from omnigrid.model.names import BrandId, Digest, SourcePath
from omnigrid.model.portfolio import Brand, Page, Portfolio, Sector
from omnigrid.model.tokens import resolve
from omnigrid.model.views import PageFacts, SiteView
from omnigrid.plan import api
from omnigrid.plan.cards import brand_facts, portfolio_label
from omnigrid.plan.downloads import downloads, handouts
from omnigrid.plan.families import Families
from omnigrid.plan.forge import edit_link, need_link
from omnigrid.plan.gallery import (
    NO_STUDIO,
    Studio,
    exposures,
    icons,
    shown_logo,
    shown_pictures,
    social_image,
)
from omnigrid.plan.surroundings import Surroundings

Bodies = Callable[[Page], str]
"""Gives the Markdown of a page."""


class Carried:
    """Markdown that was read already, by its file."""

    def __init__(self, texts: Mapping[SourcePath, str]) -> None:
        self.texts = texts

    def __call__(self, page: Page) -> str:
        """Return the Markdown of a page."""
        return self.texts[page.source]


PagesByBrand = dict[BrandId, list[Page]]

RELATED = 4
"""How many other brands of its sector a site names."""


class Sites:
    """The sites of a portfolio. Digests are made for all of them, views for those in need."""

    def __init__(
        self,
        portfolio: Portfolio,
        families: Families,
        pages: PagesByBrand,
        bodies: Bodies,
        studio: Studio = NO_STUDIO,
    ) -> None:
        self._portfolio, self._families, self.pages_by_brand = portfolio, families, pages
        self._bodies, self._studio = bodies, studio
        self._sectors = {sector.id: sector for sector in portfolio.sectors}
        self._around = Surroundings(portfolio)
        self._forge = forge_of(portfolio.config)

    @property
    def makes_pictures(self) -> bool:
        """Whether pictures are drawn and made smaller, or only copied."""
        return bool(self._studio.maker)

    @cached_property
    def shared_digests(self) -> dict[str, Digest]:
        """The inputs that all sites have in common."""
        config = self._portfolio.config
        return {
            "portfolio": digest_value(portfolio_label(self._portfolio, "")),
            "markdown": digest_value(config.markdown),
            "address": self._around.digest,
            "editing": digest_value(self._forge),
            "theme": digest_value(config.theme.tokens),
            "pictures": digest_value(self._studio.maker),
        }

    @cached_property
    def sector_digests(self) -> dict[str, Digest]:
        """What each sector gives to its sites: its label, and the defaults of its brands."""
        return {
            sector.id: digest_value([sector_facts(sector), sector.template, sector.tokens])
            for sector in self._portfolio.sectors
        }

    def pages_digest(self, brand: Brand) -> Digest:
        """Return the digest of a brand's pages, in their order."""
        return digest_bytes("".join([page.digest for page in self.pages_of(brand)]).encode())

    def related_digest(self, brand: Brand) -> Digest:
        """Return the digest of what a site shows of other brands."""
        cards = self._families.ring_of_cards(brand.sector)
        place, count = self._families.place(brand), self._related(brand)
        return digest_bytes("".join(cards[place + 1 : place + 1 + count]).encode())

    def pages_of(self, brand: Brand) -> list[Page]:
        """Return a brand's pages, in their order."""
        return self.pages_by_brand[brand.id]

    def view(self, brand: Brand) -> SiteView:
        """Return what the templates of a brand's site may see."""
        portfolio, logo = self._portfolio, shown_logo(brand, makes=self.makes_pictures)
        return SiteView(
            brand=brand_facts(brand),
            sector=self._around.sector(brand, self._sectors[brand.sector]),
            portfolio=self._around.label(brand),
            pages=tuple(self._page_facts(page) for page in self.pages_by_brand[brand.id]),
            markdown=portfolio.config.markdown,
            related=tuple(self._around.card(brand, other) for other in self._neighbours(brand)),
            address=self._around.address(brand),
            editing=(
                *edit_link(self._forge, "brand", brand.source),
                *need_link(self._forge, brand.sector),
            ),
            document=api.brand_document(
                brand, portfolio, self.pages_by_brand[brand.id], logo.file if logo else None
            ),
            tokens=resolve(portfolio.packs[brand.template].tokens, brand.tokens),
            social_image=social_image(self._studio),
            icons=icons(self._studio),
            logo=logo,
            exposures=exposures(brand, self.pages_by_brand[brand.id], self._studio),
            handouts=handouts(self.pages_by_brand[brand.id], self._studio.read),
        )

    def _page_facts(self, page: Page) -> PageFacts:
        return PageFacts(
            slug=page.slug,
            file=f"{page.slug}.html",
            title=page.title,
            intent=page.intent,
            date=page.date,
            tags=page.tags,
            body=self._bodies(page),
            editing=edit_link(self._forge, "page", page.source),
            pictures=shown_pictures(page, makes=self.makes_pictures),
            downloads=downloads(page),
        )

    def _neighbours(self, brand: Brand) -> list[Brand]:
        """Return the next brands of the sector, in a ring: an addition changes only a few sites."""
        family, place = self._families.of(brand.sector), self._families.place(brand)
        steps = range(1, self._related(brand) + 1)
        return [family[(place + step) % len(family)] for step in steps]

    def _related(self, brand: Brand) -> int:
        return min(RELATED, len(self._families.of(brand.sector)) - 1)


def pages_by_brand(portfolio: Portfolio, matches: Matches) -> PagesByBrand:
    """Return each brand's pages: dated ones first, newest first, then by title."""
    by_source = {page.source: page for page in portfolio.pages}
    found: PagesByBrand = {brand.id: [] for brand in portfolio.brands}
    for placement in matches:
        if placement.brand is not None:
            found[placement.brand].append(by_source[placement.source])
    for pages in found.values():
        if len(pages) > 1:
            pages.sort(key=lambda page: (page.title, page.slug))
            pages.sort(key=lambda page: page.date.toordinal() if page.date else 0, reverse=True)
    return found


def page_clashes(pages: PagesByBrand) -> Iterator[Finding]:
    """Yield every page that would be written to the address of another one of its brand."""
    for brand, found in pages.items():
        if len(found) < 2:
            continue
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


def sector_facts(sector: Sector) -> tuple[str, ...]:
    """Return what sites say of a sector, wherever they stand."""
    return (sector.id, sector.slug, sector.name, sector.description, sector.color)

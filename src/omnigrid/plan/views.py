"""The view of any job, made when it is rendered."""

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from omnigrid.model.attachments import Attachment
from omnigrid.model.findings import Diagnostic
from omnigrid.model.matching import Matches
from omnigrid.model.names import JobId, Slug
from omnigrid.model.pictures import Original
from omnigrid.model.portfolio import Brand, Portfolio
from omnigrid.model.sharing import FinderData
from omnigrid.model.views import View
from omnigrid.plan import api
from omnigrid.plan.cards import figures
from omnigrid.plan.dashboards import Ground, dashboard_view
from omnigrid.plan.families import Families
from omnigrid.plan.gallery import NO_STUDIO, CarriedPictures, Studio, originals
from omnigrid.plan.launching import launch_view
from omnigrid.plan.pages import heatmap_view, home_view, sector_view
from omnigrid.plan.sites import Bodies, Carried, PagesByBrand, Sites


class Said(NamedTuple):
    """What the dashboards say of the build itself."""

    warnings: tuple[Diagnostic, ...] = ()
    versions: tuple[str, ...] = ()
    """Of what renders, and of its libraries."""


NOTHING_SAID = Said()


class Views:
    """The view of any job, made when it is rendered.

    ``finder`` finds the terms of a sector's brands, which takes longer than all else here;
    ``bodies`` and ``studio`` read the Markdown and the pictures of a page, which would fill the
    memory.
    """

    def __init__(
        self,
        portfolio: Portfolio,
        matches: Matches,
        pages: PagesByBrand,
        finder: FinderData,
        bodies: Bodies,
        *,
        studio: Studio = NO_STUDIO,
        said: Said = NOTHING_SAID,
    ) -> None:
        self.portfolio, self.matches, self.finder = portfolio, matches, finder
        self._pages, self._bodies, self._studio, self._said = pages, bodies, studio, said
        self.families = Families(portfolio)
        self.sites = Sites(portfolio, self.families, pages, bodies, studio)
        healths = [self.families.health(sector) for sector in portfolio.sectors]
        unmatched = sum(1 for each in matches if each.brand is None)
        self.numbers = figures(portfolio, healths, unmatched)
        self._brands = {brand.slug: brand for brand in portfolio.brands}
        self._sectors = {sector.slug: sector for sector in portfolio.sectors}

    def brand_of(self, site: JobId) -> Brand:
        """Return the brand whose site a job makes."""
        return self._brands[Slug(site.partition(":")[2])]

    def places(self) -> dict[JobId, int]:
        """Return where the brand of each site stands, sector by sector."""
        families = (self.families.of(sector.id) for sector in self.portfolio.sectors)
        sites = (JobId(f"site:{brand.slug}") for family in families for brand in family)
        return {site: place for place, site in enumerate(sites)}

    def carrying(self, jobs: Iterable[JobId]) -> "Views":
        """Return the same views with the files that these jobs need, for another machine."""
        brands = [self.brand_of(job) for job in jobs if job.startswith("site:")]
        pages = [page for brand in brands for page in self._pages[brand.id]]
        carried = Carried({page.source: self._bodies(page) for page in pages})
        shown = (each for brand in brands for each in originals(brand, self._pages[brand.id]))
        given = (each for page in pages for each in page.attachments)
        needed: Iterable[Original | Attachment] = chain(shown, given)
        pictures = CarriedPictures({each.source: self._studio.read(each) for each in needed})
        studio = Studio(self._studio.maker, pictures)
        known = (self.portfolio, self.matches, self._pages, self.finder, carried)
        return Views(*known, studio=studio, said=self._said)

    def of(self, job: JobId) -> View:
        """Return what the templates of a job may see."""
        kind, _, name = job.partition(":")
        match kind:
            case "site":
                return self.sites.view(self._brands[Slug(name)])
            case "sector":
                return sector_view(self.portfolio, self.families, self._sectors[Slug(name)])
            case "home":
                return home_view(self.portfolio, self.families, self.numbers)
            case "heatmap":
                return heatmap_view(self.portfolio, self.families, self.numbers)
            case "match":
                sector = self._sectors[Slug(name)]
                brands = self.families.of(sector.id)
                return api.match_view(sector, brands, self.finder.terms(brands))
            case _:
                return self._shared(kind, name)

    def _shared(self, kind: str, name: str) -> View:
        if kind == "dashboard":
            ground = Ground(self.portfolio, self.families, self.matches, *self._said)
            return dashboard_view(name, ground)
        if kind == "launch":
            return launch_view(self.portfolio)
        if kind == "words":
            return api.words_view(self.finder.words())
        scoring = self.finder.scoring
        return api.overview(self.portfolio, self.families, self.numbers, self.matches, scoring)

"""From a portfolio to its jobs: what there shall be, who owns each file, what it is made from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from omnigrid.model.digests import digest_bytes, digest_value
from omnigrid.model.findings import Finding, Place
from omnigrid.model.matching import BrandTerms, Matches
from omnigrid.model.names import Digest, JobId, OutPath, PackId, SectorId, Slug, SourcePath
from omnigrid.model.packs import BASE_PACK, PORTFOLIO_PACK, Packs
from omnigrid.model.plan import Input, Job, Plan
from omnigrid.model.portfolio import Brand, Portfolio, Sector
from omnigrid.model.tree import CONFIG_NAME
from omnigrid.model.views import View
from omnigrid.plan import api
from omnigrid.plan.cards import SECTORS, SITES, figures
from omnigrid.plan.families import Families
from omnigrid.plan.pages import heatmap_view, home_view, sector_view
from omnigrid.plan.sites import Bodies, Carried, PagesByBrand, Sites

SITE_FILES = (
    "404.html",
    "app.js",
    "config.json",
    "favicon.svg",
    "index.html",
    "robots.txt",
    "sitemap.xml",
    "styles.css",
)
HOME_FILES = ("favicon.svg", "index.html", "portfolio.css", "portfolio.js")
HEATMAP_FILES = ("heatmap.js", "index.html")
_EVERYTHING = "brands/, content/, sectors/"


class Views:
    """The view of any job, made when it is rendered.

    ``terms`` finds the terms of a sector's brands, which takes longer than all else here;
    ``bodies`` reads the Markdown of a page, which would fill the memory.
    """

    def __init__(
        self,
        portfolio: Portfolio,
        matches: Matches,
        pages: PagesByBrand,
        terms: Callable[[SectorId], list[BrandTerms]],
        bodies: Bodies,
    ) -> None:
        self.portfolio, self.matches, self._terms = portfolio, matches, terms
        self._pages, self._bodies = pages, bodies
        self.families = Families(portfolio)
        self.sites = Sites(portfolio, self.families, pages, bodies)
        self.numbers = figures(portfolio, sum(1 for each in matches if each.brand is None))
        self._brands = {brand.slug: brand for brand in portfolio.brands}
        self._sectors = {sector.slug: sector for sector in portfolio.sectors}

    def carrying(self, jobs: Iterable[JobId]) -> "Views":
        """Return the same views with the Markdown that these jobs need, for another machine."""
        slugs = (job.partition(":")[2] for job in jobs if job.startswith("site:"))
        pages = (page for slug in slugs for page in self._pages[self._brands[Slug(slug)].id])
        carried = Carried({page.source: self._bodies(page) for page in pages})
        return Views(self.portfolio, self.matches, self._pages, self._terms, carried)

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
                return api.match_view(sector, self._terms(sector.id))
            case _:
                return api.overview(self.portfolio, self.families, self.numbers, self.matches)


class Planned(NamedTuple):
    """The plan, and what speaks against it: two jobs that claim one path."""

    plan: Plan
    findings: tuple[Finding, ...]


def plan_sites(views: Views, packs: Packs, renderer: str) -> Planned:
    """Return every job of the portfolio, sorted by id.

    ``renderer`` names the versions of all that turns views into bytes: a job is stale after a
    change of it.
    """
    portfolio, inputs = views.portfolio, _Inputs(views, packs, renderer)
    jobs = [
        *(_site_job(inputs, brand) for brand in portfolio.brands),
        *(_sector_job(inputs, sector) for sector in portfolio.sectors),
        *_portfolio_jobs(inputs),
    ]
    jobs.sort(key=lambda job: job.id)
    origins = {f"site:{brand.slug}": brand.source for brand in portfolio.brands}
    return Planned(Plan(tuple(jobs)), tuple(_double_claims(jobs, origins)))


class SiteJobs:
    """The jobs of sites, one by one, and what tells two states of a site apart without its job."""

    def __init__(self, views: Views, packs: Packs, renderer: str) -> None:
        self._inputs = _Inputs(views, packs, renderer)
        self._brands = {brand.slug: brand for brand in views.portfolio.brands}

    def states(self) -> dict[Slug, tuple[str, ...]]:
        """Return what stands for all that each site is made from."""
        return {slug: self._inputs.state(brand) for slug, brand in self._brands.items()}

    def job(self, slug: Slug) -> Job:
        """Return the job of a site."""
        return _site_job(self._inputs, self._brands[slug])


class _Inputs:
    """Makes inputs; those that many jobs share are made once."""

    def __init__(self, views: Views, packs: Packs, renderer: str) -> None:
        self.views = views
        sites, sectors = views.sites, views.portfolio.sectors
        self._renderer = Input("renderer", digest_value(renderer), renderer)
        self._packs = {
            pack_id: _pack_input(pack_id, pack.digest) for pack_id, pack in packs.items()
        }
        self._shared = tuple(Input(n, d, CONFIG_NAME) for n, d in sites.shared_digests.items())
        common = (*self._shared, *self.packs(BASE_PACK))
        self._common = "".join(each.digest for each in common)
        self._sectors = {
            s.id: Input("sector", sites.sector_digests[s.id], s.source) for s in sectors
        }

    def of_site(self, brand: Brand) -> tuple[Input, ...]:
        sites = self.views.sites
        pages = sites.pages_of(brand)
        origin = ", ".join([page.source for page in pages]) or "content/ (none matches)"
        return (
            Input("brand", brand.digest, brand.source),
            self._sectors[brand.sector],
            *self._shared,
            Input("pages", sites.pages_digest(brand), origin),
            Input("related", sites.related_digest(brand), "other brands of the sector"),
            *self.packs(brand.template, BASE_PACK),
        )

    def state(self, brand: Brand) -> tuple[str, ...]:
        """Return the digests of a site's inputs; equal ones, equal inputs."""
        sites = self.views.sites
        return (
            brand.digest,
            self._sectors[brand.sector].digest,
            sites.pages_digest(brand),
            sites.related_digest(brand),
            self._packs[brand.template].digest,
            self._common,
        )

    def packs(self, *packs: PackId) -> Iterator[Input]:
        yield from (self._packs[pack_id] for pack_id in packs)
        yield self._renderer

    def of_view(self, view: View, origin: str, *packs: PackId) -> tuple[Input, ...]:
        """Return the inputs of a job whose view is small: each of its fields."""
        fields = view.__struct_fields__
        named = (Input(name, digest_value(getattr(view, name)), origin) for name in fields)
        return (*named, *self.packs(*packs))


def _pack_input(pack_id: PackId, digest: Digest) -> Input:
    builtin = pack_id in {BASE_PACK, PORTFOLIO_PACK}
    origin = "omnigrid's own templates" if builtin else f"template_packs/{pack_id}/"
    return Input(f"pack {pack_id}", digest, origin)


def _site_job(inputs: _Inputs, brand: Brand) -> Job:
    pages = inputs.views.sites.pages_of(brand)
    return Job(
        id=JobId(f"site:{brand.slug}"),
        pack=brand.template,
        folder=f"{SITES}{brand.slug}/",
        files=(*SITE_FILES, *[f"{page.slug}.html" for page in pages]) if pages else SITE_FILES,
        others=(OutPath(f"{api.API}brands/{brand.id}.json"),),
        inputs=inputs.of_site(brand),
    )


def _sector_job(inputs: _Inputs, sector: Sector) -> Job:
    views = inputs.views
    family = views.families.of(sector.id)
    # Without the cards of its brands, which are many and made when the page is stale.
    alone = sector_view(views.portfolio, views.families, sector, listed=False)
    return Job(
        id=JobId(f"sector:{sector.slug}"),
        pack=PORTFOLIO_PACK,
        folder=f"{SECTORS}{sector.slug}/",
        files=("index.html",),
        others=(OutPath(f"{api.API}sectors/{sector.id}.json"),),
        inputs=(
            Input("sector", digest_value(alone), sector.source),
            Input("brands", views.families.cards_digest(sector.id), f"{len(family)} brands of it"),
            *inputs.packs(PORTFOLIO_PACK),
        ),
    )


def _portfolio_jobs(inputs: _Inputs) -> Iterator[Job]:
    views = inputs.views
    for name, folder, files in (("home", "", HOME_FILES), ("heatmap", "heatmap/", HEATMAP_FILES)):
        yield Job(
            id=JobId(name),
            pack=PORTFOLIO_PACK,
            folder=folder,
            files=files,
            inputs=inputs.of_view(views.of(JobId(name)), _EVERYTHING, PORTFOLIO_PACK),
        )
    yield Job(
        id=JobId("api"),
        folder=api.API,
        files=api.OVERVIEW_FILES,
        inputs=inputs.of_view(views.of(JobId("api")), _EVERYTHING),
    )
    for sector in views.portfolio.sectors:
        yield Job(
            id=JobId(f"match:{sector.slug}"),
            folder=api.MATCH,
            files=(f"{sector.id}.json",),
            inputs=(*_match_inputs(views, sector), *inputs.packs()),
        )


def _match_inputs(views: Views, sector: Sector) -> Iterator[Input]:
    family = views.families.of(sector.id)
    names = {brand.template: views.portfolio.packs[brand.template].name for brand in family}
    brands = digest_bytes("".join([brand.digest for brand in family]).encode())
    yield Input("brands", brands, f"{len(family)} brands of {sector.source}")
    yield Input("sector", digest_value([sector.name, sector.template]), sector.source)
    yield Input("templates", digest_value(sorted(names.items())), "template_packs/")


def _double_claims(jobs: Iterable[Job], origins: Mapping[str, SourcePath]) -> Iterator[Finding]:
    """Look at folders, where a site's files are its own, and at single files.

    Names within a site differ: those of its pages are checked where they are read.
    """
    owners: dict[str, Job] = {}
    for job in jobs:
        places = [job.folder] if job.folder not in {"", api.API, api.MATCH} else []
        for path in (*places, *job.others):
            first = owners.setdefault(path.casefold(), job)
            if first is not job:
                yield Finding(
                    code="OG204",
                    message=f'"{first.id}" and "{job.id}" both write {path}',
                    place=Place(origins.get(job.id, CONFIG_NAME)),
                    hint="rename one of the files that they are made from",
                )

"""From a portfolio to its jobs: what there shall be, who owns each file, what it is made from."""

from collections.abc import Collection, Container, Iterator, Sequence
from typing import NamedTuple

from omnigrid.model.digests import digest_value
from omnigrid.model.findings import Finding
from omnigrid.model.names import Digest, JobId, OutPath, SectorId, Slug
from omnigrid.model.packs import PORTFOLIO_PACK, Packs
from omnigrid.model.plan import (
    NOTHING_PLANNED,
    PLAIN,
    Brief,
    Edition,
    Input,
    Job,
    Plan,
    SectorPlan,
    SectorPlans,
    brief_of,
)
from omnigrid.model.portfolio import Brand, Page, Sector
from omnigrid.model.stamp import STAMP_NAME
from omnigrid.model.tree import MEASUREMENTS_NAME
from omnigrid.plan import api
from omnigrid.plan.cards import SECTORS
from omnigrid.plan.claims import double_claims, site_id, site_places
from omnigrid.plan.downloads import download_files
from omnigrid.plan.gallery import picture_files
from omnigrid.plan.inputs import Inputs
from omnigrid.plan.overall import portfolio_jobs
from omnigrid.plan.pages import sector_view
from omnigrid.plan.views import Views

SITE_FILES = (
    "404.html",
    "_headers",
    "app.js",
    "config.json",
    "favicon.svg",
    STAMP_NAME,
    "index.html",
    "manifest.webmanifest",
    "robots.txt",
    "sitemap.xml",
    "styles.css",
)
"""What every site has; ``_site_files`` adds what some have."""
FEEDS = ("feed.json", "feed.xml")


class Planned(NamedTuple):
    """The plan, and what speaks against it: two jobs that claim one path."""

    plan: Plan
    findings: tuple[Finding, ...]
    sectors: SectorPlans
    """What may be known the next time."""


def plan_sites(
    views: Views,
    packs: Packs,
    renderer: str,
    edition: Edition = PLAIN,
    known: SectorPlans = NOTHING_PLANNED,
) -> Planned:
    """Return every job of the portfolio, sorted by id.

    ``renderer`` names the versions of all that turns views into bytes: a job is stale after a
    change of it. The sites of sectors that are ``known`` are planned in brief.
    """
    portfolio, inputs = views.portfolio, Inputs(views, packs, renderer, edition)
    jobs = _Jobs(inputs)
    briefs: dict[JobId, Brief] = {}
    sectors: dict[Digest, SectorPlan] = {}
    for sector in portfolio.sectors:
        family, state = views.families.of(sector.id), inputs.family_state(sector)
        planned = sectors[state] = _sector_plan(jobs, views, sector, known.get(state))
        briefs |= zip(map(site_id, family), planned.sites, strict=True)
        jobs.add(_sector_job(inputs, sector, planned.cards))
    for job in portfolio_jobs(inputs):
        jobs.add(job)
    briefs |= {job.id: brief_of(job) for job in jobs.others}
    plan = Plan({job: briefs[job] for job in sorted(briefs)}, jobs.job)
    return Planned(plan, tuple(double_claims(portfolio.brands, jobs.others)), sectors)


def _sector_plan(
    jobs: "_Jobs", views: Views, sector: Sector, known: SectorPlan | None
) -> SectorPlan:
    """Return what is known of a sector's sites; what is of other brands is made anew."""
    family = views.families.of(sector.id)
    if known is not None and len(known.sites) == len(family):
        return known
    sites = (brief_of(jobs.job(site_id(brand))) for brand in family)
    return SectorPlan(views.families.cards_digest(sector.id), tuple(sites))


class _Jobs:
    """The jobs of a plan; those of sites are made when somebody asks for them."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._sites: dict[JobId, Job] = {}
        self._others: dict[JobId, Job] = {}

    def add(self, job: Job) -> None:
        self._others[job.id] = job

    @property
    def others(self) -> Collection[Job]:
        """Those that make no site."""
        return self._others.values()

    def job(self, job: JobId) -> Job:
        if job in self._others:
            return self._others[job]
        if job not in self._sites:
            self._sites[job] = _site_job(self._inputs, self._inputs.views.brand_of(job))
        return self._sites[job]


class SiteJobs:
    """The jobs of sites, one by one, and what tells two states of a site apart without its job."""

    def __init__(self, views: Views, packs: Packs, renderer: str) -> None:
        self._inputs = Inputs(views, packs, renderer)
        self._brands = {brand.slug: brand for brand in views.portfolio.brands}

    def families(self) -> dict[SectorId, Digest]:
        """Return what stands for all that the sites of each sector are made from."""
        return {s.id: self._inputs.family_state(s) for s in self._inputs.views.portfolio.sectors}

    def states(self, sectors: Container[SectorId]) -> dict[Slug, tuple[str, ...]]:
        """Return what stands for all that each site of some sectors is made from."""
        return {
            slug: self._inputs.state(brand)
            for slug, brand in self._brands.items()
            if brand.sector in sectors
        }

    def job(self, slug: Slug) -> Job:
        """Return the job of a site."""
        return _site_job(self._inputs, self._brands[slug])


def _site_job(inputs: Inputs, brand: Brand) -> Job:
    pages = inputs.views.sites.pages_of(brand)
    folder, document = site_places(brand)
    return Job(
        id=site_id(brand),
        pack=brand.template,
        folder=folder,
        files=(
            *_site_files(pages),
            *picture_files(brand, pages, makes=inputs.views.sites.makes_pictures),
            *download_files(pages),
        ),
        others=(document,),
        release=inputs.release,
        inputs=inputs.of_site(brand),
    )


def _site_files(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return the names of a site's files; it has feeds where one of its pages has a date."""
    if not pages:
        return SITE_FILES
    feeds = FEEDS if any(page.date for page in pages) else ()
    return (*SITE_FILES, *feeds, *[f"{page.slug}.html" for page in pages])


def _sector_job(inputs: Inputs, sector: Sector, cards: Digest) -> Job:
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
        release=inputs.release,
        inputs=(
            Input("sector", digest_value(alone), sector.source),
            Input("brands", cards, f"{len(family)} brands of it"),
            *_measured_input(views, family),
            *inputs.packs(PORTFOLIO_PACK),
        ),
    )


def _measured_input(views: Views, family: Sequence[Brand]) -> Iterator[Input]:
    """Yield what was found out about brands; nothing where nothing was measured."""
    healths = views.families.healths
    if healths.measured is not None:
        found = [healths.condition(brand) for brand in family]
        yield Input("measured", digest_value(found), MEASUREMENTS_NAME)

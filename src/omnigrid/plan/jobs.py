"""From a portfolio to its jobs: what there shall be, who owns each file, what it is made from."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from omnigrid.model.digests import digest_bytes, digest_value
from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import BrandId, Digest, JobId, OutPath, SectorId, Slug, SourcePath
from omnigrid.model.packs import PORTFOLIO_PACK, Packs
from omnigrid.model.plan import EVERYTHING, PLAIN, Edition, Input, Job, Plan
from omnigrid.model.portfolio import Brand, Page, Sector
from omnigrid.model.stamp import STAMP_NAME
from omnigrid.model.tree import CONFIG_NAME, MEASUREMENTS_NAME
from omnigrid.plan import api
from omnigrid.plan.cards import SECTORS, SITES
from omnigrid.plan.dashboards import FOLDERS as DASHBOARDS
from omnigrid.plan.downloads import download_files
from omnigrid.plan.gallery import picture_files
from omnigrid.plan.inputs import Inputs
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
HOME_FILES = (
    "directory.js",
    "favicon.svg",
    "finder-worker.js",
    "finder.js",
    "index.html",
    "match.js",
    "portfolio.css",
    "portfolio.js",
)
HEATMAP_FILES = ("heatmap.js", "index.html")
LAUNCH_FILES = (
    "handover.js",
    "index.html",
    "launch.css",
    "launch.js",
    "look.js",
    "page-file.js",
    "progress.js",
)
DASHBOARD_FILES = ("index.html",)


class Planned(NamedTuple):
    """The plan, and what speaks against it: two jobs that claim one path."""

    plan: Plan
    findings: tuple[Finding, ...]


def plan_sites(views: Views, packs: Packs, renderer: str, edition: Edition = PLAIN) -> Planned:
    """Return every job of the portfolio, sorted by id.

    ``renderer`` names the versions of all that turns views into bytes: a job is stale after a
    change of it.
    """
    portfolio, inputs = views.portfolio, Inputs(views, packs, renderer, edition)
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
    return Job(
        id=JobId(f"site:{brand.slug}"),
        pack=brand.template,
        folder=f"{SITES}{brand.slug}/",
        files=(
            *_site_files(pages),
            *picture_files(brand, pages, makes=inputs.views.sites.makes_pictures),
            *download_files(pages),
        ),
        others=(OutPath(f"{api.API}brands/{brand.id}.json"),),
        release=inputs.release,
        inputs=inputs.of_site(brand),
    )


def _site_files(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return the names of a site's files; it has feeds where one of its pages has a date."""
    if not pages:
        return SITE_FILES
    feeds = FEEDS if any(page.date for page in pages) else ()
    return (*SITE_FILES, *feeds, *[f"{page.slug}.html" for page in pages])


def _sector_job(inputs: Inputs, sector: Sector) -> Job:
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
            Input("brands", views.families.cards_digest(sector.id), f"{len(family)} brands of it"),
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


def _portfolio_jobs(inputs: Inputs) -> Iterator[Job]:
    views = inputs.views
    for name, folder, files in (
        ("home", "", HOME_FILES),
        ("heatmap", "heatmap/", HEATMAP_FILES),
        ("launch", "launch/", LAUNCH_FILES),
        *((f"dashboard:{name}", folder, DASHBOARD_FILES) for name, folder in DASHBOARDS.items()),
    ):
        yield Job(
            id=JobId(name),
            pack=PORTFOLIO_PACK,
            folder=folder,
            files=files,
            release=inputs.release,
            inputs=inputs.of_view(views.of(JobId(name)), EVERYTHING, PORTFOLIO_PACK),
        )
    yield Job(
        id=JobId("api"),
        folder=api.API,
        files=api.OVERVIEW_FILES,
        inputs=inputs.of_view(views.of(JobId("api")), EVERYTHING),
    )
    yield Job(
        id=JobId("words"),
        folder=api.MATCH,
        files=(api.WORDS,),
        inputs=(_words_input(views), *inputs.packs()),
    )
    corrections = _corrections(views)
    learnt = tuple(_learnt_inputs(views, corrections))
    for sector in views.portfolio.sectors:
        yield Job(
            id=JobId(f"match:{sector.slug}"),
            folder=api.MATCH,
            files=(f"{sector.id}.json",),
            inputs=(*_match_inputs(views, sector, corrections), *learnt, *inputs.packs()),
        )


def _words_input(views: Views) -> Input:
    embedder = views.finder.scoring.embedder
    return Input("words", digest_value(embedder), f"omnigrid's own: {embedder}")


def _match_inputs(
    views: Views, sector: Sector, corrections: Mapping[BrandId, list[str]]
) -> Iterator[Input]:
    family = views.families.of(sector.id)
    names = {brand.template: views.portfolio.packs[brand.template].name for brand in family}
    brands = digest_bytes("".join([brand.digest for brand in family]).encode())
    yield Input("brands", brands, f"{len(family)} brands of {sector.source}")
    said = [(brand.id, corrections[brand.id]) for brand in family if brand.id in corrections]
    yield Input("corrections", digest_value(said), "pages that name their brand")
    yield Input("sector", digest_value([sector.name, sector.template]), sector.source)
    yield Input("templates", digest_value(sorted(names.items())), "template_packs/")


def _corrections(views: Views) -> dict[BrandId, list[str]]:
    """Return the intents of pages that name their brand: examples of it."""
    found: dict[BrandId, list[str]] = {}
    for page in views.portfolio.pages:
        if page.brand is not None and page.intent is not None:
            found.setdefault(page.brand, []).append(page.intent)
    return found


def _learnt_inputs(views: Views, corrections: Mapping[BrandId, list[str]]) -> Iterator[Input]:
    """Yield what is learnt from: where brands have examples enough, all speak for each."""
    if views.finder.scoring.taught:
        names = sorted((each.id, each.name) for each in views.portfolio.sectors)
        brands = [brand.digest for brand in views.portfolio.brands]
        learnt = [views.finder.scoring.embedder, names, brands, sorted(corrections.items())]
        yield Input("learnt", digest_value(learnt), "the examples of all brands")


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

"""The jobs that show the portfolio as a whole, and what its pages match intents with."""

from collections.abc import Iterator, Mapping

from omnigrid.model.digests import digest_bytes, digest_value
from omnigrid.model.names import BrandId, JobId
from omnigrid.model.packs import PORTFOLIO_PACK
from omnigrid.model.plan import EVERYTHING, Input, Job
from omnigrid.model.portfolio import Sector
from omnigrid.plan import api
from omnigrid.plan.dashboards import FOLDERS as DASHBOARDS
from omnigrid.plan.inputs import Inputs
from omnigrid.plan.views import Views

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


def portfolio_jobs(inputs: Inputs) -> Iterator[Job]:
    """Yield the jobs that no site and no sector has for itself."""
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

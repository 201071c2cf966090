"""From a portfolio to its jobs: what there shall be, who owns each file, what it is made from."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from omnigrid.model.digests import digest_value
from omnigrid.model.findings import Finding, Place
from omnigrid.model.matching import Matches, MatchIndex
from omnigrid.model.names import Digest, JobId, OutPath, PackId, Slug, SourcePath
from omnigrid.model.packs import BASE_PACK, PORTFOLIO_PACK, Packs
from omnigrid.model.plan import Input, Job, Plan
from omnigrid.model.portfolio import Brand, Page, Portfolio
from omnigrid.model.views import ApiView, Figures, View
from omnigrid.plan import api
from omnigrid.plan.cards import SECTORS, SITES, figures
from omnigrid.plan.families import Families
from omnigrid.plan.pages import heatmap_view, home_view, sector_views
from omnigrid.plan.sites import PagesByBrand, pages_by_brand, site_views

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
CONFIG = "omnigrid.yaml"


class Planned(NamedTuple):
    """The plan, and what speaks against it: two jobs that claim one path."""

    plan: Plan
    findings: tuple[Finding, ...]


def plan_sites(
    portfolio: Portfolio, matches: Matches, index: MatchIndex, packs: Packs, renderer: str
) -> Planned:
    """Return every job of the portfolio, sorted by id.

    ``renderer`` names the versions of all that turns views into bytes: a job is stale after a
    change of it.
    """
    maker = _JobMaker(packs, renderer)
    families, pages = Families(portfolio), pages_by_brand(portfolio, matches)
    unmatched = sum(1 for placement in matches if placement.brand is None)
    numbers = figures(portfolio, unmatched)
    overview = api.overview(portfolio, families, numbers, matches, index)
    jobs = [
        *_site_jobs(maker, portfolio, portfolio.brands, families, pages),
        *_portfolio_jobs(maker, portfolio, families, numbers),
        _api_job(maker, "api", overview, "all files"),
        *_api_jobs(maker, portfolio, families, pages),
    ]
    jobs.sort(key=lambda job: job.id)
    return Planned(Plan(tuple(jobs)), tuple(_double_claims(jobs, _origins(portfolio))))


def plan_site_jobs(
    portfolio: Portfolio,
    brands: Sequence[Brand],
    pages: PagesByBrand,
    packs: Packs,
    renderer: str,
) -> dict[Slug, Job]:
    """Return the jobs of some brands' sites alone."""
    maker = _JobMaker(packs, renderer)
    jobs = _site_jobs(maker, portfolio, brands, Families(portfolio), pages)
    return {brand.slug: job for brand, job in zip(brands, jobs, strict=True)}


class _JobMaker:
    """Makes jobs, with the digests of their inputs."""

    def __init__(self, packs: Packs, renderer: str) -> None:
        self._packs = packs
        self._renderer = Input("renderer", digest_value(renderer), renderer)
        self._seen: dict[int, tuple[object, Digest]] = {}

    def job(
        self,
        name: str,
        view: View,
        files: tuple[str, ...],
        *,
        folder: str = "",
        packs: tuple[PackId, ...] = (),
        origins: dict[str, str],
    ) -> Job:
        fields = view.__struct_fields__
        return Job(
            id=JobId(name),
            view=view,
            pack=packs[0] if packs else None,
            folder=folder,
            outputs=tuple(OutPath(folder + file) for file in files),
            inputs=(
                *(Input(f, self._digest(getattr(view, f)), origins.get(f, CONFIG)) for f in fields),
                *(self._pack_input(pack_id) for pack_id in packs),
                self._renderer,
            ),
        )

    def _pack_input(self, pack_id: PackId) -> Input:
        builtin = pack_id in {BASE_PACK, PORTFOLIO_PACK}
        origin = "omnigrid's own templates" if builtin else f"template_packs/{pack_id}/"
        return Input(f"pack {pack_id}", self._packs[pack_id].digest, origin)

    def _digest(self, value: object) -> Digest:
        """Return the digest of a value; of one that many views share, computed once."""
        known = self._seen.get(id(value))
        if known is None:
            known = self._seen[id(value)] = (value, digest_value(value))
        return known[1]


def _site_jobs(
    maker: _JobMaker,
    portfolio: Portfolio,
    brands: Sequence[Brand],
    families: Families,
    pages: PagesByBrand,
) -> Iterator[Job]:
    sectors = {sector.id: sector for sector in portfolio.sectors}
    views = site_views(portfolio, brands, families, pages)
    for brand, view in zip(brands, views, strict=True):
        yield maker.job(
            f"site:{brand.slug}",
            view,
            (*SITE_FILES, *(page.file for page in view.pages)),
            folder=f"{SITES}{brand.slug}/",
            packs=(brand.template, BASE_PACK),
            origins={
                "brand": brand.source,
                "sector": sectors[brand.sector].source,
                "pages": _sources(pages[brand.id]) or "content/ (none matches)",
                "related": "other brands of the sector",
                "address": f"{brand.source}, {CONFIG}",
            },
        )


def _sources(pages: list[Page]) -> str:
    return ", ".join(page.source for page in pages)


def _portfolio_jobs(
    maker: _JobMaker, portfolio: Portfolio, families: Families, numbers: Figures
) -> Iterator[Job]:
    packs = (PORTFOLIO_PACK,)
    everything = {
        "figures": "all files",
        "groups": "brands/, sectors/",
        "cells": "brands/, sectors/",
        "dated": "the date of the commit",
    }
    home = home_view(portfolio, families, numbers)
    yield maker.job("home", home, HOME_FILES, packs=packs, origins=everything)
    heat = heatmap_view(portfolio, families, numbers)
    yield maker.job(
        "heatmap", heat, HEATMAP_FILES, folder="heatmap/", packs=packs, origins=everything
    )
    views = sector_views(portfolio, families)
    for sector, view in zip(portfolio.sectors, views, strict=True):
        yield maker.job(
            f"sector:{sector.slug}",
            view,
            ("index.html",),
            folder=f"{SECTORS}{sector.slug}/",
            packs=packs,
            origins={"sector": sector.source, "brands": f"brands of {sector.id}"},
        )


def _api_jobs(
    maker: _JobMaker, portfolio: Portfolio, families: Families, pages: PagesByBrand
) -> Iterator[Job]:
    for sector in portfolio.sectors:
        value = api.sector_document(sector, families.of(sector.id))
        yield _document_job(maker, f"api:sectors/{sector.id}", value, sector.source)
    for brand in portfolio.brands:
        value = api.brand_document(brand, portfolio, pages[brand.id])
        yield _document_job(maker, f"api:brands/{brand.id}", value, brand.source)


def _document_job(maker: _JobMaker, name: str, value: object, origin: str) -> Job:
    path = OutPath(f"{name.replace(':', '/', 1)}.json")
    return _api_job(maker, name, ApiView(((path, value),)), origin)


def _api_job(maker: _JobMaker, name: str, view: ApiView, origin: str) -> Job:
    paths = tuple(path for path, _ in view.documents)
    return maker.job(name, view, paths, origins={"documents": origin})


def _origins(portfolio: Portfolio) -> dict[str, SourcePath]:
    """Return which input to name for a job in a message."""
    return {f"site:{brand.slug}": brand.source for brand in portfolio.brands}


def _double_claims(jobs: list[Job], origins: dict[str, SourcePath]) -> Iterator[Finding]:
    owners: dict[str, Job] = {}
    for job in jobs:
        for path in job.outputs:
            first = owners.setdefault(path.casefold(), job)
            claims = first.outputs.count(path)
            if first is not job or claims > 1:
                yield Finding(
                    code="OG204",
                    message=f'"{first.id}" and "{job.id}" both write {path}',
                    place=Place(origins.get(job.id, SourcePath(CONFIG))),
                    hint="rename one of the files that they are made from",
                )

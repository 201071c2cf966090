"""Our own packs stay far below what a pack may use, also for the busiest of brands."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from omnigrid.blueprint import Blueprint, draw_up
from omnigrid.cli.session import Session
from omnigrid.model.packs import BASE_PACK
from omnigrid.model.views import PageFacts, SiteView
from omnigrid.render.environment import pack_environment
from omnigrid.render.limits import Allowance, allowance
from omnigrid.render.meter import metered
from omnigrid.render.site import render_site

EXAMPLE = Path(__file__).parents[2]
KEYWORDS, PAGES = 40, 200
ROOM = 10
"""How many times as much as our own packs use is allowed at least."""


@pytest.fixture(scope="module")
def blueprint(tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    root = tmp_path_factory.mktemp("example")
    for name in ("sectors", "template_packs", "brands"):
        shutil.copytree(EXAMPLE / name, root / name)
    shutil.copy(EXAMPLE / "omnigrid.yaml", root)
    return draw_up(Session(root).workspace())


def busiest(view: SiteView) -> SiteView:
    """Return a site with many keywords and pages."""
    page = PageFacts(
        slug=view.brand.slug,
        file="page.html",
        title="What we were asked for",
        intent="I need somebody who reads contracts and marks the risks in them",
        date=dt.date(2026, 11, 1),
        tags=("contracts", "risks"),
        body="Some *text* of a page. " * 40,
    )
    pages = tuple(replace(page, file=f"page-{number}.html") for number in range(PAGES))
    keywords = tuple(f"keyword number {number}" for number in range(KEYWORDS))
    return replace(view, brand=replace(view.brand, keywords=keywords), pages=pages)


def tenth(given: Allowance) -> Allowance:
    """Return a tenth of an allowance."""
    shares = (given.steps, given.steps_of_a_file, given.output, given.code)
    return Allowance(*(share // ROOM for share in shares))


def test_no_pack_of_ours_takes_a_tenth_of_what_it_may(blueprint: Blueprint) -> None:
    views: dict[str, SiteView] = {}
    for job in blueprint.plan.jobs:
        view = blueprint.views.of(job.id)
        if isinstance(view, SiteView):
            views.setdefault(view.brand.template, view)
    base = blueprint.packs[BASE_PACK]
    assert len(views) == 8
    for template, plain in views.items():
        pack = blueprint.packs[plain.brand.template]
        for view in (plain, busiest(plain)):
            given = allowance(len(view.pages), sum(len(page.body) for page in view.pages))
            with metered(pack_environment(pack, base).meter, tenth(given)):
                assert render_site(view, pack, base), template

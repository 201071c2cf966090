"""A site of a small portfolio, rendered in process with the real base pack."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from omnigrid.model.files import ConfigFile
from omnigrid.model.names import JobId
from omnigrid.model.packs import BASE_PACK, Packs
from omnigrid.model.plan import PLAIN, Artifact, Edition
from omnigrid.model.portfolio import Page
from omnigrid.model.views import SiteView
from omnigrid.packs.local import builtin_pack
from omnigrid.plan.jobs import plan_sites
from omnigrid.render.jobs import render_job
from omnigrid.render.minify import minifier
from support.values import brand, packs, page, portfolio, views

INDEX = """{% extends "base/layout.html" %}
{% block main %}<h1>{{ brand.name }}</h1> <p>{{ brand.tagline }}</p>{% endblock %}
"""
ADDRESS = "https://spade.example/"
DATED = page("dated", date=dt.date(2026, 5, 4), tags=("a", "b"), intent="Who digs?")
LINES = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\n"),
    min_size=1,
    max_size=40,
)
"""What an editor may write on a line, and more."""


def real_packs(index: str = INDEX) -> Packs:
    """Return a plain pack on the base that sites really have."""
    return packs(index) | {BASE_PACK: builtin_pack(BASE_PACK)}


def rendered(
    *pages: Page,
    config: ConfigFile | None = None,
    release: bool = False,
    index: str = INDEX,
    **facts: Any,
) -> dict[str, bytes]:
    """Return the files of the site of the brand Spade, which has these pages, by their names."""
    given = _portfolio(*pages, config=config, **facts)
    seen, using = views(given), real_packs(index)
    edition = Edition(minifier()) if release else PLAIN
    job = next(j for j in plan_sites(seen, using, "1", edition).plan.jobs if j.id == "site:spade")
    made = render_job(job, seen.of(job.id), using)
    assert isinstance(made, Artifact), made
    return {
        path.removeprefix(job.folder): data
        for path, data in made.files
        if path.startswith(job.folder)
    }


def site_view(*pages: Page, config: ConfigFile | None = None, **facts: Any) -> SiteView:
    """Return the view of the same site."""
    view = views(_portfolio(*pages, config=config, **facts)).of(JobId("site:spade"))
    assert isinstance(view, SiteView)
    return view


def _portfolio(*pages: Page, config: ConfigFile | None, **facts: Any) -> Any:
    spade = brand(1, facts.pop("name", "Spade"), slug="spade", **facts)
    config = config or ConfigFile(name="Test brands")
    return portfolio(spade, brand(2, "Rake"), pages=pages, config=config)

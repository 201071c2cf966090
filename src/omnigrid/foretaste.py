"""A foretaste of the next build: the sites that somebody looks at, rendered before all else.

By the same readings, views and templates as the build that follows and has the last word: it
alone matches intents anew, checks the rules between files, and writes.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from omnigrid.blueprint import views_of
from omnigrid.check.recheck import recheck
from omnigrid.load.retouched import RetouchedTree
from omnigrid.model.matching import Matches
from omnigrid.model.names import OutPath, Slug, SourcePath
from omnigrid.model.packs import PACKS_FOLDER, Packs
from omnigrid.model.plan import Artifact
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.source import Reading
from omnigrid.model.tree import FileTree
from omnigrid.packs.local import read_packs
from omnigrid.plan.cards import SITES
from omnigrid.plan.jobs import SiteJobs
from omnigrid.plan.sites import pages_by_brand
from omnigrid.plan.views import Views
from omnigrid.reading import read_again
from omnigrid.render.jobs import render_job
from omnigrid.render.version import renderer_version
from omnigrid.survey import Survey
from omnigrid.workspace import Workspace, mount

MOST = 16
"""Sites that are rendered ahead."""


class Known(Struct, frozen=True):
    """A portfolio that was built: what its files say, and what follows from that."""

    readings: Mapping[SourcePath, Reading]
    versions: Mapping[SourcePath, str]
    views: Views
    packs: Packs
    index: Path | None
    """A file where the index is kept that matches intents with brands."""
    seconds: float
    """How long it took to build all this."""


def foretaste(
    workspace: Workspace, known: Known, touched: Collection[SourcePath], looked_at: Collection[str]
) -> dict[OutPath, bytes]:
    """Return the files of the sites that are looked at, as the next build will make them.

    ``touched`` are the files that changed since ``known``, and ``looked_at`` the paths of pages.
    Nothing where that cannot be told without a whole build, or where a template fails.
    """
    last = known.views.portfolio
    wanted = sites_of(looked_at)
    wanted &= {brand.slug for brand in last.brands} if wanted else set()
    if not wanted:
        return {}
    tree: FileTree = RetouchedTree(workspace.root, known.versions, touched)
    changed = read_again(tree, touched)
    if changed is None:
        return {}
    portfolio = recheck(last, known.readings, changed, workspace.today, drafts=workspace.drafts)
    if portfolio is None or _asks(portfolio) != _asks(last):
        return {}
    packs = known.packs
    if any(path.startswith(PACKS_FOLDER) for path in touched):
        tree = mount(tree, workspace.supply)
        packs = read_packs(tree, portfolio.packs)
    return _rendered(tree, portfolio, packs, known.views.matches, sorted(wanted)[:MOST])


def _rendered(
    tree: FileTree, portfolio: Portfolio, packs: Packs, matches: Matches, wanted: Collection[Slug]
) -> dict[OutPath, bytes]:
    pages = pages_by_brand(portfolio, matches)
    views = views_of(tree, Survey(portfolio, matches, pages, ()), None)
    jobs = SiteJobs(views, packs, renderer_version())
    made = [render_job(job, views.of(job.id), packs) for job in map(jobs.job, wanted)]
    return {p: data for each in made if isinstance(each, Artifact) for p, data in each.files}


def sites_of(paths: Collection[str]) -> set[Slug]:
    """Return the sites to which pages belong, by their paths from the root."""
    parts = (path.lstrip("/").split("/") for path in paths)
    return {Slug(part[1]) for part in parts if len(part) > 2 and f"{part[0]}/" == SITES}


def _asks(portfolio: Portfolio) -> list[Any]:
    """Return what decides where pages go, beside the brands."""
    pages = portfolio.pages
    return [(p.source, p.brand, p.intent, p.sector, p.template, p.priority) for p in pages]

"""The blueprint, from top to bottom: a portfolio's files in, all that a build needs to know out."""

from functools import partial
from pathlib import Path

from msgspec import Struct

from omnigrid.finder import Finder
from omnigrid.load.compiled import CompiledTemplates
from omnigrid.load.locate import locate
from omnigrid.load.pictures import read_picture
from omnigrid.load.portfolio import read_body
from omnigrid.model.findings import Diagnostic
from omnigrid.model.matching import Matches
from omnigrid.model.packs import Packs
from omnigrid.model.plan import PLAIN, Edition, Plan
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.tree import FileTree
from omnigrid.packs.local import read_packs
from omnigrid.plan.gallery import Studio
from omnigrid.plan.jobs import plan_sites
from omnigrid.plan.views import NOTHING_SAID, Said, Views
from omnigrid.render.environment import keep_compiled
from omnigrid.render.minify import minifier
from omnigrid.render.studio import missing_maker, picture_maker
from omnigrid.render.version import renderer_version
from omnigrid.run.collecting import uncollected
from omnigrid.run.executors import Executor
from omnigrid.survey import Begun, Survey, refused, survey_workspace
from omnigrid.workspace import Workspace, program_version


class Blueprint(Struct, frozen=True):
    """Everything that is known before anything is rendered."""

    portfolio: Portfolio
    matches: Matches
    packs: Packs
    plan: Plan
    views: Views
    warnings: tuple[Diagnostic, ...]


@uncollected()
def draw_up(
    workspace: Workspace, executor: Executor | None = None, begun: Begun | None = None
) -> Blueprint:
    """Return the plan of a portfolio, with all that it follows from. Raises InputError."""
    edition = Edition(minifier()) if workspace.release else PLAIN
    seen = survey_workspace(workspace, executor, begun)
    tree, portfolio = workspace.tree, seen.portfolio
    if missing := missing_maker(portfolio.config.images):
        raise refused(tree, missing)
    if workspace.cache:
        keep_compiled(CompiledTemplates(workspace.cache / "templates", program_version()))
    packs = read_packs(tree, portfolio.packs)
    warnings = locate(tree, seen.warnings)
    said = Said(warnings, tuple(renderer_version().split(", ")))
    views = views_of(tree, seen, workspace.memory.index, said)
    plan = _plan(workspace, seen, views, packs, edition)
    return Blueprint(portfolio, seen.matches, packs, plan, views, warnings)


def _plan(workspace: Workspace, seen: Survey, views: Views, packs: Packs, edition: Edition) -> Plan:
    """Return the plan, and keep of it what the next run may need. Raises InputError."""
    known = workspace.plans.known()
    plan, claims, sectors = plan_sites(views, packs, renderer_version(), edition, known)
    if claims:
        raise refused(workspace.tree, (*seen.warnings, *claims))
    if sectors.keys() != known.keys():
        workspace.plans.keep(sectors)
    return plan


def views_of(tree: FileTree, seen: Survey, index: Path | None, said: Said = NOTHING_SAID) -> Views:
    """Return what gives the view of every job, from what the files mean.

    ``index`` is a file where the index is kept that matches intents with brands.
    """
    portfolio = seen.portfolio
    finder, bodies = Finder(portfolio, index), partial(read_body, tree)
    studio = Studio(picture_maker(portfolio.config.images), partial(read_picture, tree))
    return Views(portfolio, seen.matches, seen.pages, finder, bodies, studio=studio, said=said)

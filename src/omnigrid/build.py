"""The build, from top to bottom: what a portfolio means in, `build/` out."""

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from omnigrid.load.locate import locate
from omnigrid.match.index import index_brands
from omnigrid.model.findings import Diagnostic
from omnigrid.model.manifest import BuildResult
from omnigrid.model.matching import Matches, MatchIndex
from omnigrid.model.packs import Packs
from omnigrid.model.plan import Artifact, Failure, Plan, StaleJob
from omnigrid.model.portfolio import Portfolio
from omnigrid.output.folder import open_build
from omnigrid.packs.local import read_packs
from omnigrid.plan.jobs import plan_sites
from omnigrid.plan.stale import stale_jobs
from omnigrid.render.jobs import render_job
from omnigrid.render.version import renderer_version
from omnigrid.run.executors import Executor
from omnigrid.survey import GENERATOR, Workspace, refused, survey_workspace

Progress = Callable[[int, int], None]
"""Called with how many jobs are done, and of how many."""


class Blueprint(Struct, frozen=True):
    """Everything that is known before anything is rendered."""

    portfolio: Portfolio
    index: MatchIndex
    matches: Matches
    packs: Packs
    plan: Plan
    warnings: tuple[Diagnostic, ...]


class Built(Struct, frozen=True):
    """A build and what it was made from."""

    blueprint: Blueprint
    stale: tuple[StaleJob, ...]
    result: BuildResult


def draw_up(workspace: Workspace) -> Blueprint:
    """Return the plan of a portfolio, with all that it follows from. Raises InputError."""
    seen = survey_workspace(workspace)
    index = index_brands(seen.portfolio)
    packs = read_packs(workspace.tree, seen.portfolio.packs)
    plan, claims = plan_sites(seen.portfolio, seen.matches, index, packs, renderer_version())
    if claims:
        raise refused(workspace.tree, (*seen.warnings, *claims))
    warnings = locate(workspace.tree, seen.warnings)
    return Blueprint(seen.portfolio, index, seen.matches, packs, plan, warnings)


def build_portfolio(workspace: Workspace, executor: Executor, progress: Progress) -> Built:
    """Bring the build folder to what the portfolio says, rendering only what is stale.

    Raises InputError where the input has faults (then nothing is written) or a template fails
    (then all other jobs are written), and Transient where the disk refuses.
    """
    return render_blueprint(workspace, draw_up(workspace), executor, progress)


def render_blueprint(
    workspace: Workspace, blueprint: Blueprint, executor: Executor, progress: Progress
) -> Built:
    """Bring the build folder to what a blueprint says; errors as ``build_portfolio``."""
    with open_build(workspace.out) as folder:
        stale = stale_jobs(blueprint.plan, folder.manifest, folder.damage)
        render = partial(render_job, packs=blueprint.packs)
        results = executor.run(render, (each.job for each in stale))
        watched = _watched(results, len(stale), progress)
        result, failures = folder.write(blueprint.plan, watched, GENERATOR)
    if failures:
        raise refused(workspace.tree, tuple(failure.finding for failure in failures))
    return Built(blueprint, stale, result)


def _watched(
    results: Iterator[Artifact | Failure], total: int, progress: Progress
) -> Iterator[Artifact | Failure]:
    for done, result in enumerate(results, start=1):
        yield result
        progress(done, total)

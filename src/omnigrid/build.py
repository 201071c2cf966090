"""The build, from top to bottom: files in, `build/` out."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct

from omnigrid import __version__
from omnigrid.check.portfolio import check_portfolio
from omnigrid.load.disk import DiskTree
from omnigrid.load.locate import locate
from omnigrid.load.portfolio import read_portfolio
from omnigrid.match.index import index_brands
from omnigrid.match.placing import match_intents, unmatched_findings
from omnigrid.model.errors import InputError
from omnigrid.model.findings import Diagnostic, Finding, Severity
from omnigrid.model.manifest import BuildResult
from omnigrid.model.matching import Matches, MatchIndex
from omnigrid.model.packs import Packs
from omnigrid.model.plan import Artifact, Failure, Plan, StaleJob
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.source import Revision
from omnigrid.output.folder import open_build
from omnigrid.packs.local import read_packs
from omnigrid.plan.jobs import plan_sites
from omnigrid.plan.stale import stale_jobs
from omnigrid.render.jobs import render_job
from omnigrid.render.version import renderer_version
from omnigrid.run.executors import Executor

GENERATOR = f"omnigrid {__version__}"
Progress = Callable[[int, int], None]
"""Called with how many jobs are done, and of how many."""


class Workspace(Struct, frozen=True):
    """Where a run works: the portfolio's folder, the build folder, both absolute, and which state
    of the portfolio's repository it is."""

    root: Path
    out: Path
    revision: Revision


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


def load_portfolio(workspace: Workspace) -> tuple[Portfolio, tuple[Finding, ...]]:
    """Return the checked portfolio and its warnings.

    Raises InputError with every diagnostic when anything is wrong.
    """
    date = workspace.revision.date
    checked = check_portfolio(
        read_portfolio(DiskTree(workspace.root)), date.date() if date else None
    )
    if checked.portfolio is None:
        raise _refused(workspace.root, checked.findings)
    return checked.portfolio, checked.findings


def draw_up(workspace: Workspace) -> Blueprint:
    """Return the plan of a portfolio, with all that it follows from. Raises InputError."""
    portfolio, findings = load_portfolio(workspace)
    index = index_brands(portfolio)
    matches = match_intents(portfolio, index)
    packs = read_packs(workspace.root, portfolio.packs)
    plan, claims = plan_sites(portfolio, matches, index, packs, renderer_version())
    findings = (*findings, *unmatched_findings(matches), *claims)
    if claims:
        raise _refused(workspace.root, findings)
    warnings = locate(DiskTree(workspace.root), findings)
    return Blueprint(portfolio, index, matches, packs, plan, warnings)


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
        raise _refused(workspace.root, tuple(failure.finding for failure in failures))
    return Built(blueprint, stale, result)


def _watched(
    results: Iterator[Artifact | Failure], total: int, progress: Progress
) -> Iterator[Artifact | Failure]:
    for done, result in enumerate(results, start=1):
        yield result
        progress(done, total)


def _refused(root: Path, findings: tuple[Finding, ...]) -> InputError:
    diagnostics = locate(DiskTree(root), findings)
    errors = sum(1 for each in diagnostics if each.severity is Severity.ERROR)
    files = len({each.path for each in diagnostics if each.severity is Severity.ERROR})
    found = f"{errors} {'fault' if errors == 1 else 'faults'} in {files} "
    return InputError(
        found + ("file" if files == 1 else "files"),
        "mend what is listed above and run this again; nothing was published",
        diagnostics,
    )

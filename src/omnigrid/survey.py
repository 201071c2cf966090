"""The survey, from top to bottom: files in, what they mean out. The other stories begin here."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct

from omnigrid.check.needs import check_needs
from omnigrid.check.portfolio import check_portfolio
from omnigrid.load.locate import locate
from omnigrid.load.memory import Memory
from omnigrid.load.overrides import NO_OVERRIDES, Overrides, attribute
from omnigrid.match.placing import match_intents, moved_findings, unmatched_findings
from omnigrid.matching import matcher_of
from omnigrid.model.errors import InputError
from omnigrid.model.findings import Diagnostic, Finding, Severity
from omnigrid.model.matching import Matches
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.source import Readings
from omnigrid.model.tree import FileTree
from omnigrid.output.intents import last_matches
from omnigrid.plan.destinations import destinations_of
from omnigrid.plan.sites import PagesByBrand, page_clashes, pages_by_brand
from omnigrid.reading import read_files
from omnigrid.run.collecting import uncollected
from omnigrid.run.executors import Executor
from omnigrid.standing import last_verdict
from omnigrid.workspace import Workspace


class Survey(Struct, frozen=True):
    """What a portfolio's files mean, and which brand each page goes to."""

    portfolio: Portfolio
    matches: Matches
    pages: PagesByBrand
    warnings: tuple[Finding, ...]


Begun = Callable[[], Readings]
"""Who ends a reading of all files that has begun already."""


def survey_workspace(
    workspace: Workspace, executor: Executor | None = None, begun: Begun | None = None
) -> Survey:
    """Return what the files of a workspace mean. Raises InputError with every diagnostic."""
    return survey(
        workspace.tree,
        workspace.today,
        workspace.overrides,
        workspace.memory,
        executor,
        begun=begun,
        drafts=workspace.drafts,
    )


def survey(
    tree: FileTree,
    today: dt.date | None,
    overrides: Overrides = NO_OVERRIDES,
    memory: Memory | None = None,
    executor: Executor | None = None,
    *,
    begun: Begun | None = None,
    doubts: bool = True,
    drafts: bool = False,
) -> Survey:
    """Return what the files of a tree mean; those that ``memory`` knows are not read again.

    Drafts and expired pages are left out, unless ``drafts`` are wanted.
    Its warnings may lack the breaches of rules, which take time, where no ``doubts`` are wanted.
    Raises InputError with every diagnostic.
    """
    readings = begun() if begun else read_files(tree, overrides, memory, executor)
    portfolio, findings = _checked(readings, tree, today, overrides, doubts=doubts, drafts=drafts)
    index = memory.index if memory else None
    matches = match_intents(portfolio, partial(matcher_of, portfolio, index))
    pages = pages_by_brand(portfolio, matches)
    clashes = (*page_clashes(pages), *destinations_of(portfolio, Path("/")).findings)
    gaps = check_needs(portfolio, pages) if doubts else ()
    findings = (*findings, *unmatched_findings(matches), *gaps, *clashes)
    if clashes:
        raise refused(tree, findings)
    return Survey(portfolio, matches, pages, findings)


def read_portfolio(workspace: Workspace) -> Portfolio:
    """Return the portfolio of a workspace alone, where no page has to find its brand.

    Raises InputError with every diagnostic.
    """
    tree, today = workspace.tree, workspace.today
    readings = read_files(tree, workspace.overrides, workspace.memory)
    overrides, drafts = workspace.overrides, workspace.drafts
    return _checked(readings, tree, today, overrides, doubts=False, drafts=drafts)[0]


def _checked(
    readings: Readings,
    tree: FileTree,
    today: dt.date | None,
    overrides: Overrides,
    *,
    doubts: bool,
    drafts: bool,
) -> tuple[Portfolio, tuple[Finding, ...]]:
    portfolio, found = check_portfolio(readings, today, doubts=doubts, drafts=drafts)
    if portfolio is None:
        every = found if doubts else check_portfolio(readings, today).findings
        raise refused(tree, attribute(every, overrides))
    return portfolio, attribute(found, overrides)


def diagnose(workspace: Workspace, executor: Executor | None = None) -> tuple[Diagnostic, ...]:
    """Return every diagnostic of a portfolio, and keep them for as long as no file changes."""
    found = _diagnostics(workspace, executor)
    last_verdict(workspace).keep(found)
    return found


@uncollected()
def _diagnostics(workspace: Workspace, executor: Executor | None) -> tuple[Diagnostic, ...]:
    try:
        seen = survey_workspace(workspace, executor)
        moved = moved_findings(seen.portfolio, seen.matches, last_matches(workspace.out))
        return locate(workspace.tree, (*seen.warnings, *moved))
    except InputError as error:
        if not error.diagnostics:
            raise
        return error.diagnostics


def refused(tree: FileTree, findings: tuple[Finding, ...]) -> InputError:
    """Return the error that shows all findings, each at its line and column."""
    diagnostics = locate(tree, findings)
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    files = len({each.path for each in errors})
    return InputError(
        f"{len(errors)} {'fault' if len(errors) == 1 else 'faults'} "
        f"in {files} {'file' if files == 1 else 'files'}",
        "mend what is listed above and run this again; nothing was published",
        diagnostics,
    )

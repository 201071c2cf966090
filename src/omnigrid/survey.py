"""The survey, from top to bottom: files in, what they mean out. The other stories begin here."""

import datetime as dt
from pathlib import Path

from msgspec import Struct

from omnigrid import __version__
from omnigrid.check.portfolio import check_portfolio
from omnigrid.load.disk import DiskTree
from omnigrid.load.locate import locate
from omnigrid.load.overrides import NO_OVERRIDES, Overrides, attribute, override
from omnigrid.load.portfolio import Known, read_portfolio
from omnigrid.load.verdict import Verdicts
from omnigrid.match.placing import match_intents, unmatched_findings
from omnigrid.model.errors import InputError
from omnigrid.model.findings import Diagnostic, Finding, Severity
from omnigrid.model.matching import Matches
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.source import Revision
from omnigrid.model.tree import FileTree
from omnigrid.plan.sites import PagesByBrand, page_clashes, pages_by_brand

GENERATOR = f"omnigrid {__version__}"


class Workspace(Struct, frozen=True):
    """Where a run works: the portfolio's folder and the build folder, both absolute.

    ``revision`` is the state of the portfolio's repository.
    """

    root: Path
    out: Path
    revision: Revision
    overrides: Overrides = NO_OVERRIDES
    """Values of the configuration that the environment overrides."""

    @property
    def tree(self) -> DiskTree:
        """The portfolio's files as they are now."""
        return DiskTree(self.root)

    @property
    def today(self) -> dt.date | None:
        """The day that counts as today: that of the source commit."""
        return self.revision.date.date() if self.revision.date else None

    @property
    def state(self) -> Path:
        """What omnigrid keeps for itself; may be deleted."""
        return self.root / ".omnigrid"


class Survey(Struct, frozen=True):
    """What a portfolio's files mean, and which brand each page goes to."""

    portfolio: Portfolio
    matches: Matches
    pages: PagesByBrand
    warnings: tuple[Finding, ...]


def survey_workspace(workspace: Workspace) -> Survey:
    """Return what the files of a workspace mean. Raises InputError with every diagnostic."""
    return survey(workspace.tree, workspace.today, workspace.overrides)


def survey(
    tree: FileTree,
    today: dt.date | None,
    overrides: Overrides = NO_OVERRIDES,
    known: Known | None = None,
) -> Survey:
    """Return what the files of a tree mean; those in ``known`` are not parsed again.

    Raises InputError with every diagnostic.
    """
    portfolio, findings = check_portfolio(override(read_portfolio(tree, known), overrides), today)
    findings = attribute(findings, overrides)
    if portfolio is None:
        raise refused(tree, findings)
    matches = match_intents(portfolio)
    pages = pages_by_brand(portfolio, matches)
    clashes = tuple(page_clashes(pages))
    findings = (*findings, *unmatched_findings(matches), *clashes)
    if clashes:
        raise refused(tree, findings)
    return Survey(portfolio, matches, pages, findings)


def diagnose(workspace: Workspace) -> tuple[Diagnostic, ...]:
    """Return every diagnostic of a portfolio; from memory when none of its files changed."""
    verdicts = Verdicts(workspace.state / "cache" / "verdict.json")
    question = f"{GENERATOR}, {workspace.today}, {sorted(workspace.overrides.items())}"
    with verdicts.about(workspace.tree, question) as verdict:
        if verdict.known is None:
            verdict.learn(_diagnostics(workspace))
    return verdict.known or ()


def _diagnostics(workspace: Workspace) -> tuple[Diagnostic, ...]:
    try:
        return locate(workspace.tree, survey_workspace(workspace).warnings)
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

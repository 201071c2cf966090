"""`omnigrid check`"""

from pathlib import Path

import click

from omnigrid.cli.diagnostics import concise_text, full_text, summary
from omnigrid.cli.packing import offline_option
from omnigrid.cli.session import Session
from omnigrid.model.findings import Diagnostic, Severity
from omnigrid.run.executors import Executor
from omnigrid.standing import last_verdict
from omnigrid.workspace import Workspace

FORMATS = ("full", "concise", "json", "github", "sarif", "junit")


@click.command("check")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="full",
    help="How faults are shown: with their source line, one a line, or for other programs.",
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@offline_option
@click.pass_context
def command(ctx: click.Context, form: str, strict: bool) -> None:
    """Find every fault in the portfolio's files, all at once. Writes nothing.

    Ends with exit code 1 when there are errors.
    """
    session: Session = ctx.obj
    diagnostics = _diagnostics(session.workspace(), session.executor())
    _show(session, form, diagnostics)
    failed = any(strict or each.severity is Severity.ERROR for each in diagnostics)
    session.say(summary(diagnostics) + ("" if failed else ": the portfolio can be built"))
    ctx.exit(1 if failed else 0)


def _diagnostics(workspace: Workspace, executor: Executor) -> tuple[Diagnostic, ...]:
    known = last_verdict(workspace).known()
    if known is not None:
        return known
    from omnigrid.survey import diagnose

    return diagnose(workspace, executor)


def _show(session: Session, form: str, diagnostics: tuple[Diagnostic, ...]) -> None:
    match form:
        case "full" | "concise":
            text = full_text if form == "full" else concise_text
            for diagnostic in diagnostics:
                session.show(text(diagnostic) + ("\n" if form == "full" else ""))
        case "json":
            session.show_json({"diagnostics": diagnostics})
        case _:
            session.show(_exported(form, diagnostics, _prefix(session)))


def _exported(form: str, diagnostics: tuple[Diagnostic, ...], prefix: str) -> str:
    if form == "github":
        from omnigrid.cli.formats.github import github_text as text
    elif form == "sarif":
        from omnigrid.cli.formats.sarif import sarif_text as text
    else:
        from omnigrid.cli.formats.junit import junit_text as text
    return text(diagnostics, prefix)


def _prefix(session: Session) -> str:
    """Return the way from the repository to the portfolio: where a report's paths begin."""
    root = session.root.resolve()
    base = Path(session.environment.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    if root == base or not root.is_relative_to(base):
        return ""
    return f"{root.relative_to(base).as_posix()}/"

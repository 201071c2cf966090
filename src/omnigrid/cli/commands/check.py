"""`omnigrid check`"""

import click

from omnigrid.build import draw_up
from omnigrid.cli.diagnostics import concise_text, full_text, summary
from omnigrid.cli.session import Session
from omnigrid.cli.tables import counted
from omnigrid.model.errors import InputError
from omnigrid.model.findings import Diagnostic, Severity

FORMATS = ("full", "concise", "json")


@click.command("check")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="full",
    help="How faults are shown: with their source line, one a line, or as JSON.",
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.pass_context
def command(ctx: click.Context, form: str, strict: bool) -> None:
    """Find every fault in the portfolio's files, all at once. Writes nothing.

    Ends with exit code 1 when there are errors.
    """
    session: Session = ctx.obj
    sound, diagnostics = _diagnose(session)
    if form == "json":
        session.show_json({"diagnostics": diagnostics})
    else:
        text = full_text if form == "full" else concise_text
        for diagnostic in diagnostics:
            session.show(text(diagnostic) + ("\n" if form == "full" else ""))
    failed = not sound or (strict and bool(diagnostics))
    session.say(summary(diagnostics) + ("" if failed else ": the portfolio can be built"))
    ctx.exit(1 if failed else 0)


def _diagnose(session: Session) -> tuple[bool, tuple[Diagnostic, ...]]:
    try:
        blueprint = draw_up(session.workspace())
    except InputError as error:
        if not error.diagnostics:
            raise
        return False, error.diagnostics
    found = blueprint.warnings
    session.detail(f"{counted(len(blueprint.plan.jobs), 'job')} planned")
    return all(each.severity is not Severity.ERROR for each in found), found

"""`omnigrid reconcile`"""

import click

from omnigrid.cli.outcomes import exit_code, report
from omnigrid.cli.publishing import publish_now
from omnigrid.cli.session import Session
from omnigrid.cli.targets import target_option, unknown_option
from omnigrid.model.journal import Reason
from omnigrid.model.publishing import Wanted
from omnigrid.publish import Options


@click.command("reconcile")
@target_option
@click.option("--dry-run", is_flag=True, help="Show the plan and change nothing.")
@click.option(
    "--overwrite", is_flag=True, help="Put back files of ours that somebody changed there by hand."
)
@unknown_option
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    target: str,
    dry_run: bool,
    overwrite: bool,
    allow_unknown: bool,
    as_json: bool,
) -> None:
    """Bring every target to what the portfolio says, whatever happened to it.

    What is missing is made, what is out of date is updated. What somebody changed there by hand is
    named, and put back only with --overwrite, by a new commit: theirs stays in the history. Files
    that are not ours are kept.
    """
    session: Session = ctx.obj
    options = Options(
        Wanted(target, staging=True),
        dry_run,
        overwrite=overwrite,
        allow_unknown=allow_unknown,
        reason=Reason.DRIFT,
    )
    workspace = session.workspace()
    published = publish_now(session, workspace, options, session.executor(), as_json=as_json)
    report(session, published, as_json)
    ctx.exit(exit_code(session, published))

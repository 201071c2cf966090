"""`omnigrid rollback`"""

import click

from omnigrid.cli.publishing import go_back
from omnigrid.cli.session import Session
from omnigrid.cli.targets import target_option
from omnigrid.hosting.commit_tree import find_commit
from omnigrid.model.publishing import Wanted
from omnigrid.rollback import Back


@click.command("rollback")
@click.option(
    "--to",
    "commit",
    required=True,
    metavar="COMMIT",
    help="A commit of the portfolio: its id, a tag, HEAD~1.",
)
@target_option
@click.option("--dry-run", is_flag=True, help="Say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_context
def command(ctx: click.Context, commit: str, target: str, dry_run: bool, as_json: bool) -> None:
    """Publish again what was published from an older commit of the portfolio.

    Each target gets one new commit, whose files are those of then; its history stays. A target
    that was not published from that commit gets what was published last before it. The portfolio
    itself is left as it is: the next publish goes forward again.
    """
    session: Session = ctx.obj
    found = find_commit(session.root.resolve(), commit, session.environment)
    ctx.exit(go_back(session, Wanted(target), Back(found, dry_run), as_json=as_json))

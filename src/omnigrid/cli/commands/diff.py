"""`omnigrid diff`"""

import click

from omnigrid.cli.difference import markdown, text
from omnigrid.cli.packing import offline_option
from omnigrid.cli.session import Session
from omnigrid.diff import State, compare_states
from omnigrid.hosting.commit_tree import CommitTree, branching_point, find_commit
from omnigrid.workspace import mount

FORMATS = ("text", "markdown", "json")


@click.command("diff")
@click.argument("base", default="")
@click.argument("head", default="")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="For a terminal, for a comment on a pull request, or as JSON.",
)
@offline_option
@click.pass_obj
def command(session: Session, base: str, head: str, form: str) -> None:
    """Say what a change does to the portfolio: brands, matches, sites.

    BASE is a branch or commit; by default the one where this branch left the main branch. HEAD is
    another; by default the files as they are now. Nothing is checked out.
    """
    workspace = session.workspace()
    sides = _base(session, base), _head(session, head)
    difference = compare_states(*sides, workspace.today, workspace.memory, session.executor())
    if form == "json":
        session.show_json({"difference": difference})
    else:
        session.show(text(difference) if form == "text" else markdown(difference).rstrip())


def _base(session: Session, name: str) -> State:
    workspace, environment = session.workspace(), session.environment
    commit = (
        find_commit(workspace.root, name, environment)
        if name
        else branching_point(workspace.root, environment)
    )
    return State(
        name or commit[:10],
        mount(CommitTree(workspace.root, commit, environment), workspace.supply),
    )


def _head(session: Session, name: str) -> State:
    if name:
        return _base(session, name)
    return State("your files", session.workspace().tree)

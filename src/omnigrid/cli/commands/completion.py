"""`omnigrid completion`"""

import click
from click.shell_completion import get_completion_class

from omnigrid.cli.session import Session

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands and options in SHELL.

    For bash, put this line into ~/.bashrc:   eval "$(omnigrid completion bash)"
    """
    session: Session = ctx.obj
    found = get_completion_class(shell)
    assert found is not None  # noqa: S101  (click knows the shells that we offer)
    root = ctx.find_root().command
    session.show(found(root, {}, "omnigrid", "_OMNIGRID_COMPLETE").source())

"""The options of all commands that write to targets."""

import click

from omnigrid.model.journal import Reason

target_option = click.option(
    "--target", default="", metavar="NAME", help="Only this target, by its name."
)
reason_option = click.option(
    "--reason",
    type=click.Choice([each.value for each in Reason]),
    default=Reason.MANUAL.value,
    help="Why, for the journal. Default: manual.",
)
unknown_option = click.option(
    "--allow-unknown",
    is_flag=True,
    help="Publish over what was made from a commit that this clone does not know.",
)

"""The option that makes pages those of a release."""

import click

release_option = click.option(
    "--release",
    is_flag=True,
    help="Make pages small and sealed by digests, for a web server: they open from no folder.",
)

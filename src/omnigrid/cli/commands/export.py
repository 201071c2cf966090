"""`omnigrid export`"""

from pathlib import Path

import click

from omnigrid.cli.packing import offline_option
from omnigrid.cli.session import Session
from omnigrid.plan.registries import registries
from omnigrid.render.data import pretty_json
from omnigrid.survey import read_portfolio


@click.command("export")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="registries",
    show_default=True,
    help="The folder to write to.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the registries instead.")
@offline_option
@click.pass_obj
def command(session: Session, out: Path, as_json: bool) -> None:
    """Write the JSON registries that other systems read: brands, sectors, templates, API."""
    found = registries(read_portfolio(session.workspace()))
    if as_json:
        session.show_json({"registries": found})
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, value in found.items():
        (out / name).write_bytes(pretty_json(value))
        session.show(str(out / name))

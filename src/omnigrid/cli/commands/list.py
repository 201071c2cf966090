"""`omnigrid list`"""

import click

from omnigrid.blueprint import draw_up
from omnigrid.cli.catalogue import CATALOGUE
from omnigrid.cli.kinds import KindName
from omnigrid.cli.packing import offline_option
from omnigrid.cli.session import Session
from omnigrid.cli.tables import columns


@click.command("list")
@click.argument("kind", type=KindName())
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@offline_option
@click.pass_obj
def command(session: Session, kind: str, as_json: bool) -> None:
    """List all brands, sectors, packs or intents, one a line."""
    blueprint = draw_up(session.workspace())
    header, items = CATALOGUE[kind].header, CATALOGUE[kind].items(blueprint)
    if as_json:
        rows = [dict(zip(header, item.row, strict=True)) for item in items]
        session.show_json({f"{kind}s": rows})
    elif items:
        session.show(columns([item.row for item in items], header))
    else:
        session.say(f"this portfolio has no {kind} yet")

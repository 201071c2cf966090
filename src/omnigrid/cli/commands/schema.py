"""`omnigrid schema`"""

from pathlib import Path

import click

from omnigrid.check.schemas import SCHEMAS_FOLDER, schema_path, schema_text
from omnigrid.cli.session import Session
from omnigrid.model.formats import FORMATS

_BY_NAME = {form.name: form for form in FORMATS}


@click.command("schema")
@click.argument("name", type=click.Choice(list(_BY_NAME)), required=False)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write to. Default: schemas/ in the portfolio.",
)
@click.pass_obj
def command(session: Session, name: str | None, out: Path | None) -> None:
    """Print the JSON Schema of one kind of file, or write those of all.

    Editors that know YAML check and complete a portfolio's files by them.
    """
    if name and out is None:
        session.show(schema_text(_BY_NAME[name]).rstrip("\n"))
        return
    folder = out or session.root / SCHEMAS_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for form in FORMATS if name is None else [_BY_NAME[name]]:
        target = folder / Path(schema_path(form.name)).name
        target.write_text(schema_text(form), encoding="utf-8")
        session.show(str(target))

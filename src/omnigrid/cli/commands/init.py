"""`omnigrid init`"""

from pathlib import Path

import click

from omnigrid.check.schemas import editor_settings, schema_files
from omnigrid.cli.session import Session
from omnigrid.cli.tables import counted
from omnigrid.model.errors import Conflict
from omnigrid.starter import starter_files


@click.command("init")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.pass_obj
def command(session: Session, directory: Path) -> None:
    """Make a new portfolio in DIRECTORY that builds at once. Overwrites nothing."""
    folder = session.root / directory
    files = {path: source.read_bytes() for path, source in starter_files().items()}
    files |= {path: text.encode() for path, text in schema_files().items()}
    taken = sorted(path for path in files if (folder / path).exists())
    if taken:
        raise Conflict(
            f"{folder.resolve()} already has {', '.join(taken[:3])}{', …' if taken[3:] else ''}",
            "nothing was written; name an empty folder: `omnigrid init my-brands`",
        )
    # Settings of an editor are taste: where there are some, they stay.
    settings = {p: t.encode() for p, t in editor_settings().items() if not (folder / p).exists()}
    files |= settings
    for path, data in files.items():
        _write(folder / path, data)
    session.say(f"{counted(len(files), 'file')} written; a portfolio of three brands")
    session.say(f"next:\n  cd {directory}\n  omnigrid check\n  omnigrid build")


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)

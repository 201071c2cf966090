"""`omnigrid merge`"""

from pathlib import Path

import click

from omnigrid.cli.session import Session
from omnigrid.cli.tables import counted
from omnigrid.merge import merge_parts
from omnigrid.model.manifest import BuildResult


@click.command("merge")
@click.argument(
    "parts", metavar="PART...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to write. Default: build/.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_obj
def command(session: Session, parts: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Put the shards of a build together: byte for byte the build of the whole.

    PART is a folder that `omnigrid build --shard I/N` made. All shards of one plan are needed, each
    once; every file is compared with its manifest before anything is written.
    """
    start = session.clock()
    workspace = session.workspace(out)
    result = merge_parts(workspace, parts, session.executor())
    seconds = session.clock() - start
    session.say(f"{counted(len(parts), 'shard')}, {_line(result)}, in {seconds:.2f} s")
    if as_json:
        session.show_json(
            {
                "out": str(workspace.out),
                "manifest": result.digest,
                "shards": len(parts),
                "files": result.count,
                "written": result.written,
                "deleted": result.deleted,
                "seconds": round(seconds, 3),
            }
        )


def _line(result: BuildResult) -> str:
    unchanged = result.count - len(result.written)
    return (
        f"{counted(result.count, 'file')}: {len(result.written):,} written, "
        f"{len(result.deleted):,} deleted, {unchanged:,} unchanged"
    )

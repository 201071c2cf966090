"""`omnigrid build`"""

from pathlib import Path

import click

from omnigrid.build import Built, build_portfolio
from omnigrid.cli.diagnostics import summary
from omnigrid.cli.session import Session
from omnigrid.cli.tables import counted
from omnigrid.model.errors import InputError
from omnigrid.run.executors import SerialExecutor


@click.command("build")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write. Default: build/.")
@click.option("--strict", is_flag=True, help="End with exit code 1 when there are warnings.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_obj
def command(session: Session, out: Path | None, strict: bool, as_json: bool) -> None:
    """Build all sites, the heatmap and the API.

    Only what changed is rendered, only what differs is written.
    """
    start = session.clock()
    workspace = session.workspace(out)
    with session.progress("building") as progress:
        built = build_portfolio(workspace, SerialExecutor(), progress)
    seconds = session.clock() - start
    session.warn(built.blueprint.warnings)
    _tell(session, built)
    session.say(build_line(built, seconds))
    if as_json:
        session.show_json(_document(built, workspace.out, seconds))
    if strict and built.blueprint.warnings:
        raise InputError(f"{summary(built.blueprint.warnings)}, and --strict allows none")


def build_line(built: Built, seconds: float) -> str:
    """Return one line about a build."""
    result, portfolio = built.result, built.blueprint.portfolio
    unchanged = len(result.manifest.files) - len(result.written)
    return (
        f"{counted(len(portfolio.brands), 'site')} in {counted(len(portfolio.sectors), 'sector')}, "
        f"{counted(len(result.manifest.files), 'file')}: {len(result.written):,} written, "
        f"{len(result.deleted):,} deleted, {unchanged:,} unchanged, in {seconds:.2f} s"
    )


def _tell(session: Session, built: Built) -> None:
    for stale in built.stale:
        session.detail(f"rendered {stale.job.id}: {'; '.join(stale.reasons)}")
    for path in built.result.deleted:
        session.detail(f"deleted {path}")


def _document(built: Built, folder: Path, seconds: float) -> dict[str, object]:
    result, portfolio = built.result, built.blueprint.portfolio
    return {
        "out": str(folder),
        "manifest": result.digest,
        "sites": len(portfolio.brands),
        "sectors": len(portfolio.sectors),
        "files": len(result.manifest.files),
        "rendered": [stale.job.id for stale in built.stale],
        "written": result.written,
        "deleted": result.deleted,
        "warnings": built.blueprint.warnings,
        "seconds": round(seconds, 3),
    }

"""`omnigrid build`"""

from pathlib import Path

import click

from omnigrid.cli.executors import ExecutorSpec, executor_options
from omnigrid.cli.packing import locked_option, offline_option
from omnigrid.cli.releases import release_option
from omnigrid.cli.session import Session
from omnigrid.cli.shards import shard_option
from omnigrid.cli.tables import counted
from omnigrid.model.errors import InputError
from omnigrid.model.manifest import Outcome
from omnigrid.model.shards import Shard
from omnigrid.run.executors import Executor, Progress
from omnigrid.standing import look_around, standing_build
from omnigrid.workspace import Workspace

NO_PICTURES = (
    'pictures were left out: nothing here makes them; pip install "omnigrid[images]", '
    "or write `images: off` to leave them out without a word"
)


@click.command("build")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write. Default: build/.")
@executor_options
@shard_option
@release_option
@click.option("--strict", is_flag=True, help="End with exit code 1 when there are warnings.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@offline_option
@locked_option
@click.pass_obj
def command(
    session: Session,
    out: Path | None,
    executor: ExecutorSpec,
    jobs: int | None,
    shard: Shard | None,
    release: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Build all sites, the heatmap and the API.

    Only what changed is rendered, only what differs is written. With --shard, only that share of
    the files is made, for `omnigrid merge`. With --release, pages are small and sealed, for a web
    server; without, they open from the folder as well.
    """
    start = session.clock()
    workspace = session.workspace(out, shard=shard, release=release)
    with session.progress("building") as progress:
        outcome = _build(workspace, session.executor(executor, jobs), progress)
    seconds = session.clock() - start
    _record(session, workspace, outcome, seconds)
    warnings = outcome.summary.warnings
    session.warn(warnings)
    _tell(session, outcome)
    of_it = f"shard {shard} of " if shard else ""
    session.say(of_it + build_line(outcome, seconds))
    if outcome.summary.without_pictures:
        session.say(NO_PICTURES)
    if as_json:
        session.show_json(_document(outcome, workspace, seconds))
    if strict and warnings:
        from omnigrid.cli.diagnostics import summary

        raise InputError(f"{summary(warnings)}, and --strict allows none")


def _build(workspace: Workspace, executor: Executor, progress: Progress) -> Outcome:
    looked = look_around(workspace, executor)  # Meanwhile the portfolio's own files are looked at.
    standing = standing_build(workspace, executor, looked)
    if standing is not None:
        return Outcome(standing)
    from omnigrid.reading import begin_reading

    # Meanwhile the rest is imported, which takes as long as reading a hundred brands.
    begun = begin_reading(workspace.tree, workspace.overrides, workspace.memory, executor)
    from omnigrid.build import build_portfolio

    return build_portfolio(workspace, executor, progress, looked, begun)


def _record(session: Session, workspace: Workspace, outcome: Outcome, seconds: float) -> None:
    if outcome.rendered:
        from omnigrid.build import record_build

        record_build(workspace, outcome, seconds, session.now())


def build_line(outcome: Outcome, seconds: float) -> str:
    """Return one line about a build."""
    done = outcome.summary
    unchanged = done.files - outcome.written_count
    return (
        f"{counted(done.sites, 'site')} in {counted(done.sectors, 'sector')}, "
        f"{counted(done.files, 'file')}: {outcome.written_count:,} written, "
        f"{len(outcome.deleted):,} deleted, {unchanged:,} unchanged, in {seconds:.2f} s"
    )


def _tell(session: Session, outcome: Outcome) -> None:
    for stale in outcome.rendered:
        session.detail(f"rendered {stale.job.id}: {'; '.join(stale.reasons)}")
    for path in outcome.deleted:
        session.detail(f"deleted {path}")


def _document(outcome: Outcome, workspace: Workspace, seconds: float) -> dict[str, object]:
    done = outcome.summary
    return {
        "out": str(workspace.out),
        **({"shard": str(workspace.shard)} if workspace.shard else {}),
        "release": workspace.release,
        "manifest": done.manifest,
        "sites": done.sites,
        "sectors": done.sectors,
        "files": done.files,
        "rendered": [stale.job.id for stale in outcome.rendered],
        "written": outcome.written,
        "deleted": outcome.deleted,
        "warnings": done.warnings,
        "seconds": round(seconds, 3),
    }

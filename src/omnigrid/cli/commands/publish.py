"""`omnigrid publish`"""

from pathlib import Path

import click

from omnigrid.cli.executors import ExecutorSpec, executor_options
from omnigrid.cli.packing import locked_option, offline_option
from omnigrid.cli.releases import release_option
from omnigrid.cli.session import Session
from omnigrid.cli.targets import reason_option, target_option, unknown_option
from omnigrid.model.journal import Reason
from omnigrid.model.publishing import Wanted
from omnigrid.standing import look_around


@click.command("publish")
@click.option("--dry-run", is_flag=True, help="Build, and say what would be published.")
@target_option
@click.option(
    "--allow-prune", is_flag=True, help="Allow a publish that takes away 30 % of the sites or more."
)
@click.option(
    "--allow-dirty",
    is_flag=True,
    help="Publish changes that are not committed to other machines, too.",
)
@unknown_option
@click.option(
    "--promote",
    is_flag=True,
    help="Bring the branches of targets to what stands on their staging branches. Builds nothing.",
)
@click.option("--preview", default="", metavar="NAME", help="Publish to branches preview/NAME.")
@reason_option
@click.option(
    "--no-build-dir",
    is_flag=True,
    help="Render straight into git, beside what was published last; leave build/ as it is.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to build. Default: build/.")
@release_option
@executor_options
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@offline_option
@locked_option
@click.pass_context
def command(
    ctx: click.Context,
    dry_run: bool,
    target: str,
    allow_prune: bool,
    allow_dirty: bool,
    allow_unknown: bool,
    promote: bool,
    preview: str,
    reason: str,
    no_build_dir: bool,
    out: Path | None,
    release: bool,
    executor: ExecutorSpec,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Build, then commit every site to its hosting repository: prepare, render, deploy.

    Each target gets one commit on top of what it holds, or none when nothing changed. History is
    never rewritten, unless a target asks to keep little of it, and what others changed there is
    never overwritten.
    """
    session: Session = ctx.obj
    if promote:
        from omnigrid.cli.publishing import go_back
        from omnigrid.rollback import Back

        ctx.exit(go_back(session, Wanted(target), Back(None, dry_run), as_json=as_json))
    worker = session.executor(executor, jobs)
    workspace = session.workspace(out, release=release)
    # Meanwhile what publishes is imported, and the portfolio's own files are looked at.
    looked = None if no_build_dir else look_around(workspace, worker)
    from omnigrid.cli.outcomes import exit_code, report
    from omnigrid.cli.publishing import publish_now
    from omnigrid.publish import Options

    options = Options(
        Wanted(target, staging=not preview, preview=preview),
        dry_run,
        allow_prune,
        build_dir=not no_build_dir,
        allow_dirty=allow_dirty,
        allow_unknown=allow_unknown,
        reason=Reason(reason),
    )
    published = publish_now(session, workspace, options, worker, as_json=as_json, looked=looked)
    report(session, published, as_json)
    ctx.exit(exit_code(session, published))

"""`omnigrid publish`"""

from pathlib import Path

import click

from omnigrid.cli.commands.build import build_line
from omnigrid.cli.executors import ExecutorSpec, executor_options
from omnigrid.cli.packing import locked_option, offline_option
from omnigrid.cli.publishing import (
    go_back,
    publish_now,
    reason_option,
    recorded_document,
    say_recorded,
    target_option,
    unknown_option,
)
from omnigrid.cli.receipts import (
    plan_documents,
    plan_lines,
    receipt_lines,
    refusal_documents,
    warning_lines,
)
from omnigrid.cli.releases import release_option
from omnigrid.cli.session import Session
from omnigrid.cli.tables import columns, counted
from omnigrid.model.errors import BudgetExceeded
from omnigrid.model.journal import Reason
from omnigrid.model.publishing import Wanted
from omnigrid.publish import Options, Published
from omnigrid.standing import look_around

_ORIGIN_NAMES = {"prepare": "INHALE", "render": "HOLD", "deploy": "EXHALE"}
"""The phases as the users of the origin system know them."""


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
        from omnigrid.rollback import Back

        ctx.exit(go_back(session, Wanted(target), Back(None, dry_run), as_json=as_json))
    options = Options(
        Wanted(target, staging=not preview, preview=preview),
        dry_run,
        allow_prune,
        build_dir=not no_build_dir,
        allow_dirty=allow_dirty,
        allow_unknown=allow_unknown,
        reason=Reason(reason),
    )
    worker = session.executor(executor, jobs)
    # Meanwhile git compares the portfolio with its commit.
    looked = None if no_build_dir else look_around(session.workspace(out), worker)
    workspace = session.workspace(out, compared=True, release=release)
    published = publish_now(session, workspace, options, worker, as_json=as_json, looked=looked)
    report(session, published, as_json)
    ctx.exit(exit_code(session, published))


def report(session: Session, published: Published, as_json: bool) -> None:
    """Show what a publish did, or would do."""
    budget = published.budget_seconds
    session.warn(published.outcome.summary.warnings)
    if session.compared_revision.dirty:
        session.say("note: the portfolio has changes that are not committed; the commit says so")
    session.say(build_line(published.outcome, published.seconds))
    for line in warning_lines(published.steps):
        session.say(line)
    if as_json:
        session.show_json(_document(published, budget))
        return
    if published.receipts:
        session.show(receipt_lines(published.receipts))
    elif published.steps:
        session.show(plan_lines(published.steps))
    if published.resumed:
        session.say(f"resumed: {counted(published.resumed, 'target')} had been reached before")
    session.say(_phases(published, budget))


def _phases(published: Published, budget: int) -> str:
    rows = [
        (phase.name, _ORIGIN_NAMES[phase.name], f"{phase.seconds:.2f} s")
        for phase in published.phases
    ]
    total = ("total", "", f"{published.seconds:.2f} s of {budget} s")
    return columns([*rows, total])


def exit_code(session: Session, published: Published) -> int:
    """Show every refusal, and return how to end."""
    budget = published.budget_seconds
    for refusal in published.refusals:
        session.fail(refusal.error)
    late = say_recorded(session, published.recorded)
    if published.refusals or late:
        return max((late, *(refusal.error.exit_code for refusal in published.refusals)))
    if published.seconds > budget:
        session.fail(
            BudgetExceeded(
                f"publishing took {published.seconds:.0f} s, more than its budget of {budget} s",
                "everything was published; raise publish.budget_seconds or find what is slow",
            )
        )
        return BudgetExceeded.exit_code
    return 0


def _document(published: Published, budget: int) -> dict[str, object]:
    return {
        "manifest": published.outcome.summary.manifest,
        "budget_seconds": budget,
        "seconds": round(published.seconds, 3),
        "phases": published.phases,
        "plan": plan_documents(published.steps),
        "receipts": published.receipts,
        "resumed": published.resumed,
        "refused": refusal_documents(published.refusals),
        **recorded_document(published.recorded),
    }

"""`omnigrid publish`"""

from pathlib import Path
from typing import assert_never

import click

from omnigrid.cli.commands.build import build_line
from omnigrid.cli.executors import ExecutorSpec, executor_options
from omnigrid.cli.session import Session
from omnigrid.cli.tables import columns, counted
from omnigrid.hosting.host import Host
from omnigrid.model.errors import BudgetExceeded
from omnigrid.model.publishing import Create, Drifted, Step, Unchanged, Update
from omnigrid.publish import Observer, Options, Published, publish_portfolio

_ORIGIN_NAMES = {"prepare": "INHALE", "render": "HOLD", "deploy": "EXHALE"}
"""The phases as the users of the origin system know them."""


@click.command("publish")
@click.option("--dry-run", is_flag=True, help="Build, and say what would be published.")
@click.option("--target", default="", help="Publish to this target only, by its name.")
@click.option(
    "--allow-prune", is_flag=True, help="Allow a publish that takes away 30 % of the sites or more."
)
@click.option(
    "--no-build-dir",
    is_flag=True,
    help="Render straight into git, beside what was published last; leave build/ as it is.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to build. Default: build/.")
@executor_options
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    dry_run: bool,
    target: str,
    allow_prune: bool,
    no_build_dir: bool,
    out: Path | None,
    executor: ExecutorSpec,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Build, then commit every site to its hosting repository: prepare, render, deploy.

    Each target gets one commit on top of what it holds, or none when nothing changed. History is
    never rewritten, and what others changed there is never overwritten.
    """
    session: Session = ctx.obj
    workspace = session.workspace(out, compared=True)
    with session.progress("rendering") as progress:
        published = publish_portfolio(
            workspace,
            Host(workspace.state / "cache" / "hosting", session.environment),
            Options(target, dry_run, allow_prune, build_dir=not no_build_dir),
            session.executor(executor, jobs),
            Observer(session.clock, progress),
        )
    budget = published.built.blueprint.portfolio.config.publish.budget_seconds
    session.warn(published.built.blueprint.warnings)
    _report(session, published, budget, as_json)
    ctx.exit(_exit_code(session, published, budget))


def _report(session: Session, published: Published, budget: int, as_json: bool) -> None:
    if session.compared_revision.dirty:
        session.say("note: the portfolio has changes that are not committed; the commit says so")
    session.say(build_line(published.built.outcome, published.seconds))
    if as_json:
        session.show_json(_document(published, budget))
        return
    if published.receipts:
        session.show(_receipts(published))
    elif published.steps:
        session.show("\n".join(f"would {_plan_text(step)}" for step in published.steps))
    session.say(_phases(published, budget))


def _receipts(published: Published) -> str:
    rows = [
        (
            receipt.target,
            receipt.action,
            receipt.commit[:10],
            counted(receipt.written, "file"),
            f"{receipt.deleted:,} deleted",
            f"{receipt.bytes / 1024:,.0f} KiB sent",
            receipt.repository,
        )
        for receipt in published.receipts
    ]
    return columns(rows)


def _plan_text(step: Step) -> str:
    target = step.target
    match step:
        case Create():
            return f"create {target.name} with {counted(len(target.files), 'file')}"
        case Update():
            gone = len(step.delete)
            return f"update {target.name}: write {len(step.write):,}, delete {gone:,}"
        case Unchanged():
            return f"leave {target.name} as it is: it holds what is wanted"
        case Drifted():
            return f"refuse {target.name}: {counted(len(step.paths), 'file')} changed there by hand"
        case _:
            assert_never(step)


def _phases(published: Published, budget: int) -> str:
    rows = [
        (phase.name, _ORIGIN_NAMES[phase.name], f"{phase.seconds:.2f} s")
        for phase in published.phases
    ]
    total = ("total", "", f"{published.seconds:.2f} s of {budget} s")
    return columns([*rows, total])


def _exit_code(session: Session, published: Published, budget: int) -> int:
    for refusal in published.refusals:
        session.fail(refusal.error)
    if published.refusals:
        return max(refusal.error.exit_code for refusal in published.refusals)
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
        "manifest": published.built.outcome.summary.manifest,
        "budget_seconds": budget,
        "seconds": round(published.seconds, 3),
        "phases": published.phases,
        "plan": [
            {"target": step.target.name, "action": type(step).__name__.lower()}
            for step in published.steps
        ],
        "receipts": published.receipts,
        "refused": [
            {"target": refusal.target, "reason": refusal.error.message, "hint": refusal.error.hint}
            for refusal in published.refusals
        ],
    }

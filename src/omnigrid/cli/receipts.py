"""What was done to targets, or would be, in lines and as JSON."""

from collections.abc import Iterable
from typing import assert_never

from msgspec import to_builtins

from omnigrid.campaign import Refusal, Told
from omnigrid.cli.tables import columns, counted
from omnigrid.model.publishing import Create, Drifted, Receipt, Rewrite, Step, Unchanged, Update
from omnigrid.plan.limits import warnings_of


def receipt_lines(receipts: Iterable[Receipt]) -> str:
    """Return a line for each target that was brought to what is wanted."""
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
        for receipt in receipts
    ]
    return columns(rows)


def plan_lines(steps: Iterable[Step]) -> str:
    """Return a line for each target with what would be done to it."""
    return "\n".join(f"would {_plan_text(step)}" for step in steps)


def _plan_text(step: Step) -> str:
    target = step.target
    match step:
        case Create():
            return f"create {target.name} with {counted(len(target.files), 'file')}"
        case Update():
            gone = len(step.delete)
            plan = f"update {target.name}: write {len(step.write):,}, delete {gone:,}"
            return plan + (_history_text(step.rewrite) if step.rewrite else "")
        case Unchanged():
            return f"leave {target.name} as it is: it holds what is wanted"
        case Drifted():
            return f"refuse {target.name}: {counted(len(step.paths), 'file')} changed there by hand"
        case _:
            assert_never(step)


def _history_text(rewrite: Rewrite) -> str:
    if rewrite.refused:
        return f"; keep all of its history, because {rewrite.refused}"
    return (
        f"; then squash its {rewrite.commits:,} oldest commits into one, which rewrites the branch"
    )


def told_line(told: Told) -> str:
    """Return a line that says what just came of a target."""
    place, outcome = f"[{told.done}/{told.total}]", told.outcome
    again = f", {told.tries} tries" if told.tries > 1 else ""
    if isinstance(outcome, Refusal):
        return f"{place} {outcome.target}: refused{again}"
    sent = f"{outcome.bytes / 1024:,.0f} KiB"
    return f"{place} {outcome.target}: {outcome.action}, {sent} in {told.seconds:.1f} s{again}"


def told_document(told: Told) -> dict[str, object]:
    """Return the same as plain data."""
    outcome = told.outcome
    known: dict[str, object] = {"event": "target", "target": outcome.target}
    if isinstance(outcome, Refusal):
        known |= {"refused": outcome.error.message, "exit_code": outcome.error.exit_code}
    else:
        known |= {"action": outcome.action, "commit": outcome.commit, "bytes": outcome.bytes}
    counts = {"tries": told.tries, "done": told.done, "total": told.total}
    return {**known, "seconds": round(told.seconds, 3), **counts}


def plan_documents(steps: Iterable[Step]) -> list[dict[str, object]]:
    """Return what is to be done to each target, as plain data."""
    return [
        {"target": s.target.name, "action": type(s).__name__.lower(), **_history_document(s)}
        | _said(s)
        for s in steps
    ]


def _said(step: Step) -> dict[str, object]:
    found = warnings_of(step.target)
    return {"warnings": list(found)} if found else {}


def warning_lines(steps: Iterable[Step]) -> list[str]:
    """Return a line for each thing to be said of a target that is published all the same."""
    return [f"warning: {s.target.name}: {said}" for s in steps for said in warnings_of(s.target)]


def _history_document(step: Step) -> dict[str, object]:
    rewrite = step.rewrite if isinstance(step, Update) else None
    return {"rewrite": to_builtins(rewrite)} if rewrite else {}


def refusal_documents(refusals: Iterable[Refusal]) -> list[dict[str, str]]:
    """Return why targets were refused, as plain data."""
    return [{"target": r.target, "reason": r.error.message, "hint": r.error.hint} for r in refusals]

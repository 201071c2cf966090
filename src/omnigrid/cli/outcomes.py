"""What a build or a publish came to, for who ran it."""

from omnigrid.cli.commands.build import build_line
from omnigrid.cli.publishing import recorded_document, say_recorded
from omnigrid.cli.receipts import (
    plan_documents,
    plan_lines,
    receipt_lines,
    refusal_documents,
    warning_lines,
)
from omnigrid.cli.session import Session
from omnigrid.cli.tables import columns, counted
from omnigrid.model.errors import BudgetExceeded
from omnigrid.model.publishing import Unchanged
from omnigrid.published import Published

_ORIGIN_NAMES = {"prepare": "INHALE", "render": "HOLD", "deploy": "EXHALE"}
"""The phases as the users of the origin system know them."""


def report(session: Session, published: Published, as_json: bool) -> None:
    """Show what a publish did, or would do."""
    budget = published.budget_seconds
    session.warn(published.outcome.summary.warnings)
    if any(not isinstance(step, Unchanged) for step in published.steps) and session.is_changed:
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

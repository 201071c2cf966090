"""What the commands that publish have in common."""

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from omnigrid.campaign import Observer, Told
from omnigrid.cli.identity import who_works
from omnigrid.cli.receipts import (
    plan_documents,
    plan_lines,
    receipt_lines,
    refusal_documents,
    told_document,
    told_line,
)
from omnigrid.cli.session import Session
from omnigrid.hosting.host import Host
from omnigrid.model.audit import Seen, Who
from omnigrid.model.errors import OmnigridError
from omnigrid.model.publishing import Wanted
from omnigrid.publish import Options, Published, publish_portfolio
from omnigrid.run.executors import Executor
from omnigrid.workspace import Workspace

if TYPE_CHECKING:
    from omnigrid.rollback import Back
    from omnigrid.standing import Looked


def host_of(session: Session, workspace: Workspace) -> Host:
    """Return the door to hosting repositories."""
    return Host(workspace.state / "cache" / "hosting", session.environment)


def publish_now(
    session: Session,
    workspace: Workspace,
    options: Options,
    executor: Executor,
    *,
    as_json: bool = False,
    looked: "Looked | None" = None,
) -> Published:
    """Publish, and say what comes of each target as it happens: in lines, or in lines of JSON.

    ``looked`` is a look at the build folder that has begun already.
    """
    with session.progress("rendering") as progress:
        told = _teller(session, as_json=as_json)
        observer = Observer(session.clock, progress, session.now, told, _who(session))
        return publish_portfolio(
            workspace, host_of(session, workspace), options, executor, observer, looked=looked
        )


def go_back(session: Session, wanted: Wanted, back: "Back", *, as_json: bool) -> int:
    """Publish what was published before; show what was done and return how to end."""
    from omnigrid.rollback import roll_back

    workspace = session.workspace()
    told = _teller(session, as_json=as_json)
    observer = silent_observer(session, told)
    returned = roll_back(workspace, host_of(session, workspace), wanted, back, observer)
    if as_json:
        session.show_json(
            {
                "plan": plan_documents(returned.steps),
                "receipts": returned.receipts,
                "refused": refusal_documents(returned.refusals),
                **recorded_document(returned.recorded),
            }
        )
    elif back.dry_run:
        session.show(plan_lines(returned.steps))
    elif returned.receipts:
        session.show(receipt_lines(returned.receipts))
    for refusal in returned.refusals:
        session.fail(refusal.error)
    late = say_recorded(session, returned.recorded)
    return max((late, *(refusal.error.exit_code for refusal in returned.refusals)))


def silent_observer(session: Session, told: Callable[[Told], None] | None = None) -> Observer:
    """Return whoever watches a run that has no progress to show."""
    told = told or (lambda _: None)
    return Observer(session.clock, lambda _done, _total: None, session.now, told, _who(session))


def say_recorded(session: Session, recorded: Seen | OmnigridError | None) -> int:
    """Say where the record of a publish stands; return how to end where it has to wait."""
    if isinstance(recorded, OmnigridError):
        session.fail(recorded)
        return recorded.exit_code
    if recorded:
        session.say(f"recorded: record {recorded.number:,}, {recorded.digest[:16]}")
    return 0


def recorded_document(recorded: Seen | OmnigridError | None) -> dict[str, object]:
    """Return the same as plain data."""
    if isinstance(recorded, Seen):
        return {"record": {"number": recorded.number, "digest": recorded.digest}}
    return {}


def _who(session: Session) -> Callable[[], Who]:
    return partial(who_works, session.root.resolve(), session.environment)


def _teller(session: Session, *, as_json: bool) -> Callable[[Told], None]:
    def told(each: Told) -> None:
        if as_json:
            session.say(json.dumps(told_document(each), ensure_ascii=False))
        elif each.total > 1:
            session.say(told_line(each))

    return told

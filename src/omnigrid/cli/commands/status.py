"""`omnigrid status`"""

import click

from omnigrid.cli.publishing import host_of, publish_now
from omnigrid.cli.session import Session
from omnigrid.cli.tables import columns, counted
from omnigrid.cli.targets import target_option
from omnigrid.model.errors import Conflict
from omnigrid.model.publishing import Wanted
from omnigrid.model.states import State
from omnigrid.publish import Options, Published
from omnigrid.serving import Serving, look, web_fetch
from omnigrid.status import TargetState, portfolio_of, states_of
from omnigrid.workspace import Workspace

_MARKS = {
    State.IN_SYNC: ("✓", "green"),
    State.OUT_OF_DATE: ("↻", "yellow"),
    State.DRIFTED: ("≠", "red"),
    State.MISSING: ("∅", "yellow"),
    State.BLOCKED: ("✗", "red"),
    State.UNREACHABLE: ("?", "red"),
}
"""A sign and a colour for each state; the word stands beside them."""
_SHOWN = 3


@click.command("status")
@target_option
@click.option(
    "--live",
    is_flag=True,
    help="Look over https whether what is served is what was pushed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def command(ctx: click.Context, target: str, live: bool, as_json: bool) -> None:
    """Say of each target whether it holds what the portfolio says. Publishes nothing.

    It builds what is stale, looks at every branch and compares. With --live it fetches the stamp of
    each site from where it is served, of 100 sites a target at most. Ends with 3 where a target was
    changed by hand, is blocked or out of reach, or something else is served in its place.
    """
    session: Session = ctx.obj
    workspace = session.workspace()
    options = Options(Wanted(target), dry_run=True)
    published = publish_now(session, workspace, options, session.executor())
    served = _look(session, workspace, published) if live else None
    states = states_of(workspace, published, session.now(), served)
    if as_json:
        session.show_json({"targets": states})
    else:
        session.show(columns([_row(state) for state in states]))
        session.say(_summary(states))
        for each in states:
            if each.state is State.BLOCKED:
                session.say(f"\n{each.target}: {each.reason}\nhint: {each.hint}")
            for line in (*each.warnings, *_served_elsewhere(each)):
                session.say(f"\n{each.target}: {line}")
    ctx.exit(Conflict.exit_code if any(each.is_bad for each in states) else 0)


def _look(session: Session, workspace: Workspace, published: Published) -> dict[str, Serving]:
    fetch = web_fetch(session.supply.reach.web.proxies)
    portfolio = portfolio_of(workspace, published)
    return look(host_of(session, workspace), published.steps, portfolio, fetch)


def _served_elsewhere(each: TargetState) -> tuple[str, ...]:
    """Return a line for the first few sites that are not served as they were pushed."""
    if each.served is None:
        return ()
    others = each.served.others
    lines = [f"{it.brand} is {it.served} at {it.url}: {it.reason}" for it in others[:_SHOWN]]
    more = len(others) - len(lines)
    return (*lines, f"and {more:,} more") if more else tuple(lines)


def _row(each: TargetState) -> tuple[str, ...]:
    mark, color = _MARKS[each.state]
    word = click.style(f"{mark} {each.state}", fg=color)
    last = f"published {each.last.at:%Y-%m-%d %H:%M} UTC" if each.last else ""
    return (each.target, word, (each.head or "")[:10], _what(each), _served(each), last)


def _served(each: TargetState) -> str:
    found = each.served
    if found is None:
        return ""
    return f"served: {found.current:,} of {found.asked:,} as pushed"


def _what(each: TargetState) -> str:
    match each.state:
        case State.OUT_OF_DATE:
            return f"{counted(each.write, 'file')} to write, {each.delete:,} to delete"
        case State.MISSING:
            return f"{counted(each.write, 'file')} to write"
        case State.DRIFTED:
            shown = ", ".join(each.drifted[:_SHOWN])
            return f"changed there: {shown}{', …' if len(each.drifted) > _SHOWN else ''}"
        case State.BLOCKED | State.UNREACHABLE:
            return each.reason.partition("\n")[0]
        case _:
            return ""


def _summary(states: tuple[TargetState, ...]) -> str:
    counts = {state: sum(1 for each in states if each.state is state) for state in State}
    return ", ".join(f"{count:,} {state}" for state, count in counts.items() if count)

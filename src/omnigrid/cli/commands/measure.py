"""`omnigrid measure`"""

from collections.abc import Sequence

import click

from omnigrid.cli.packing import offline_option
from omnigrid.cli.publishing import host_of, silent_observer
from omnigrid.cli.session import Session
from omnigrid.cli.tables import counted
from omnigrid.measuring import DeadLink, measure, write_measurements
from omnigrid.model.measurements import MeasurementsFile
from omnigrid.model.states import Served, State
from omnigrid.model.tree import MEASUREMENTS_NAME
from omnigrid.serving import web_fetch

_SHOWN = 10


@click.command("measure")
@click.option(
    "--live",
    is_flag=True,
    help="Look over https whether what is served is what was pushed, too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON and write no file.")
@offline_option
@click.pass_obj
def command(session: Session, live: bool, as_json: bool) -> None:
    """Find out how the sites stand, and write measurements.json. Publishes nothing.

    It builds what is stale, follows the links of every site, compares every target and, with
    --live, asks for each site where it is served. The next build shows it as health: commit the
    file, or make it in CI before the build.
    """
    workspace = session.workspace()
    fetch = web_fetch(session.supply.reach.web.proxies) if live else None
    observer = silent_observer(session)
    host, executor = host_of(session, workspace), session.executor()
    found, dead = measure(workspace, host, executor, observer, fetch)
    if as_json:
        session.show_json({"measurements": found, "dead_links": [link._asdict() for link in dead]})
        return
    write_measurements(workspace.root, found)
    for line in (*_lines(found), *_dead_lines(dead)):
        session.say(line)
    session.show(MEASUREMENTS_NAME)


def _dead_lines(dead: Sequence[DeadLink]) -> list[str]:
    lines = [f"{link.page} links to {link.leads_to}, which is not there" for link in dead[:_SHOWN]]
    more = len(dead) - len(lines)
    return [*lines, f"and {more:,} more"] if more else lines


def _lines(found: MeasurementsFile) -> list[str]:
    """Return what was found, a line for each thing that was looked at."""
    parts = {
        "built": [(group.built, group.brands) for group in found.brands],
        "links whole": [(group.linked, group.brands) for group in found.brands],
        "published and in sync": [
            (None if g.published is None else g.published is State.IN_SYNC, g.brands)
            for g in found.brands
        ],
        "served as published": [
            (None if g.served is None else g.served is Served.CURRENT, g.brands)
            for g in found.brands
        ],
    }
    lines = []
    for name, groups in parts.items():
        asked = sum(len(brands) for good, brands in groups if good is not None)
        well = sum(len(brands) for good, brands in groups if good)
        lines.append(f"{name}: {well:,} of {asked:,}" if asked else f"{name}: not looked at")
    states = ", ".join(f"{count:,} {state}" for state, count in found.states.items())
    targets = sum(found.states.values())
    return [*lines, f"{counted(targets, 'target')}: {states or 'not looked at'}"]

"""The targets that somebody asked for, and on which branch of theirs."""

from collections.abc import Iterable

from msgspec.structs import replace

from omnigrid.model.errors import InputError
from omnigrid.model.names import printable
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.publishing import Destination, Wanted
from omnigrid.plan.destinations import destinations_of
from omnigrid.survey import refused
from omnigrid.workspace import Workspace

PREVIEWS = "preview/"
"""Before the names of branches that show a change before it is accepted."""


def choose(workspace: Workspace, portfolio: Portfolio, wanted: Wanted) -> list[Destination]:
    """Return the destinations of a portfolio that are wanted, in the order of the configuration.

    The name of a rule stands for all that it gives. Raises InputError where there is none.
    """
    found = destinations_of(portfolio, workspace.root)
    if found.findings:
        raise refused(workspace.tree, found.findings)
    return chosen_of(found.all, wanted)


def chosen_of(known: Iterable[Destination], wanted: Wanted) -> list[Destination]:
    """Return those of all destinations that are wanted; errors as ``choose``."""
    known = [*known]
    chosen = [each for each in known if wanted.only in {"", each.name, each.rule.name}]
    if not chosen:
        names = ", ".join(dict.fromkeys(each.rule.name for each in known))
        raise InputError(f'no target "{wanted.only}"', f"omnigrid.yaml names: {names}")
    if wanted.preview:
        branch = PREVIEWS + _checked(wanted.preview)
        return [replace(each, branch=branch) for each in chosen]
    return [on_staging(each) for each in chosen] if wanted.staging else chosen


def on_staging(destination: Destination) -> Destination:
    """Return the staging branch of a destination; itself where it has none."""
    staging = destination.rule.staging
    return replace(destination, branch=staging) if staging else destination


def _checked(name: str) -> str:
    plain = name.replace("-", "").replace("_", "").replace(".", "")
    if not (plain.isascii() and plain.isalnum()) or ".." in name or name.endswith((".lock", ".")):
        raise InputError(
            f'a preview cannot be named "{printable(name)}"',
            "use letters, digits and hyphens, for example pr-12",
        )
    return name

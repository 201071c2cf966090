"""`omnigrid config`"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import click
import msgspec

from omnigrid.cli.session import Session
from omnigrid.cli.tables import columns
from omnigrid.load.overrides import Overrides, variable_of
from omnigrid.load.yaml import Positions, yaml_positions
from omnigrid.model.findings import Keys
from omnigrid.model.tree import CONFIG_NAME
from omnigrid.survey import read_portfolio
from omnigrid.workspace import Workspace


class Setting(NamedTuple):
    """A value of the configuration and where it came from."""

    key: str
    value: Any
    origin: str


@click.command("config")
@click.option("--origin", is_flag=True, help="Say where each value came from.")
@click.option("--json", "as_json", is_flag=True, help="Print the configuration as JSON.")
@click.pass_obj
def command(session: Session, origin: bool, as_json: bool) -> None:
    """Show every value of the configuration, with the defaults.

    A variable such as OMNIGRID__PUBLISH__BUDGET_SECONDS overrides a value of omnigrid.yaml.
    """
    settings = list(_settings(session.workspace()))
    if as_json:
        session.show_json({"settings": [each._asdict() for each in settings]})
        return
    rows = [(each.key, _shown(each.value), each.origin if origin else "") for each in settings]
    session.show(columns(rows))


def _settings(workspace: Workspace) -> Iterator[Setting]:
    config = read_portfolio(workspace).config
    positions = yaml_positions((workspace.root / CONFIG_NAME).read_text(encoding="utf-8-sig"))
    values = {name: getattr(config, name) for name in config.__struct_fields__}
    for keys, value in _leaves(values, ()):
        name = ".".join(map(str, keys))
        yield Setting(name, value, _origin(keys, workspace.overrides, positions))


def _leaves(value: Any, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    """Yield every single value below ``value`` and the way to it."""
    match value:
        case dict():
            for key, entry in value.items():
                yield from _leaves(entry, (*keys, key))
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from _leaves(getattr(value, name), (*keys, name))
        case tuple():
            for number, entry in enumerate(value):
                yield from _leaves(entry, (*keys, number))
        case _:
            yield keys, msgspec.to_builtins(value)


def _origin(keys: Keys, overrides: Overrides, positions: Positions) -> str:
    if keys in overrides:
        return f"environment: {variable_of(keys)}"
    found = positions.get(keys)
    return f"{CONFIG_NAME}:{found.value.line}" if found else "default"


def _shown(value: Any) -> str:
    return "(none)" if value is None else " ".join(str(value).split())

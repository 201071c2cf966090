"""`omnigrid show`"""

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from omnigrid.blueprint import draw_up
from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.cli.catalogue import CATALOGUE, Item
from omnigrid.cli.kinds import KindName
from omnigrid.cli.packing import offline_option
from omnigrid.cli.session import Session
from omnigrid.model.errors import InputError


@click.command("show")
@click.argument("kind", type=KindName())
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@offline_option
@click.pass_obj
def command(session: Session, kind: str, name: str, as_json: bool) -> None:
    """Show all that is known of one brand, sector, pack or intent, by its ID.

    A brand is found by its file's name as well.
    """
    blueprint = draw_up(session.workspace())
    item = _find(kind, name, CATALOGUE[kind].items(blueprint))
    value = msgspec.to_builtins(item.value)
    if as_json:
        session.show_json({kind: value})
    else:
        session.show("\n".join(_lines(value)))


def _find(kind: str, name: str, items: list[Item]) -> Item:
    for item in items:
        if name in {item.id, getattr(item.value, "slug", None)}:
            return item
    hint = did_you_mean(nearest(name, [item.id for item in items]))
    raise InputError(f'no {kind} "{name}"', hint or f"`omnigrid list {kind}s` lists them all")


def _lines(value: Any, indent: str = "") -> Iterator[str]:
    """Yield a value as lines that read like the file that it came from."""
    for key, entry in value.items():
        match entry:
            case None | [] | () | {} | "":
                continue
            case dict():
                yield f"{indent}{key}:"
                yield from _lines(entry, indent + "  ")
            case [dict(), *_]:
                yield f"{indent}{key}:"
                for each in entry:
                    first, *rest = _lines(each, indent + "    ")
                    yield f"{indent}  - {first.strip()}"
                    yield from rest
            case list() | tuple():
                yield f"{indent}{key}: {', '.join(map(str, entry))}"
            case _:
                yield f"{indent}{key}: {entry}"

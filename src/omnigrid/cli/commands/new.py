"""`omnigrid new`"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from omnigrid.cli.session import Session
from omnigrid.model.files import Priority
from omnigrid.model.names import SourcePath
from omnigrid.new import Asked, new_brand, new_pack, new_page, new_sector

Writer = Callable[[Path, Asked], tuple[SourcePath, ...]]

_name = click.argument("name")
_slug = click.option("--slug", help="The address. Default: made from the name.")
_sector = click.option("--sector", help="The sector, by its id.")
_template = click.option("--template", help="The template pack, by its id.")
_priority = click.option(
    "--priority", type=click.Choice([p.value for p in Priority]), help="How soon it is served."
)


@click.group("new")
def command() -> None:
    """Write a new file that is valid as it stands, with every key explained.

    It gets an address from its name and the next free id, and never overwrites anything. The
    file's path is printed.
    """


@command.command("brand")
@_name
@_sector
@_template
@_priority
@click.option("--tagline", help="What the brand does, in one line.")
@click.option("--description", help="What it does and for whom, in two or three sentences.")
@click.option("--owner", help="Who owns the mark. Default: who owns most brands.")
@_slug
@click.pass_obj
def brand(session: Session, /, name: str, slug: str | None, **facts: str | None) -> None:
    """Write a new brand called NAME, with ™ where it has one.

    The sector may be left out where there is only one.
    """
    _write(session, new_brand, name, slug, facts)


@command.command("sector")
@_name
@_template
@click.option("--description", help="What its brands have in common, in a sentence.")
@click.option("--health", type=click.IntRange(0, 100), help="How well it does, 0 to 100.")
@_slug
@click.pass_obj
def sector(session: Session, /, name: str, slug: str | None, **facts: Any) -> None:
    """Write a new sector called NAME. Its id is made from the name: Garden_Tools."""
    _write(session, new_sector, name, slug, facts)


@command.command("page")
@click.argument("title")
@click.option("--intent", help="The need, in plain words. Default: the title.")
@click.option("--brand", help="The brand on whose site it stands, by its id.")
@_sector
@_template
@_priority
@_slug
@click.pass_obj
def page(session: Session, /, title: str, slug: str | None, **facts: str | None) -> None:
    """Write a new page with a TITLE, dated today.

    It goes onto the site of the brand that answers its intent, or of the one named by --brand.
    """
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    _write(session, new_page, title, slug, facts | {"date": today})


@command.command("pack")
@_name
@_slug
@click.pass_obj
def pack(session: Session, name: str, slug: str | None) -> None:
    """Write a new template pack called NAME, which works at once. Its id is made from the name."""
    _write(session, new_pack, name, slug, {})


def _write(
    session: Session, writer: Writer, name: str, slug: str | None, facts: dict[str, Any]
) -> None:
    said = {key: value for key, value in facts.items() if value is not None}
    for path in writer(session.root, Asked(name, slug, said)):
        session.show(str(session.root / path))
    session.say("next: fill it in, then `omnigrid check`")

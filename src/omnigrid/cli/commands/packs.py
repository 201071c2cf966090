"""`omnigrid packs`"""

from typing import Any

import click
import msgspec

from omnigrid.cli.offers import registry_of, rows_of
from omnigrid.cli.packing import offline_option
from omnigrid.cli.session import Session
from omnigrid.cli.tables import columns, counted
from omnigrid.fetching import Sources
from omnigrid.locking import (
    add_pack,
    current_lock,
    remove_pack,
    update_packs,
    verify_packs,
)
from omnigrid.model.errors import InputError
from omnigrid.model.fields import NameId
from omnigrid.model.locks import Change
from omnigrid.packs.registry import Offer

_SOURCE = (
    "git+https://HOST/REPOSITORY@TAG[#FOLDER], https://….zip, https://….tar.gz, a folder, "
    "gdrive:FOLDER_ID, or the id of a pack of the registry"
)
_registry_option = click.option(
    "--registry", metavar="FILE|URL", default="", help="The registry's index; else omnigrid.yaml's."
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


@click.group("packs")
def command() -> None:
    """Template packs from elsewhere: found, locked by their SHA-256, updated, verified."""


@command.command("list")
@_json_option
@click.pass_obj
def list_packs(session: Session, as_json: bool) -> None:
    """List the locked packs, and where each comes from."""
    packs = current_lock(session.root).packs
    if as_json:
        session.show_json({"packs": packs})
    elif packs:
        rows = [
            (i, p.version, f"{p.date or '-'}", p.sha256[:12], p.source) for i, p in packs.items()
        ]
        session.show(columns(rows, ("id", "version", "date", "sha256", "source")))
    else:
        session.say("no pack from elsewhere is locked yet: `omnigrid packs add SOURCE`")


@command.command("add")
@click.argument("source")
@_registry_option
@offline_option
@_json_option
@click.pass_obj
def add(session: Session, source: str, registry: str, as_json: bool) -> None:
    """Fetch a pack and lock it by its SHA-256.

    SOURCE is git+https://HOST/REPOSITORY@TAG[#FOLDER], an https address of a .zip or .tar.gz, a
    folder, gdrive:FOLDER_ID, or the id of a pack of the registry.
    """
    offer = _offer(session, source, registry)
    sources = Sources(session.supply.reach)
    text = offer.source if offer else source
    change = add_pack(session.root.resolve(), sources, session.supply.packs, text, offer)
    _tell(session, (change,), "locked", as_json=as_json)
    session.say(f"use it with `template: {change.id}`; commit template_packs/packs.lock")


def _offer(session: Session, text: str, registry: str) -> Offer | None:
    import re

    if not re.fullmatch(NameId, text) or (session.root / text).is_dir():
        return None
    found = registry_of(session, registry)
    offer = found.find(text)
    if offer is None:
        near = ", ".join(each.id for each in found.search(text, 3))
        raise InputError(
            f'the registry has no pack "{text}"', f"did you mean {near}?" if near else _SOURCE
        )
    return offer


@command.command("update")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--dry-run", is_flag=True, help="Show what would change, and lock nothing.")
@_json_option
@click.pass_obj
def update(session: Session, ids: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Lock what the sources of packs hold now, and show each file that changes."""
    sources = Sources(session.supply.reach)
    root = session.root.resolve()
    changes = update_packs(root, sources, session.supply.packs, ids, dry_run=dry_run)
    _tell(session, changes, "would be locked" if dry_run else "locked", as_json=as_json)
    if not changes:
        session.say("every pack is what its source holds: nothing to update")


@command.command("remove")
@click.argument("pack_id", metavar="ID")
@click.pass_obj
def remove(session: Session, pack_id: str) -> None:
    """Take a pack out of the lock."""
    change = remove_pack(session.root.resolve(), pack_id)
    session.say(f"{change.id} is no longer locked; brands that use it need another template")


@command.command("verify")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@offline_option
@_json_option
@click.pass_context
def verify(ctx: click.Context, ids: tuple[str, ...], strict: bool, as_json: bool) -> None:
    """Find every fault in the files of the packs, and hash each locked one again.

    Looks at all packs of the portfolio, or at those with these IDs, with what the portfolio
    replaces of them. Nothing is rendered.
    """
    from omnigrid.cli.diagnostics import full_text, summary
    from omnigrid.linting import lint_packs
    from omnigrid.model.findings import Severity

    session: Session = ctx.obj
    every = verify_packs(session.root.resolve(), session.supply.packs)
    verdicts = [each for each in every if not ids or each.id in ids]
    found = lint_packs(session.workspace(), ids)
    if as_json:
        packs = [each._asdict() for each in verdicts]
        session.show_json({"packs": packs, "diagnostics": found})
    else:
        for diagnostic in found:
            session.show(full_text(diagnostic) + "\n")
        rows = [
            (
                each.id,
                each.locked.version,
                each.locked.sha256[:12],
                "intact" if each.intact else "-",
            )
            for each in verdicts
        ]
        session.show(columns(rows)) if rows else session.say("no pack from elsewhere is locked")
    for each in verdicts:
        if each.said:
            session.say(f"{each.id}: {each.said}")
    session.say(summary(found))
    failed = any(strict or each.severity is Severity.ERROR for each in found)
    ctx.exit(1 if failed or not all(each.intact for each in verdicts) else 0)


@command.command("search")
@click.argument("words", nargs=-1, required=True)
@_registry_option
@click.option("--top", type=click.IntRange(1, 200), default=10, show_default=True)
@offline_option
@_json_option
@click.pass_obj
def search(
    session: Session, words: tuple[str, ...], registry: str, top: int, as_json: bool
) -> None:
    """Find packs of the registry by words; the best comes first."""
    found = registry_of(session, registry)
    offers = found.search(" ".join(words), top)
    if as_json:
        session.show_json({"packs": offers})
    elif offers:
        session.show(columns(rows_of(offers), ("id", "version", "name", "what it is for")))
    else:
        session.say(f"none of the registry's {found.count():,} packs has these words")


@command.command("cache")
@click.option("--prune", is_flag=True, help="Forget the packs that this portfolio does not lock.")
@_json_option
@click.pass_obj
def cache(session: Session, prune: bool, as_json: bool) -> None:
    """Say what the cache of packs holds, and how often it had what was asked for."""
    store = session.supply.packs.store
    if prune:
        keep = [pack.sha256 for pack in current_lock(session.root).packs.values()]
        gone, freed = store.prune(keep)
        session.say(f"{counted(gone, 'pack')} forgotten, {freed / 1024:,.0f} KiB")
    size = store.size()
    if as_json:
        session.show_json({"cache": {**size._asdict(), "rate": size.rate}})
        return
    rate = "nothing was asked yet" if size.rate is None else f"{size.rate:.1%} hits"
    asked = size.hits + size.misses
    held = f"{counted(size.packs, 'pack')}, {size.bytes / 1024:,.0f} KiB"
    session.show(f"{held}; asked {asked:,} times, {rate}")


def _tell(session: Session, changes: tuple[Change, ...], done: str, *, as_json: bool) -> None:
    if as_json:
        session.show_json({"changes": [_document(change) for change in changes]})
        return
    for change in changes:
        session.show(change_text(change, done))


def change_text(change: Change, done: str) -> str:
    """Return what becomes of a pack, in words: versions, digests, then each file."""
    old, new = change.old, change.new
    if new is None or old == new:
        return f"{change.id} is as it was"
    was = f"{old.version} ({old.sha256[:12]}) → " if old else ""
    head = f"{change.id} {was}{new.version} ({new.sha256[:12]}) {done}"
    lines = [head, f"  from {new.resolved}, {new.bytes / 1024:,.1f} KiB"]
    for sign, names in (("+", change.added), ("-", change.removed), ("~", change.changed)):
        lines += [f"  {sign} {name}" for name in names]
    return "\n".join(lines)


def _document(change: Change) -> dict[str, Any]:
    return {
        **msgspec.to_builtins(change),
        "added": change.added,
        "removed": change.removed,
        "changed": change.changed,
    }

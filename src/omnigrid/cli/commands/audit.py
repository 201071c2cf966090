"""`omnigrid audit`"""

import click
from msgspec import to_builtins

from omnigrid.auditing import Audited, audit, read_chain
from omnigrid.cli.publishing import host_of, silent_observer
from omnigrid.cli.receipts import refusal_documents
from omnigrid.cli.session import Session
from omnigrid.cli.tables import columns, counted
from omnigrid.model.audit import Link, Record
from omnigrid.model.digests import digest_bytes
from omnigrid.model.errors import Conflict
from omnigrid.plan.audit import decode_record

_json_option = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
_HINT = (
    "compare with another copy of the record, or with the digests that earlier publishes printed; "
    "docs/audit.md says what each line can mean"
)


@click.group("audit")
def command() -> None:
    """The record of all publishes: who brought which target to what, when and why.

    It is a chain: each record names the digest of the one before, so that none can be changed,
    left out or put in unnoticed.
    """


@command.command("list")
@click.option("--target", default="", metavar="NAME", help="Only what tells of this target.")
@click.option("--limit", default=20, show_default=True, metavar="N", help="The newest N; 0: all.")
@_json_option
@click.pass_obj
def list_records(session: Session, target: str, limit: int, as_json: bool) -> None:
    """List the records, the newest first."""
    workspace = session.workspace()
    links = read_chain(workspace, host_of(session, workspace))
    told = [(link, record) for link in reversed(links) if _tells(record := _record(link), target)]
    shown = told[:limit] if limit else told
    if as_json:
        session.show_json({"records": [_document(*each) for each in shown]})
    elif shown:
        header = ("record", "digest", "time", "who", "reason", "source", "what came of it")
        session.show(columns([_row(*each) for each in shown], header))
    else:
        session.say("nothing was published yet")


@command.command("verify")
@click.option(
    "--known",
    default="",
    metavar="DIGEST",
    help="A digest that an earlier publish printed: its record must be there still.",
)
@click.option(
    "--chain-only", is_flag=True, help="Look at the record alone, and at no target's branch."
)
@_json_option
@click.pass_context
def verify(ctx: click.Context, known: str, chain_only: bool, as_json: bool) -> None:
    """Look whether the record is whole, and explains what stands on every branch.

    Names broken, missing and forged records, a record that was cut or replaced since this machine
    last saw it, and branches that no record explains. Ends with 3 where there is any of these.
    """
    session: Session = ctx.obj
    workspace = session.workspace()
    host, observer = host_of(session, workspace), silent_observer(session)
    found = audit(workspace, host, known.lower(), observer, branches=not chain_only)
    if as_json:
        session.show_json(_verdict(found))
    else:
        session.show(_summary(found))
    for refusal in found.refusals:
        session.fail(refusal.error)
    for flaw in found.flaws if not as_json else ():
        click.echo(f"{click.style(flaw.kind, fg='red', bold=True)}: {flaw.message}", err=True)
    if found.flaws:
        count = counted(len(found.flaws), "flaw")
        session.fail(Conflict(f"the record of publishes has {count}", _HINT))
    codes = [refusal.error.exit_code for refusal in found.refusals]
    ctx.exit(Conflict.exit_code if found.flaws else max(codes, default=0))


def _summary(found: Audited) -> str:
    where = f" and {counted(found.branches, 'branch').replace('branchs', 'branches')}"
    looked = f"{counted(len(found.links), 'record')}{where if found.branches else ''}"
    state = counted(len(found.flaws), "flaw") if found.flaws else "whole"
    last = f", the last is {_digest(found.links[-1])}" if found.links else ""
    return f"{looked}: {state}{last}"


def _verdict(found: Audited) -> dict[str, object]:
    return {
        "records": len(found.links),
        "last": digest_bytes(found.links[-1].data or b"") if found.links else None,
        "branches": found.branches,
        "flaws": to_builtins(found.flaws),
        "refused": refusal_documents(found.refusals),
    }


def _record(link: Link) -> Record | None:
    return decode_record(link.data)


def _tells(record: Record | None, target: str) -> bool:
    if not target:
        return True
    return record is not None and any(each.target == target for each in record.targets)


def _digest(link: Link) -> str:
    return digest_bytes(link.data or b"")[:16]


def _document(link: Link, record: Record | None) -> dict[str, object]:
    plain = to_builtins(record) if record else None
    return {"commit": link.commit, "digest": digest_bytes(link.data or b""), "record": plain}


def _row(link: Link, record: Record | None) -> tuple[str, ...]:
    if record is None:
        return ("?", _digest(link), "", "", "", "", "cannot be read: `omnigrid audit verify`")
    dirty = "+" if record.dirty else ""
    source = f"{(record.source or 'none')[:10]}{dirty}"
    who, reason = record.who.name, str(record.reason)
    return (f"{record.number}", _digest(link), record.time, who, reason, source, _came(record))


def _came(record: Record) -> str:
    if len(record.targets) == 1:
        (only,) = record.targets
        return f"{only.target}: {only.action} {(only.commit or '')[:10]}".rstrip()
    actions = [each.action for each in record.targets]
    return ", ".join(f"{actions.count(each)} {each}" for each in dict.fromkeys(actions))

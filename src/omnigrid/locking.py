"""The lock of template packs, from top to bottom: what somebody asks for in, a new lock out.

Nothing but this story writes ``packs.lock``, and only because somebody asked.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from omnigrid.check.files import judge
from omnigrid.fetching import Sources
from omnigrid.load.disk import DiskTree
from omnigrid.load.locate import locate
from omnigrid.load.overlay import Overlay
from omnigrid.load.portfolio import SourceFile, parse_document
from omnigrid.model.digests import digest_bytes, digest_files
from omnigrid.model.errors import Conflict, InputError, Transient
from omnigrid.model.files import PackFile
from omnigrid.model.findings import Finding, Severity
from omnigrid.model.locks import LOCK_PATH, Change, Lock, LockedPack
from omnigrid.model.names import PackId, SourcePath
from omnigrid.model.packs import PACKS_FOLDER
from omnigrid.model.source import Kind
from omnigrid.packs.fetched import Fetched
from omnigrid.packs.lock import lock_text, read_lock
from omnigrid.packs.registry import Offer
from omnigrid.packs.store import write_whole
from omnigrid.supply import LockedSupply, wrong_name


class Verdict(NamedTuple):
    """Whether a locked pack is what was locked; ``said`` says what else is to be known."""

    id: PackId
    locked: LockedPack
    intact: bool
    said: str


def current_lock(root: Path) -> Lock:
    """Return the lock of a portfolio. Raises InputError with its diagnostic where it is damaged."""
    tree = DiskTree(root)
    lock = read_lock(tree)
    if isinstance(lock, Finding):
        raise InputError(lock.message, lock.hint, locate(tree, (lock,)))
    return lock


def add_pack(
    root: Path, sources: Sources, supply: LockedSupply, text: str, offer: Offer | None
) -> Change:
    """Fetch a pack and lock it; ``offer`` is what a registry says of it, if it was asked.

    Raises Conflict where its id is taken, or it is not what the registry says; InputError where it
    is no pack; Transient where the source is away. Then the lock is as it was.
    """
    lock, fetched = current_lock(root), sources.fetch(text)
    entry = _entry(text, fetched)
    pack_id = PackId(str(entry.pack["id"]))
    if offer:
        _check_offer(offer, pack_id, entry)
    _check_free(root, lock, pack_id, entry)
    change = Change(pack_id, lock.packs.get(pack_id), entry)
    if change.old != entry:
        supply.store.keep(fetched.files)
        _write(root, lock.with_pack(pack_id, entry))
    return change


def update_packs(
    root: Path, sources: Sources, supply: LockedSupply, ids: tuple[str, ...], *, dry_run: bool
) -> tuple[Change, ...]:
    """Fetch locked packs anew, all or those named, and lock what their sources hold now.

    Returns only what changes. Raises as ``add_pack``; then the lock is as it was.
    """
    lock = current_lock(root)
    wanted = [_known(lock, pack_id) for pack_id in ids] or list(lock.packs)
    changes, contents = [], []
    for pack_id in wanted:
        old = lock.packs[pack_id]
        fetched = sources.fetch(old.source)
        new = _entry(old.source, fetched)
        if new.pack["id"] != pack_id:
            raise wrong_name(pack_id, str(new.pack["id"]))
        if new.sha256 != old.sha256 or new.resolved != old.resolved:
            changes.append(Change(pack_id, old, new))
            contents.append(fetched.files)
    if not dry_run and changes:
        for files in contents:
            supply.store.keep(files)
        made = {change.id: change.new for change in changes if change.new}
        _write(root, Lock(packs={**lock.packs, **made}))
    return tuple(changes)


def remove_pack(root: Path, pack_id: str) -> Change:
    """Take a pack out of the lock. Raises InputError where it is not in it."""
    lock = current_lock(root)
    known = _known(lock, pack_id)
    packs = dict(lock.packs)
    old = packs.pop(known)
    _write(root, Lock(packs=packs))
    return Change(known, old, None)


def verify_packs(root: Path, supply: LockedSupply) -> Iterator[Verdict]:
    """Hash every locked pack again, fetching those that are not at hand. Raises Conflict."""
    for pack_id, locked in current_lock(root).packs.items():
        files, doubt = supply.pack(pack_id, locked)
        if files is None:
            yield Verdict(pack_id, locked, False, doubt.message if doubt else "")
            continue
        entry = _entry(locked.source, Fetched(files, locked.resolved))
        if entry.pack != locked.pack or entry.files != locked.files or entry.bytes != locked.bytes:
            raise Conflict(
                f'what the lock says of the pack "{pack_id}" is not what its files say',
                f"nothing was changed; `omnigrid packs update {pack_id}` writes the entry anew",
            )
        yield Verdict(pack_id, locked, True, doubt.message if doubt else "")


def _entry(text: str, fetched: Fetched) -> LockedPack:
    """Return the lock's entry of a fetched pack. Raises InputError where it is no pack."""
    pack = _pack_file(fetched.files)
    return LockedPack(
        source=text,
        resolved=fetched.resolved,
        sha256=digest_files(fetched.files),
        archive=fetched.archive,
        bytes=sum(map(len, fetched.files.values())),
        date=fetched.date,
        pack=msgspec.json.decode(msgspec.json.encode(pack)),
        files={name: digest_bytes(data) for name, data in sorted(fetched.files.items())},
    )


def _pack_file(files: dict[str, bytes]) -> PackFile:
    """Return the checked ``pack.yaml``. Raises InputError with every diagnostic."""
    first = SourceFile(Kind.PACK, SourcePath(f"{PACKS_FOLDER}_/pack.yaml"))
    document = parse_document(first, files["pack.yaml"])
    named = "" if isinstance(document, Finding) else _claimed_id(document.data)
    path = SourcePath(f"{PACKS_FOLDER}{named or 'pack'}/pack.yaml")
    document = parse_document(SourceFile(Kind.PACK, path), files["pack.yaml"])
    found: tuple[Finding, ...]
    if isinstance(document, Finding):
        found, file = (document,), None
    else:
        reading = judge(document)
        found, file = reading.findings, reading.file
    errors = tuple(each for each in found if each.severity is Severity.ERROR)
    if errors or not isinstance(file, PackFile):
        tree = Overlay(DiskTree(Path("/nonexistent")), {path: files["pack.yaml"]})
        raise InputError(
            "the pack's own pack.yaml has faults",
            "nothing was taken; tell whoever makes the pack",
            locate(tree, errors),
        )
    return file


def _claimed_id(data: object) -> str:
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) and found.isidentifier() else ""


def _check_offer(offer: Offer, pack_id: PackId, entry: LockedPack) -> None:
    if pack_id != offer.id:
        raise wrong_name(PackId(offer.id), pack_id)
    if entry.sha256 != offer.sha256:
        raise Conflict(
            f'the pack "{pack_id}" is not what the registry says: its SHA-256 is '
            f"{entry.sha256[:12]}…, and the registry has {offer.sha256[:12]}…",
            "nothing was changed; tell whoever keeps the registry",
        )


def _check_free(root: Path, lock: Lock, pack_id: PackId, entry: LockedPack) -> None:
    folder = root / PACKS_FOLDER
    there = (
        {each.name.casefold(): each.name for each in folder.iterdir()} if folder.is_dir() else {}
    )
    if pack_id.casefold() in there:
        raise Conflict(
            f'there is a pack "{there[pack_id.casefold()]}" in {PACKS_FOLDER} already',
            "nothing was changed; remove that folder first if the other one is meant",
        )
    twins = [known for known in lock.packs if known.casefold() == pack_id.casefold()]
    for twin in twins:
        if twin != pack_id or lock.packs[twin].source != entry.source:
            raise Conflict(
                f'the pack "{twin}" is locked already, from {lock.packs[twin].source}',
                f"nothing was changed; `omnigrid packs remove {twin}` takes it out",
            )
        if lock.packs[twin].sha256 != entry.sha256:
            raise Conflict(
                f'the pack "{twin}" is locked already, and its source has changed since',
                f"nothing was changed; `omnigrid packs update {twin}` shows what, and locks it",
            )


def _known(lock: Lock, pack_id: str) -> PackId:
    if pack_id not in lock.packs:
        known = ", ".join(sorted(lock.packs)[:8]) or "none"
        raise InputError(f'no pack "{pack_id}" is locked', f"locked are: {known}")
    return PackId(pack_id)


def _write(root: Path, lock: Lock) -> None:
    try:
        write_whole(root / LOCK_PATH, lock_text(lock).encode())
    except OSError as error:
        raise Transient(
            f"cannot write {LOCK_PATH}: {error.strerror or error}",
            "see that the folder may be written and the disk is not full, then try again",
        ) from None

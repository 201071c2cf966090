"""Locked packs as files of the portfolio: as if they stood in ``template_packs/<id>/``."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

import msgspec

from omnigrid.model.findings import Finding, Place, Severity
from omnigrid.model.locks import LOCK_PATH, Lock, LockedPack
from omnigrid.model.names import PackId, SourcePath
from omnigrid.model.packs import ABSENT, PACKS_FOLDER
from omnigrid.model.tree import FileTree
from omnigrid.packs.lock import read_lock

Files = dict[SourcePath, bytes]


class Doubt(NamedTuple):
    """What is to be said of a pack that was supplied, or why it was not."""

    code: str
    message: str
    hint: str


class Supplied(NamedTuple):
    """The files of a locked pack; None where they cannot be had, and the doubt says why."""

    files: dict[str, bytes] | None
    doubt: Doubt | None = None


class Supply(Protocol):
    """Where the files of locked packs come from."""

    def pack(self, pack_id: PackId, locked: LockedPack) -> Supplied:
        """Return a pack with exactly the locked content. Raises Conflict where it differs."""
        ...


class Mounted(NamedTuple):
    """Files to lay over a portfolio's tree, and what was found."""

    files: Files
    findings: tuple[Finding, ...]


def mounted_packs(tree: FileTree, supply: Supply | None) -> Mounted:
    """Return the locked packs of a tree. Raises Conflict where one differs from its lock.

    A pack that cannot be had, as all where there is no ``supply``, is there with what its lock
    says of it, so that the portfolio can be checked, and the sites of other packs built.
    """
    lock = read_lock(tree)
    if isinstance(lock, Finding):
        return Mounted({}, (lock,))
    files: Files = {}
    findings = list(_clashes(tree.paths(), lock))
    clashing = {finding.place.keys[-1] for finding in findings}
    for pack_id, locked in lock.packs.items():
        if pack_id in clashing:
            continue
        supplied = supply.pack(pack_id, locked) if supply else Supplied(None, _UNASKED)
        own = _absent(locked, supplied.doubt) if supplied.files is None else supplied.files
        files |= {SourcePath(f"{PACKS_FOLDER}{pack_id}/{n}"): data for n, data in own.items()}
        if supplied.doubt and supply:
            findings.append(_finding(pack_id, supplied.doubt))
    return Mounted(files, tuple(findings))


_UNASKED = Doubt("OG433", "it was not asked for", "")


def _absent(locked: LockedPack, doubt: Doubt | None) -> dict[str, bytes]:
    why = f"{doubt.message}\n{doubt.hint}" if doubt else ""
    return {"pack.yaml": msgspec.json.encode(locked.pack), ABSENT: why.encode()}


def _finding(pack_id: PackId, doubt: Doubt) -> Finding:
    place = Place(LOCK_PATH, ("packs", pack_id, "source"))
    return Finding(doubt.code, doubt.message, place, doubt.hint, Severity.WARNING)


def _clashes(paths: Iterable[SourcePath], lock: Lock) -> Iterator[Finding]:
    """Yield the locked packs whose name a folder, or another locked pack, has in any capitals."""
    folders = {
        path.split("/")[1]
        for path in paths
        if path.startswith(PACKS_FOLDER) and path.count("/") > 1
    }
    taken = {folder.casefold(): f"{PACKS_FOLDER}{folder}/" for folder in sorted(folders)}
    for pack_id in lock.packs:
        other = taken.setdefault(pack_id.casefold(), f"the locked pack {pack_id}")
        if other != f"the locked pack {pack_id}":
            yield Finding(
                "OG432",
                f'the pack "{pack_id}" is both {other} and in the lock of packs from elsewhere',
                Place(LOCK_PATH, ("packs", pack_id), on_key=True),
                f"remove the folder, or the pack with `omnigrid packs remove {pack_id}`",
            )

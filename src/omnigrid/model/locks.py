"""What ``template_packs/packs.lock`` holds: packs from elsewhere, their sources and digests."""

import datetime as dt
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from omnigrid.model.fields import PackIdText
from omnigrid.model.names import PackId, SourcePath

LOCK_PATH = SourcePath("template_packs/packs.lock")

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", description="a SHA-256 in lower case")]
Address = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"^[^\x00-\x1f\x7f]+$")]


class LockedPack(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One pack from elsewhere, as it was when somebody accepted it."""

    source: Address
    """What was asked for: see ``packs.sources``."""
    resolved: Address
    """What that was: the commit, the address after all redirects."""
    sha256: Sha256
    """Of the unpacked files, in the order of their names: ``digest_files``."""
    archive: Sha256 | None = None
    """Of the archive, before it was unpacked."""
    bytes: Annotated[int, Meta(ge=0)]
    date: dt.date | None = None
    """When the source says that it was made, never when it was added here."""
    pack: dict[str, Any]
    """Its ``pack.yaml``: what may be known of the pack where its files are not at hand."""
    files: dict[str, Sha256]

    @property
    def version(self) -> str:
        """The pack's own version."""
        return str(self.pack.get("version", ""))


class Lock(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every pack from elsewhere, by its id."""

    version: Literal[1] = 1
    packs: dict[PackIdText, LockedPack] = {}

    def with_pack(self, pack_id: PackId, pack: LockedPack) -> "Lock":
        """Return this lock with a pack added or replaced."""
        return Lock(packs=dict(sorted({**self.packs, pack_id: pack}.items())))


class Change(Struct, frozen=True):
    """What becomes of a pack: its files by name, and the lock's entries before and after."""

    id: PackId
    old: LockedPack | None
    new: LockedPack | None

    @property
    def added(self) -> tuple[str, ...]:
        """Files that only the new one has."""
        return tuple(sorted(_files(self.new).keys() - _files(self.old).keys()))

    @property
    def removed(self) -> tuple[str, ...]:
        """Files that only the old one has."""
        return tuple(sorted(_files(self.old).keys() - _files(self.new).keys()))

    @property
    def changed(self) -> tuple[str, ...]:
        """Files that both have, with other bytes."""
        old, new = _files(self.old), _files(self.new)
        return tuple(sorted(name for name in old.keys() & new.keys() if old[name] != new[name]))


def _files(entry: LockedPack | None) -> dict[str, str]:
    return entry.files if entry else {}

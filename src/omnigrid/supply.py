"""Locked packs: a lock in, exactly what was locked out, or a stop."""

from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from omnigrid.fetching import DAY, Reach, Sources
from omnigrid.hosting.pack_source import is_commit
from omnigrid.model.digests import digest_files, digest_value
from omnigrid.model.errors import Conflict, InputError, OmnigridError
from omnigrid.model.locks import LockedPack
from omnigrid.model.names import Digest, PackId
from omnigrid.model.secrets import mask_secrets
from omnigrid.packs.mount import Doubt, Supplied
from omnigrid.packs.sources import FolderSource, GitSource, parse_source
from omnigrid.packs.store import PackStore, write_whole

_RETRY = 600.0
"""Seconds before a source that did not answer is asked again."""


class _Look(Struct, frozen=True):
    """The last look at a source: when, and the digest of what it held then."""

    tried: float
    seen: float = 0.0
    sha256: str = ""
    why: str = ""


class LockedSupply:
    """Supplies locked packs: from the cache, else from their source; each is looked at once a run.

    The lock decides what a pack is. A source that was not looked at for a day is compared with it,
    and what differs is only told: time never changes a pack.
    """

    def __init__(self, reach: Reach) -> None:
        self._reach, self._sources = reach, Sources(reach)
        self.store = PackStore(reach.cache / "store")
        self._known: dict[tuple[PackId, str, str], Supplied] = {}

    def pack(self, pack_id: PackId, locked: LockedPack) -> Supplied:
        """Return a pack with exactly the locked content. Raises Conflict where it differs."""
        key = (pack_id, locked.source, locked.sha256)
        if key not in self._known:
            supplied = self._pack(pack_id, locked)
            if self._reach.locked and supplied.doubt and supplied.doubt.code != "OG435":
                raise Conflict(f"--locked: {supplied.doubt.message}", supplied.doubt.hint)
            self._known[key] = supplied
        return self._known[key]

    def _pack(self, pack_id: PackId, locked: LockedPack) -> Supplied:
        try:
            pinned_source(locked)
            files = self.store.read(Digest(locked.sha256))
            if files is not None:
                return Supplied(files, self._compared(pack_id, locked))
            files = self._sources.fetch(pinned_source(locked)).files
        except OmnigridError as error:
            doubt = Doubt(
                "OG433", f'the pack "{pack_id}" cannot be had: {error.message}', error.hint
            )
            return Supplied(None, doubt)
        found = digest_files(files)
        if found != locked.sha256:
            raise differs(pack_id, locked, found)
        self.store.keep(files)
        now = self._reach.now()
        self._note(locked, _Look(now, now, found))
        return Supplied(files)

    def _compared(self, pack_id: PackId, locked: LockedPack) -> Doubt | None:
        look = self._latest(locked)
        if look.why:
            return Doubt(
                "OG435",
                f'the pack "{pack_id}" could not be compared with its source: {look.why}',
                "the locked copy was used; nothing is wrong with it",
            )
        if look.sha256 == locked.sha256:
            return None
        return Doubt(
            "OG434",
            f'the source of the pack "{pack_id}" holds something else than was locked',
            f"the locked copy was used; `omnigrid packs update {pack_id} --dry-run` shows "
            "what changed there",
        )

    def _latest(self, locked: LockedPack) -> _Look:
        """Return a look at the source that is not older than a day, if one can be had."""
        look, now = self._look(locked), self._reach.now()
        if isinstance(parse_source(locked.source), FolderSource):
            return self._looked(locked, look)
        if 0 <= now - look.seen < DAY:
            return look
        if self._reach.offline:
            return replace(look, why="--offline asks nobody")
        if look.why and 0 <= now - look.tried < _RETRY:
            return look
        return self._looked(locked, look)

    def _looked(self, locked: LockedPack, last: _Look) -> _Look:
        """Look at a source now, and remember it."""
        now = self._reach.now()
        try:
            look = _Look(now, now, self._current(locked))
        except OmnigridError as error:
            return self._note(locked, _Look(now, last.seen, last.sha256, error.message))
        return self._note(locked, look)

    def _current(self, locked: LockedPack) -> str:
        """Return the digest of what the source holds now; the same commit is the same content."""
        source = parse_source(locked.source)
        if isinstance(source, GitSource):
            commit = self._sources.commit(source)
            if locked.resolved.partition("#")[0].endswith(f"@{commit}"):
                return locked.sha256
        return digest_files(self._sources.fetch(locked.source).files)

    def _look(self, locked: LockedPack) -> _Look:
        with suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode(self._place(locked).read_bytes(), type=_Look)
        return _Look(0.0)

    def _note(self, locked: LockedPack, look: _Look) -> _Look:
        with suppress(OSError):
            write_whole(self._place(locked), msgspec.json.encode(look))
        return look

    def _place(self, locked: LockedPack) -> Path:
        name = digest_value([locked.source, locked.resolved, locked.sha256])[:32]
        return self._reach.cache / "looks" / f"{name}.json"


def pinned_source(locked: LockedPack) -> str:
    """Return what to fetch for a locked pack: of a repository, the very commit that was locked.

    Raises InputError where that is no commit of the repository that the lock names as the source:
    whoever reads the lock looks at the source.
    """
    source = parse_source(locked.source)
    if not isinstance(source, GitSource):
        return locked.source
    found = parse_source(locked.resolved)
    ref = found.ref if isinstance(found, GitSource) else ""
    if not is_commit(ref) or replace(source, ref=ref) != found:
        raise InputError(
            f"the lock says that {mask_secrets(locked.source)} was {mask_secrets(locked.resolved)}",
            "that is no commit of the same repository; take the lock from the last good commit",
        )
    return locked.resolved


def differs(pack_id: PackId, locked: LockedPack, found: Digest) -> Conflict:
    """Return the stop for a pack whose content is not what was locked."""
    return Conflict(
        f'the pack "{pack_id}" from {locked.source} is not what was locked: its SHA-256 is '
        f"{found[:12]}…, and {locked.sha256[:12]}… was accepted",
        "nothing was built; ask whoever makes the pack. If the change is meant, "
        f"`omnigrid packs update {pack_id}` shows it and locks it anew",
    )


def wrong_name(pack_id: PackId, found: str) -> InputError:
    """Return the error for a pack that calls itself otherwise."""
    return InputError(
        f'the source holds the pack "{found}", not "{pack_id}"',
        "nothing was changed; a pack is locked under its own id",
    )

"""Packs from elsewhere on this disk, by the digest of their content: one file a pack.

A pack is never unpacked: one file holds the names and bytes of all its files, so no name can reach
a file system, and a pack is there as a whole or not at all.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from omnigrid.model.digests import digest_files
from omnigrid.model.names import Digest

_MAX_LOG = 64 * 1024


class StoreSize(NamedTuple):
    """What the store holds, and how often it had what was asked for."""

    packs: int
    bytes: int
    hits: int
    misses: int

    @property
    def rate(self) -> float | None:
        """Hits of 1; None where nothing was asked."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else None


class PackStore:
    """Keeps packs in a folder that may be deleted at any time; what it cannot keep is lost."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "asked"

    def read(self, digest: Digest) -> dict[str, bytes] | None:
        """Return the files of a pack, compared with their digest; None where they are not here."""
        files = self._intact(digest)
        with suppress(OSError):
            self._note(b"m" if files is None else b"h")
        return files

    def has(self, digest: Digest) -> bool:
        """Whether a pack is here; nothing is compared, and nothing counted."""
        return self._path(digest).is_file()

    def keep(self, files: dict[str, bytes]) -> Digest:
        """Keep a pack's files, whole or not at all; return their digest."""
        digest = digest_files(files)
        with suppress(OSError):
            write_whole(self._path(digest), msgspec.msgpack.encode(files))
        return digest

    def size(self) -> StoreSize:
        """Return what is here, and how often it was of use."""
        sizes = [path.stat().st_size for path in self._packs()]
        asked = self._log.read_bytes() if self._log.is_file() else b""
        return StoreSize(len(sizes), sum(sizes), asked.count(b"h"), asked.count(b"m"))

    def prune(self, keep: Iterable[str]) -> tuple[int, int]:
        """Forget all packs but some; return how many went, and their bytes."""
        wanted = {self._path(Digest(digest)) for digest in keep}
        gone = [(path, path.stat().st_size) for path in self._packs() if path not in wanted]
        for path, _ in gone:
            path.unlink(missing_ok=True)
        return len(gone), sum(size for _, size in gone)

    def _intact(self, digest: Digest) -> dict[str, bytes] | None:
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            data = self._path(digest).read_bytes()
            files = msgspec.msgpack.decode(data, type=dict[str, bytes])
            if digest_files(files) == digest:
                return files
        return None

    def _packs(self) -> list[Path]:
        return sorted(self._folder.glob("*.pack"))

    def _path(self, digest: Digest) -> Path:
        return self._folder / f"{digest}.pack"

    def _note(self, letter: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._log.open("ab") as log:
            log.write(letter)
            size = log.tell()
        if size > _MAX_LOG:
            write_whole(self._log, self._log.read_bytes()[_MAX_LOG // 2 :])


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that others see whole or as it was. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)

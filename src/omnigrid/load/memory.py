"""Readings kept between runs, so that a file is parsed once for as long as it says the same."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, get_type_hints

import msgspec
from msgspec import NODEFAULT, Struct, structs

from omnigrid.model.findings import Finding
from omnigrid.model.names import BlobId, Digest, SourcePath
from omnigrid.model.source import SHAPES, Claims, Kind, Reading
from omnigrid.model.tree import is_stamp, stamp_time

_TABLES = """
CREATE TABLE IF NOT EXISTS readings (
    path TEXT NOT NULL, blob TEXT NOT NULL, stamp TEXT NOT NULL, record BLOB NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS versions ON readings (path, blob);
"""
_KEEP = """
INSERT INTO readings VALUES (?, ?, ?, ?)
ON CONFLICT (path, blob) DO UPDATE SET stamp = excluded.stamp, record = excluded.record
"""
_SPARE = 2
"""Readings of other versions are kept up to so many times the number of files."""


File = TypeVar("File")
Versions = Mapping[SourcePath, str]
"""Files, and what stands for the content of each: see ``FileTree.paths``."""


class Kept(NamedTuple):
    """A reading as it is kept: of which bytes, and what version the tree gave them."""

    path: SourcePath
    blob: BlobId
    stamp: str
    record: bytes


class Memory(Protocol):
    """What is known of files from earlier runs."""

    @property
    def index(self) -> Path | None:
        """A file where the index is kept that matches intents with brands."""
        ...

    def recall(self, versions: Versions) -> dict[SourcePath, Reading]:
        """Return what is known of these versions of files."""
        ...

    def keep(self, fresh: Iterable[Kept], versions: Versions) -> None:
        """Keep readings for the next run; ``versions`` are those of all files."""
        ...


class FileMemory:
    """Keeps readings in an SQLite database: one file, whole after a crash, shared by two runs.

    A database that is missing, damaged or locked knows nothing; it is never an error.
    ``program`` names what made the readings: those of another program are unknown. ``started`` is
    a time before the first look at the files, as the file system has it, in nanoseconds.
    """

    def __init__(self, path: Path, program: str, started: int) -> None:
        self._path = path.with_name(f"{path.name}-{program}.sqlite")
        self._family = path
        self.index = path.with_name(f"matching-{program}")
        self._started = started
        self._decoded: dict[SourcePath, tuple[str, Reading]] = {}

    def recall(self, versions: Versions) -> dict[SourcePath, Reading]:
        """Return what is known of these versions of files."""
        if not self._path.is_file():
            return {}
        try:
            with closing(self._open()) as base:
                rows = base.execute("SELECT path, blob, stamp, record FROM readings")
                return dict(self._known(rows, versions))
        except (sqlite3.Error, msgspec.MsgspecError, UnicodeDecodeError, TypeError):
            self._forget()
            return {}

    def _known(
        self, rows: Iterable[Any], versions: Versions
    ) -> Iterator[tuple[SourcePath, Reading]]:
        """Yield readings of these versions; two trees of a run share their objects."""
        # One loop without calls: there may be a hundred thousand rows.
        decoded, version_of = self._decoded, versions.get
        for path, blob, stamp, data in rows:
            version = version_of(path)
            if not version or version not in (stamp, blob):
                continue
            known = decoded.get(path)
            if known is None or known[0] != blob:
                known = decoded[path] = (blob, decode_reading(path, data))
            yield path, known[1]

    def keep(self, fresh: Iterable[Kept], versions: Versions) -> None:
        """Keep readings for the next run, and forget most versions that are no longer there."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            for old in self._family.parent.glob(f"{self._family.name}-*"):
                if not old.name.startswith(self._path.name):
                    old.unlink(missing_ok=True)
            with closing(self._open()) as base, base:
                base.executescript(_TABLES)
                base.executemany(_KEEP, map(self._trusted, fresh))
                _prune(base, versions)
        except (OSError, sqlite3.Error):
            self._forget()

    def _trusted(self, kept: Kept) -> Kept:
        """Return what is kept, without a stamp that a change after the reading may leave as it is.

        It is the rule of git's index (git, "Documentation/technical/racy-git").
        """
        version = kept.stamp
        trusted = is_stamp(version) and stamp_time(version) < self._started
        return kept if trusted else kept._replace(stamp="")

    def _open(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._path, timeout=1.0)
        base.execute("PRAGMA synchronous = OFF")  # What a power cut takes is read again.
        return base

    def _forget(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _is(version: str | None, row: Sequence[str]) -> bool:
    if not version:
        return False
    return row[2 if is_stamp(version) else 1] == version


def _prune(base: sqlite3.Connection, versions: Versions) -> None:
    (count,) = base.execute("SELECT count(*) FROM readings").fetchone()
    if count > _SPARE * len(versions) + 100:
        rows = base.execute("SELECT path, blob, stamp FROM readings").fetchall()
        others = [row[:2] for row in rows if not _is(versions.get(row[0]), row)]
        base.executemany("DELETE FROM readings WHERE path = ? AND blob = ?", others)


class _Record(Struct, Generic[File], frozen=True, array_like=True):
    """A reading's shape in the database."""

    file: File | None
    claims: Claims
    body: Digest
    digest: Digest
    findings: tuple[Finding, ...]


_ENCODER = msgspec.msgpack.Encoder()
_KINDS: tuple[Kind, ...] = tuple(Kind)
_MANY = frozenset({Kind.BRAND, Kind.PAGE})


@cache
def _decoder(number: int) -> msgspec.msgpack.Decoder[Any]:
    kind = _KINDS[number]
    shape: Any = _plain(SHAPES[kind]) if kind in _MANY else SHAPES[kind]
    return msgspec.msgpack.Decoder(_Record[shape])


def _plain(shape: type[Struct]) -> type[Struct]:
    """Return a shape whose texts may be any: we kept what was examined before.

    To examine it again takes two thirds of the time.
    """
    kinds = get_type_hints(shape)
    return msgspec.defstruct(
        shape.__name__,
        [(each.name, kinds[each.name], _default(each)) for each in structs.fields(shape)],
        bases=(shape,),
        module=shape.__module__,
        kw_only=True,
    )


def _default(field: structs.FieldInfo) -> Any:
    made = field.default_factory
    return field.default if made is NODEFAULT else msgspec.field(default_factory=made)


def encode_reading(reading: Reading) -> bytes:
    """Return a reading as bytes."""
    parts = (reading.file, reading.claims, reading.body, reading.digest, reading.findings)
    return bytes((_KINDS.index(reading.kind),)) + _ENCODER.encode(parts)


def decode_reading(path: SourcePath, data: bytes) -> Reading:
    """Return the reading of a file. Raises msgspec.MsgspecError where the bytes are damaged."""
    if not data or data[0] >= len(_KINDS):
        raise msgspec.DecodeError(f"no reading of {path}")
    said = _decoder(data[0]).decode(data[1:])
    # By position: thousands are made.
    return Reading(
        _KINDS[data[0]], path, said.file, said.claims, said.body, said.digest, said.findings
    )

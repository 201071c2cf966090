"""A registry of packs: an index of thousands, prepared once and searched in milliseconds.

The index is JSON. What is searched is an SQLite full-text table made from it, in the cache, named
by what it was made from.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct

from omnigrid.model.digests import digest_value
from omnigrid.model.errors import InputError, Transient
from omnigrid.model.fields import PackIdText
from omnigrid.model.locks import Address, Sha256
from omnigrid.model.secrets import mask_secrets

MAX_INDEX = 64 * 1024 * 1024
_MADE_BY = "1"
"""Changes where a table is made in another way."""
_KEPT = 4
"""Prepared registries that stay in the cache."""
_MAX_WORDS = 16
# The weights are those of a word in the id, the name, the description and the features (SQLite,
# "FTS5 Extension", "The bm25() function").
_SEARCH = """
SELECT record FROM (
    SELECT rowid AS number, bm25(words, 8.0, 4.0, 1.0, 2.0) AS score
    FROM words WHERE words MATCH ? ORDER BY score, rowid LIMIT ?
) JOIN offers USING (number) ORDER BY score, number
"""
_TABLES = """
CREATE VIRTUAL TABLE words USING fts5(
    id, name, description, features, content='', prefix='2 3', tokenize='unicode61'
);
CREATE TABLE offers (number INTEGER PRIMARY KEY, id TEXT NOT NULL, record BLOB NOT NULL);
CREATE INDEX ids ON offers (id);
"""
_Short = Annotated[str, Meta(max_length=200)]


class Offer(Struct, frozen=True, kw_only=True):
    """A pack as a registry has it."""

    id: PackIdText
    name: _Short
    description: Annotated[str, Meta(max_length=2000)] = ""
    features: Annotated[tuple[_Short, ...], Meta(max_length=100)] = ()
    source: Address
    sha256: Sha256
    version: _Short


class Index(Struct, frozen=True, kw_only=True):
    """A registry's file."""

    version: Literal[1]
    packs: tuple[Offer, ...]


_DECODER = msgspec.msgpack.Decoder(Offer)


class Registry:
    """A prepared index. Raises Transient where the cache refuses."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def search(self, words: str, most: int) -> list[Offer]:
        """Return the packs that fit best: those with all words, else those with some."""
        terms = [f'"{term}"*' for term in re.findall(r"[^\W_]+", words)[:_MAX_WORDS]]
        with self._open() as base:
            for joined in (" AND ".join(terms), " OR ".join(terms)) if terms else ():
                rows = base.execute(_SEARCH, (joined, most)).fetchall()
                if rows:
                    return [_DECODER.decode(row[0]) for row in rows]
        return []

    def find(self, pack_id: str) -> Offer | None:
        """Return the pack of an id."""
        with self._open() as base:
            row = base.execute("SELECT record FROM offers WHERE id = ?", (pack_id,)).fetchone()
        return _DECODER.decode(row[0]) if row else None

    def count(self) -> int:
        """Return how many packs there are."""
        with self._open() as base:
            return int(base.execute("SELECT count(*) FROM offers").fetchone()[0])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            # Quoted: a folder's name may hold a question mark.
            address = f"file:{quote(str(self._path))}?mode=ro&immutable=1"
            with closing(sqlite3.connect(address, uri=True)) as base:
                yield base
        except (sqlite3.Error, msgspec.MsgspecError):
            self._path.unlink(missing_ok=True)
            raise _unusable() from None


def open_registry(index: Path, folder: Path) -> Registry:
    """Return the registry of an index file, prepared in ``folder`` when it is new or changed.

    Raises InputError where the file is no index, and Transient where the cache refuses.
    """
    try:
        stamp = index.stat()
    except OSError as error:
        raise InputError(
            f"the registry {index} cannot be read: {error.strerror or error}",
            "name a file or an https address of a registry's index",
        ) from None
    told = [str(index.resolve()), stamp.st_size, stamp.st_mtime_ns, stamp.st_ino, _MADE_BY]
    path = folder / f"{digest_value(told)[:32]}.sqlite"
    if not path.is_file():
        offers = parse_index(index.read_bytes())
        try:
            _prepare(path, offers)
        except (OSError, sqlite3.Error):
            raise _unusable() from None
    return Registry(path)


def parse_index(data: bytes) -> tuple[Offer, ...]:
    """Return what a registry's file offers. Raises InputError where it is none."""
    try:
        offers = msgspec.json.decode(data, type=Index).packs
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            f"the registry's index cannot be used: {mask_secrets(str(error))[:300]}",
            "docs/packs-from-elsewhere.md says what an index holds",
        ) from None
    if len({offer.id.casefold() for offer in offers}) != len(offers):
        raise InputError(
            "the registry's index has two packs with one id", "tell whoever keeps the registry"
        )
    return offers


def _prepare(path: Path, offers: tuple[Offer, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = sorted(path.parent.glob("*.sqlite"), key=lambda each: each.stat().st_mtime_ns)
    for old in kept[: max(0, len(kept) - _KEPT + 1)]:
        old.unlink(missing_ok=True)
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        with closing(sqlite3.connect(partial)) as base, base:
            base.executescript(_TABLES)
            rows = [(number, each) for number, each in enumerate(offers)]
            base.executemany(
                "INSERT INTO offers VALUES (?, ?, ?)",
                ((n, each.id, msgspec.msgpack.encode(each)) for n, each in rows),
            )
            base.executemany(
                "INSERT INTO words (rowid, id, name, description, features) VALUES (?, ?, ?, ?, ?)",
                ((n, e.id, e.name, e.description, " ".join(e.features)) for n, e in rows),
            )
            base.execute("INSERT INTO words (words) VALUES ('optimize')")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _unusable() -> Transient:
    return Transient(
        "the prepared registry in the cache cannot be used",
        "run it again; where that does not help, see that the cache may be written",
    )

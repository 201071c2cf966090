"""A file of lines that is only ever added to, each written whole and at once."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

Entry = TypeVar("Entry")
LARGEST = 8 * 1024 * 1024
"""Bytes; a larger file is set aside, and the one before it goes."""


class Lines:
    """The lines of a file, oldest first. Two writers add whole lines, never parts."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, line: bytes) -> None:
        """Write a line through to the disk. Raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.exists() and self._path.stat().st_size > LARGEST:
            self._path.replace(self._path.with_suffix(".old.jsonl"))
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, b"\n" + line + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)

    def __iter__(self) -> Iterator[bytes]:
        """Yield every line that is there; one that a crash cut short is no whole JSON."""
        for path in (self._path.with_suffix(".old.jsonl"), self._path):
            try:
                lines = path.read_bytes().splitlines()
            except OSError:
                continue
            yield from filter(None, lines)

    def read(self, decoder: msgspec.json.Decoder[Entry]) -> Iterator[Entry]:
        """Yield every entry that is whole; a line that a crash cut short is left out."""
        for line in self:
            with suppress(msgspec.MsgspecError, UnicodeDecodeError):
                yield decoder.decode(line)

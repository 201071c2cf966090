"""Digests of bytes and of values."""

import hashlib
from typing import Any

import msgspec

from omnigrid.model.names import BlobId, Digest

_ENCODER = msgspec.json.Encoder(order="deterministic")


def digest_bytes(data: bytes) -> Digest:
    """Return the SHA-256 of ``data``."""
    return Digest(hashlib.sha256(data).hexdigest())


def digest_value(value: Any) -> Digest:
    """Return the SHA-256 of a value's canonical JSON: equal values, equal digests."""
    return digest_bytes(_ENCODER.encode(value))


def digest_files(files: dict[str, bytes]) -> Digest:
    """Return one digest for a set of named files, whatever their order."""
    return digest_value({path: digest_bytes(data) for path, data in files.items()})


def blob_id(data: bytes) -> BlobId:
    """Return the id that git gives to ``data`` (gitformat-pack: SHA-1 of "blob SIZE NUL data")."""
    header = b"blob %d\x00" % len(data)
    return BlobId(hashlib.sha1(header + data, usedforsecurity=False).hexdigest())

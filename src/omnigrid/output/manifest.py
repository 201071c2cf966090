"""The manifest as a file: JSON, one job a line, sorted, so that equal builds have equal bytes."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from omnigrid.model.manifest import (
    EMPTY_MANIFEST,
    MANIFEST_NAME,
    MANIFEST_VERSION,
    Manifest,
    Record,
)

_DECODER = msgspec.json.Decoder(Manifest)
_encode = msgspec.json.encode


def read_manifest(folder: Path, *, trusted: bool = False) -> Manifest:
    """Return the manifest in ``folder``; the empty one where it is missing, damaged or unknown.

    An empty manifest means a clean build, never an error. One that is ``trusted`` is as we left
    it; any other has to have the digest that stands at its end.
    """
    try:
        data = (folder / MANIFEST_NAME).read_bytes()
    except OSError:
        return EMPTY_MANIFEST
    return decode_manifest(data, trusted=trusted)


def decode_manifest(data: bytes, *, trusted: bool = False) -> Manifest:
    """Return the manifest that stands in a file; the empty one where it is damaged or unknown."""
    if not trusted and not _is_whole(data):
        return EMPTY_MANIFEST
    try:
        manifest = _DECODER.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return EMPTY_MANIFEST
    return manifest if manifest.version == MANIFEST_VERSION else EMPTY_MANIFEST


def _is_whole(data: bytes) -> bool:
    """Whether nobody changed a manifest by hand."""
    size = len(_end(b""))
    return data[-size:] == _end(data[:-size])


def _end(before: bytes) -> bytes:
    return _closing(hashlib.sha256(before).hexdigest())


def _closing(digest: str) -> bytes:
    return b'"sha256":"%s"}\n' % digest.encode()


def encode_manifest(manifest: Manifest) -> bytes:
    """Return the manifest's bytes."""
    return b"".join(manifest_lines(manifest))


def manifest_lines(manifest: Manifest) -> Iterator[bytes]:
    """Yield the manifest's bytes, a line at a time: there may be hundreds of MiB.

    The last line is the digest of all before it.
    """
    digest = hashlib.sha256()
    for line in _lines(manifest):
        digest.update(line)
        yield line
    yield _closing(digest.hexdigest())


def _lines(manifest: Manifest) -> Iterator[bytes]:
    part = b'"part":%s,' % _encode(manifest.part) if manifest.part else b""
    generator = _encode(manifest.generator)
    yield b'{"version":%d,"generator":%s,%s"jobs":{' % (manifest.version, generator, part)
    before = b"\n"
    for job in sorted(manifest.jobs):
        yield b"%s%s:%s" % (before, _encode(job), _line(manifest.jobs[job]))
        before = b",\n"
    yield b"\n},\n" if manifest.jobs else b"},\n"


def _line(record: Record) -> bytes:
    return b'{"key":"%s","inputs":%s,"files":%s}' % (
        record.key.encode(),
        record.inputs,
        record.files,
    )

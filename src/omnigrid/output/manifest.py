"""The manifest as a file: JSON, one job a line, sorted, so that equal builds have equal bytes."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from omnigrid.model.manifest import (
    EMPTY_MANIFEST,
    MANIFEST_NAME,
    MANIFEST_VERSION,
    Manifest,
    Record,
)
from omnigrid.model.names import Digest, JobId
from omnigrid.output.spool import TOGETHER

Passing = Callable[[Iterable[bytes]], Iterable[bytes]]
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
    return b"".join(Encoded(manifest))


class Encoded:
    """The manifest's bytes, some lines at a time: there may be hundreds of MiB.

    The last line is the digest of all before it.
    """

    def __init__(self, manifest: Manifest, passing: Passing = iter) -> None:
        """What is encoded goes through ``passing``, chunk by chunk."""
        self._chunks, self._hash = iter(passing(_chunks(manifest))), hashlib.sha256()
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._hash.update(chunk)
            yield chunk
        if not self._closed:
            self._closed = True
            # Hashed once: what follows goes on where the digest of all before it stands.
            closing = _closing(self._hash.hexdigest())
            self._hash.update(closing)
            yield closing

    def digest(self) -> Digest:
        """Return the SHA-256 of all chunks; those that nobody took are taken now."""
        for _ in self:
            pass
        return Digest(self._hash.hexdigest())


def _chunks(manifest: Manifest) -> Iterator[bytes]:
    part = b'"part":%s,' % _encode(manifest.part) if manifest.part else b""
    generator = _encode(manifest.generator)
    yield b'{"version":%d,"generator":%s,%s"jobs":{' % (manifest.version, generator, part)
    jobs, before = sorted(manifest.jobs), b"\n"
    for at in range(0, len(jobs), TOGETHER):
        parts: list[bytes] = []
        for job in jobs[at : at + TOGETHER]:
            parts += _line(before, job, manifest.jobs[job])
            before = b",\n"
        yield b"".join(parts)
    yield b"\n},\n" if jobs else b"},\n"


def _line(before: bytes, job: JobId, record: Record) -> tuple[bytes, ...]:
    """Return the parts of a line: joined with those of others, they are copied once."""
    key = b':{"key":"%s","inputs":' % record.key.encode()
    return before, _encode(job), key, record.inputs, b',"files":', record.files, b"}"

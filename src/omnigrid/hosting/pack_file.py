"""Blobs written into a repository as one pack, by threads: several times as fast as through git.

The formats are those of gitformat-pack(5): a pack of version 2 without deltas, and its index of
version 2. Both are whole before they have their names, the index last; git sees a pack only then.
"""

import hashlib
import os
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, NamedTuple

from omnigrid.model.names import BlobId

try:
    from isal import isal_zlib
except ImportError:  # No wheel for this machine.
    _compressor: ModuleType = zlib
else:
    _compressor = isal_zlib

THREADS = 2 * (os.cpu_count() or 1)
_BATCH = 64
_LEVEL = 1
"""Of compression: pages are small and many, and more would take longer than it saves."""
_BLOB = 3
_LARGE_OFFSET = 1 << 31


class _Entry(NamedTuple):
    blob: BlobId
    data: bytes
    """As it stands in the pack: header and compressed content."""
    check: int
    """CRC-32 of that."""
    size: int


def write_pack(
    folder: Path,
    blobs: Iterable[BlobId],
    read: Callable[[BlobId], bytes],
    threads: int = THREADS,
) -> Mapping[BlobId, int]:
    """Write blobs as one pack into ``folder``, a repository's ``objects/pack``; return their sizes.

    No blob comes twice. ``read`` is called by several threads and gives bytes whose id was looked
    at. Raises OSError, and what ``read`` raises; nothing is left behind then but a temporary file.
    One of several processes that do this at once needs but one thread.
    """
    wanted = list(blobs)
    if not wanted:
        return {}
    sizes: dict[BlobId, int] = {}
    places: list[tuple[BlobId, int, int]] = []
    with _fresh(folder, "tmp_pack_") as stream:
        digest = hashlib.sha1(usedforsecurity=False)
        header = struct.pack(">4sII", b"PACK", 2, len(wanted))
        offset = _put(stream, digest, header)
        for entry in _entries(wanted, read, threads):
            places.append((entry.blob, entry.check, offset))
            sizes[entry.blob] = entry.size
            offset += _put(stream, digest, entry.data)
        name = digest.digest()
        stream.write(name)
        _settle(stream)
    _name(folder, Path(stream.name), _index(places, name), name.hex())
    return sizes


def _fresh(folder: Path, prefix: str) -> BinaryIO:
    handle, path = tempfile.mkstemp(dir=folder, prefix=prefix)
    os.close(handle)
    return Path(path).open("wb")


def _put(stream: BinaryIO, digest: "hashlib._Hash", data: bytes) -> int:
    digest.update(data)
    return stream.write(data)


def _settle(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())
    os.fchmod(stream.fileno(), 0o444)


def _name(folder: Path, pack: Path, index: bytes, name: str) -> None:
    with _fresh(folder, "tmp_idx_") as stream:
        stream.write(index)
        _settle(stream)
    pack.replace(folder / f"pack-{name}.pack")
    Path(stream.name).replace(folder / f"pack-{name}.idx")


def _entries(
    wanted: list[BlobId], read: Callable[[BlobId], bytes], threads: int
) -> Iterator[_Entry]:
    """Yield each blob's entry, in order; no more than a few batches are in memory."""
    if threads == 1:
        yield from (_entry(blob, read(blob)) for blob in wanted)
        return
    pool = ThreadPoolExecutor(threads)
    try:
        batches = (wanted[at : at + _BATCH] for at in range(0, len(wanted), _BATCH))
        todo = (pool.submit(_packed, batch, read) for batch in batches)
        under_way: list[Future[list[_Entry]]] = list(islice(todo, 2 * threads))
        while under_way:
            yield from under_way.pop(0).result()
            under_way += islice(todo, 1)
    finally:
        pool.shutdown(cancel_futures=True)


def _packed(batch: Iterable[BlobId], read: Callable[[BlobId], bytes]) -> list[_Entry]:
    return [_entry(blob, read(blob)) for blob in batch]


def _entry(blob: BlobId, content: bytes) -> _Entry:
    data = _header(len(content)) + _compressor.compress(content, _LEVEL)
    return _Entry(blob, data, zlib.crc32(data), len(content))


def _header(size: int) -> bytes:
    """The type and the size before compression, seven bits a byte, the lowest first."""
    first, rest = size & 0x0F, size >> 4
    header = bytearray([_BLOB << 4 | first])
    while rest:
        header[-1] |= 0x80
        header.append(rest & 0x7F)
        rest >>= 7
    return bytes(header)


def _index(places: list[tuple[BlobId, int, int]], pack: bytes) -> bytes:
    rows = sorted((bytes.fromhex(blob), check, offset) for blob, check, offset in places)
    large = [offset for _, _, offset in rows if offset >= _LARGE_OFFSET]
    ranks = {offset: rank for rank, offset in enumerate(large)}
    short = (_LARGE_OFFSET | ranks[at] if at in ranks else at for _, _, at in rows)
    count = len(rows)
    parts = [
        b"\xfftOc" + struct.pack(">I", 2),
        struct.pack(">256I", *_fanout(row[0][0] for row in rows)),
        b"".join(row[0] for row in rows),
        struct.pack(f">{count}I", *(row[1] for row in rows)),
        struct.pack(f">{count}I", *short),
        struct.pack(f">{len(large)}Q", *large),
        pack,
    ]
    data = b"".join(parts)
    return data + hashlib.sha1(data, usedforsecurity=False).digest()


def _fanout(first_bytes: Iterable[int]) -> list[int]:
    """How many ids begin with at most each byte."""
    counts = [0] * 256
    for byte in first_bytes:
        counts[byte] += 1
    for byte in range(1, 256):
        counts[byte] += counts[byte - 1]
    return counts

"""The entries of an archive, read in memory and never trusted: zip, or tar with gzip."""

import gzip
import io
import zlib
from collections.abc import Iterator

from omnigrid.model.errors import InputError
from omnigrid.packs.sifting import Files, refused, sift
from omnigrid.packs.tars import tar_entries
from omnigrid.packs.zips import MAX_RATIO, RATIO_FROM, zip_entries

MAX_ARCHIVE = 32 * 1024 * 1024
"""Bytes of an archive as it is sent."""
MAX_TAR = 40 * 1024 * 1024
"""Bytes of a tar without its gzip: the files, and a kilobyte or two about each."""


def unpack(data: bytes, folder: str = "") -> Files:
    """Return a pack's files from an archive; ``folder`` is where in it the pack stands.

    Raises InputError that names the first entry against the law.
    """
    if len(data) > MAX_ARCHIVE:
        raise refused("the archive", f"is larger than {MAX_ARCHIVE // 1024**2} MiB")
    return sift(_entries(data), folder)


def _entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"PK\x03\x04"):
        return zip_entries(data)
    if data.startswith(b"\x1f\x8b"):
        return tar_entries(_gunzip(data))
    raise refused("the archive", "is neither a zip nor a tar with gzip")


def _gunzip(data: bytes) -> bytes:
    """Return what was compressed, never more than a tar may have."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            plain = stream.read(MAX_TAR + 1)
    except (OSError, EOFError, zlib.error):
        raise damaged() from None
    if len(plain) > MAX_TAR:
        raise refused("the archive", f"unpacks to more than {MAX_TAR // 1024**2} MiB")
    if len(plain) > max(RATIO_FROM, MAX_RATIO * len(data)):
        raise refused("the archive", f"unpacks to more than {MAX_RATIO} times its size")
    return plain


def damaged() -> InputError:
    """Return the error for an archive that cannot be read."""
    return refused("the archive", "is damaged", "fetch it again, or tell whoever makes the pack")

"""The entries of a zip (PKWARE, "APPNOTE.TXT"), refused where two programs may read it apart."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from omnigrid.packs.sifting import MAX_BYTES, MAX_FILE, MAX_FILES, check_name, refused

MAX_RATIO = 100
"""More than deflate makes of any text that somebody wrote."""
RATIO_FROM = 1024 * 1024
"""Bytes: what unpacks to less is no bomb, whatever its ratio."""
_MAX_ENTRIES = 4 * MAX_FILES
"""Folders count, and files that do not belong to the pack."""
_LOCAL_HEADER = 30
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1 | 0x40 | 0x2000


def zip_entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every file. Raises InputError at the first that is refused."""
    _check_end(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > _MAX_ENTRIES:
                raise refused("the archive", f"has more than {_MAX_ENTRIES} entries")
            _check_overlaps(infos)
            _check_sizes(infos)
            for info in infos:
                _check_entry(info)
                if not info.is_dir():
                    yield info.filename, _read(archive, info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error) as error:
        raise refused("the archive", f"is damaged: {error}") from None
    except (RuntimeError, ValueError, OverflowError, UnicodeDecodeError):
        raise refused("the archive", "is damaged, or locked with a password") from None


def _check_end(data: bytes) -> None:
    """Refuse before it is read a list of entries that would fill the memory (4.3.16)."""
    at = data.rfind(b"PK\x05\x06")
    if at < 0 or len(data) - at < 22:
        raise refused("the archive", "is damaged: it has no end")
    disk, start, here, entries, size, offset = struct.unpack_from("<4H2L", data, at + 4)
    if disk or start or here != entries:
        raise refused("the archive", "is one of several parts")
    if 0xFFFF in {entries} or 0xFFFFFFFF in {size, offset} or b"PK\x06\x07" in data[at - 20 : at]:
        raise refused("the archive", "is a zip64, which no pack needs")
    if entries > _MAX_ENTRIES or size > _MAX_ENTRIES * 1024:
        raise refused("the archive", f"has more than {_MAX_ENTRIES} entries")


def _check_overlaps(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share bytes: how one kernel becomes petabytes (D. Fifield, 2019)."""
    end = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < end:
            raise refused(info.filename, "overlaps another entry of the archive")
        name = len(info.orig_filename.encode("utf-8", "replace"))
        end = info.header_offset + _LOCAL_HEADER + name + info.compress_size


def _check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    stated = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if stated > MAX_BYTES:
        raise refused("the archive", f"unpacks to more than {MAX_BYTES // 1024**2} MiB")
    if stated > max(RATIO_FROM, MAX_RATIO * packed):
        raise refused("the archive", f"unpacks to more than {MAX_RATIO} times its size")


def _check_entry(info: zipfile.ZipInfo) -> None:
    check_name(info.orig_filename.removesuffix("/"))
    if info.flag_bits & _ENCRYPTED:
        raise refused(info.filename, "is locked with a password")
    if info.compress_type not in _METHODS:
        raise refused(info.filename, "is packed in an unusual way", "use deflate, or store it")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise refused(info.filename, "is a symbolic link")
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR} or (kind == stat.S_IFDIR) > info.is_dir():
        raise refused(info.filename, "is neither a file nor a folder")
    if info.is_dir() and info.file_size:
        raise refused(info.filename, "is a folder that holds bytes")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return an entry's bytes, after looking whether they are as many as it says."""
    with archive.open(info) as stream:
        data = stream.read(MAX_FILE + 1)
        more = stream.read(1) if len(data) <= MAX_FILE else b"."
    if len(data) > MAX_FILE:
        raise refused(info.filename, f"is larger than {MAX_FILE // 1024**2} MiB")
    if more or len(data) != info.file_size:
        raise refused(info.filename, "has another size than the archive says")
    return data

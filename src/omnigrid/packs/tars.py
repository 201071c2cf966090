"""The entries of a tar (POSIX.1-2017, pax, "ustar Interchange Format"): plain files and folders."""

import io
import tarfile
from collections.abc import Iterator, Mapping

from omnigrid.packs.sifting import MAX_FILES, check_name, refused

_MAX_ENTRIES = 4 * MAX_FILES
_PAX = frozenset(["path", "mtime", "atime", "ctime", "comment", "uid", "gid", "uname", "gname"])
"""Keys of extended headers that change nothing of a file but its name, or nothing at all."""
_FOREIGN = ("SCHILY.", "LIBARCHIVE.", "MSWINDOWS.", "RHT.")
"""Beginnings of keys that carry attributes of a system; we keep none."""
_KINDS = {
    tarfile.SYMTYPE: "is a symbolic link",
    tarfile.LNKTYPE: "is a hard link",
    tarfile.CHRTYPE: "is a device",
    tarfile.BLKTYPE: "is a device",
    tarfile.FIFOTYPE: "is a pipe",
    tarfile.GNUTYPE_SPARSE: "is a file with holes",
    tarfile.CONTTYPE: "is of a kind that no pack needs",
}


def tar_entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every file. Raises InputError at the first that is refused."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            _check_pax(archive.pax_headers, "the archive")
            for number, member in enumerate(archive, start=1):
                if number > _MAX_ENTRIES:
                    raise refused(member.name, f"is one entry too many: {_MAX_ENTRIES} may be")
                _check_member(member)
                if member.isreg():
                    yield member.name, _read(archive, member)
    except (tarfile.TarError, EOFError, RecursionError, UnicodeError):
        raise refused("the archive", "is damaged") from None
    except (ValueError, OverflowError, IndexError):
        raise refused("the archive", "has a header that says nonsense") from None


def _check_member(member: tarfile.TarInfo) -> None:
    check_name(member.name)
    _check_pax(member.pax_headers, member.name)
    if member.issparse():
        raise refused(member.name, "is a file with holes")
    if member.type in _KINDS or not (member.isreg() or member.isdir()):
        raise refused(member.name, _KINDS.get(member.type, "is of a kind that no pack needs"))
    if member.size < 0 or (member.isdir() and member.size):
        raise refused(member.name, "has another size than the archive says")


def _check_pax(headers: Mapping[str, str], name: str) -> None:
    for key in headers:
        if key not in _PAX and not key.startswith(_FOREIGN):
            raise refused(name, f'has a header "{key[:40]}" that no pack needs')


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    data = stream.read() if stream else b""
    if len(data) != member.size:
        raise refused(member.name, "has another size than the archive says")
    return data

"""Archives: honest ones are read, and a hostile one of every kind is refused, by name."""

import gzip
import io
import random
import stat
import struct
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.errors import InputError
from omnigrid.packs import archive, sifting, zips
from omnigrid.packs.archive import unpack
from support.packing import Packer, pack_files, tar_files, tar_of, zip_of

FILES = pack_files()
BOTH = pytest.mark.parametrize("packed", [zip_of, tar_files], ids=["zip", "tar"])


def refusal(data: bytes, folder: str = "") -> str:
    with pytest.raises(InputError) as caught:
        unpack(data, folder)
    assert caught.value.hint
    return caught.value.message


def info(name: str, kind: bytes = tarfile.REGTYPE, **facts: object) -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type = kind
    for key, value in facts.items():
        setattr(found, key, value)
    return found


def tar_with(*members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    plain = [(tarfile.TarInfo(name), data) for name, data in FILES.items()]
    return tar_of(*plain, *members, form=form)


def zip_with(entry: zipfile.ZipInfo, data: bytes = b"x") -> bytes:
    target = io.BytesIO(zip_of(FILES))
    with zipfile.ZipFile(target, "a") as packed:
        packed.writestr(entry, data)
    return target.getvalue()


# Honest ones.


@BOTH
def test_a_pack_is_read_with_all_its_files(packed: Packer) -> None:
    assert unpack(packed(FILES)) == dict(sorted(FILES.items()))


@BOTH
def test_the_one_folder_that_forges_make_is_stepped_into(packed: Packer) -> None:
    made = packed({f"packs-1.0/{name}": data for name, data in FILES.items()})
    assert unpack(made) == FILES


@BOTH
def test_a_folder_of_many_packs(packed: Packer) -> None:
    wild = {f"top/packs/b/{name}": data for name, data in FILES.items()}
    made = packed({**wild, "top/setup.py": b"import os"})
    assert unpack(made, "packs/b") == FILES


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\.(css|js|svg)", fullmatch=True), st.binary()))
def test_what_was_packed_is_what_is_read(more: dict[str, bytes]) -> None:
    files = {**{name: b"." + data for name, data in more.items()}, **FILES}
    assert unpack(zip_of(files)) == unpack(tar_files(files)) == files


@given(st.binary(max_size=2000))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    for made in (data, gzip.compress(data), b"PK\x03\x04" + data):
        with pytest.raises(InputError):
            unpack(made)


@given(st.integers(0, 2000), st.integers(0, 255), st.sampled_from([zip_of, tar_files]))
def test_one_wrong_byte_never_passes_as_another_pack(at: int, value: int, packed: Packer) -> None:
    data = bytearray(packed(FILES))
    data[at % len(data)] = value
    try:
        files = unpack(bytes(data))
    except InputError:
        return
    # Times and owners may differ; what stands in files has a checksum in a zip and in gzip.
    assert set(files.values()) <= set(FILES.values())


# Names, in both kinds.


@BOTH
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("/etc/cron.d/evil.txt", "is an absolute path"),
        ("../evil.css", "leaves its folder"),
        ("a/../../evil.css", "leaves its folder"),
        ("./styles.css", "leaves its folder"),
        ("a//b.css", "leaves its folder"),
        ("..\\evil.css", "holds a backslash"),
        ("\\\\host\\share\\evil.css", "holds a backslash"),
        ("C:/evil.css", "is an absolute path"),
        ("c:evil.css", "is an absolute path"),
        ("a/b:stream.css", "Windows cannot hold"),
        ("con.css", "Windows keeps for a device"),
        ("a/LPT1.js", "Windows keeps for a device"),
        ("nul", "Windows keeps for a device"),
        ("aux .css", "Windows keeps for a device"),
        ("trailing./x.css", "Windows cannot hold"),
        ("a/new\nline.css", "cannot be seen"),
        ("right\u202eleft.css", "cannot be seen"),
        ("cafe\u0301.css", "Unicode form NFC"),
        (".git/hooks/post-checkout", "git repository"),
        (".GIT/config", "git repository"),
        ("GIT~1/config", "git repository"),
        ("x" * 120 + ".css", "Windows cannot hold"),
        ("/".join("abcdefghij") + "/x.css", "folders deep"),
        ("setup.py", "of a kind that no pack needs"),
        ("hooks.pyc", "of a kind that no pack needs"),
        ("post_gen.sh", "of a kind that no pack needs"),
        ("run.exe", "of a kind that no pack needs"),
        ("lib.so", "of a kind that no pack needs"),
        ("inner.zip", "of a kind that no pack needs"),
        ("inner.tar.gz", "of a kind that no pack needs"),
        ("Makefile", "of a kind that no pack needs"),
        ("copier.toml", "of a kind that no pack needs"),
    ],
)
def test_a_hostile_name(packed: Packer, name: str, why: str) -> None:
    said = refusal(packed({**FILES, name: b"x"}))
    assert why in said
    shown = name.encode("unicode_escape").decode() if not name.isprintable() else name
    assert shown.replace("\\\\", "\\")[:20] in said.replace("\\\\", "\\")


def test_a_name_with_nul_in_a_zip() -> None:
    data = zip_of({**FILES, "styles.css?.py": b"x"}).replace(b"styles.css?.py", b"styles.css\0.py")
    assert "NUL" in refusal(data) or "damaged" in refusal(data)


@BOTH
@pytest.mark.parametrize("name", ["INDEX.HTML", "Styles.css"])
def test_names_that_are_one_on_many_disks(packed: Packer, name: str) -> None:
    assert "many disks" in refusal(packed({**FILES, name: b"x"}))


@BOTH
def test_folders_that_are_one_on_many_disks(packed: Packer) -> None:
    files = {**FILES, "parts/a.css": b"x", "Parts/b.css": b"x"}
    assert "many disks" in refusal(packed(files))


@BOTH
def test_a_file_that_is_a_folder_too(packed: Packer) -> None:
    files = {**FILES, "readme": b"x", "readme/a.css": b"x"}
    assert "both a file and a folder" in refusal(packed(files))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_in_a_zip() -> None:
    assert "stands there twice" in refusal(zip_with(zipfile.ZipInfo("index.html"), b"other"))


def test_a_name_that_stands_twice_in_a_tar() -> None:
    assert "stands there twice" in refusal(tar_with((info("index.html"), b"other")))


# Kinds of entries.


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (tarfile.SYMTYPE, "is a symbolic link"),
        (tarfile.LNKTYPE, "is a hard link"),
        (tarfile.CHRTYPE, "is a device"),
        (tarfile.BLKTYPE, "is a device"),
        (tarfile.FIFOTYPE, "is a pipe"),
        (tarfile.CONTTYPE, "is of a kind that no pack needs"),
        (b"V", "is of a kind that no pack needs"),
    ],
)
def test_a_tar_entry_that_is_no_file(kind: bytes, why: str) -> None:
    member = info("assets/evil.css", kind, linkname="../../../etc/passwd")
    assert refusal(tar_with((member, b""))) == f'"assets/evil.css" {why}'


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (stat.S_IFLNK, "is a symbolic link"),
        (stat.S_IFIFO, "is neither a file nor a folder"),
        (stat.S_IFCHR, "is neither a file nor a folder"),
        (stat.S_IFSOCK, "is neither a file nor a folder"),
        (stat.S_IFDIR, "is neither a file nor a folder"),
    ],
)
def test_a_zip_entry_that_is_no_file(kind: int, why: str) -> None:
    entry = zipfile.ZipInfo("assets/evil.css")
    entry.external_attr = (kind | 0o777) << 16
    assert refusal(zip_with(entry, b"/etc/passwd")) == f'"assets/evil.css" {why}'


def test_a_link_that_a_later_entry_would_go_through() -> None:
    link = (info("assets", tarfile.SYMTYPE, linkname="/tmp"), b"")  # noqa: S108
    assert "symbolic link" in refusal(tar_with(link, (info("assets/x.css"), b"x")))


def test_a_tar_file_with_holes() -> None:
    header = bytearray(info("holes.css").tobuf(tarfile.GNU_FORMAT))
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[483:495] = b"%011o " % (1 << 40)  # The size that it says it has.
    header[148:156] = b"%06o\0 " % (sum(header) - sum(header[148:156]) + 8 * 32)
    plain = gzip.decompress(tar_files(FILES)).rstrip(b"\0")
    plain += b"\0" * (-len(plain) % 512)
    said = refusal(gzip.compress(plain + bytes(header) + b"\0" * 1024))
    assert "holes" in said or "damaged" in said


def test_a_file_with_holes_by_pax_headers() -> None:
    member = info("holes.css", pax_headers={"GNU.sparse.size": "999999999999"})
    assert "GNU.sparse.size" in refusal(tar_with((member, b"x"))) or "holes" in refusal(
        tar_with((member, b"x"))
    )


@pytest.mark.parametrize("key", ["size", "linkpath", "hdrcharset"])
def test_a_pax_header_that_says_otherwise(key: str) -> None:
    value = {"size": "1", "linkpath": "/etc/passwd", "hdrcharset": "BINARY"}[key]
    said = refusal(tar_with((info("odd.css", pax_headers={key: value}), b"xx")))
    assert f'has a header "{key}"' in said or "damaged" in said


def test_a_pax_path_is_the_name_that_counts() -> None:
    member = info("harmless.css", pax_headers={"path": "../../evil.css"})
    said = refusal(tar_with((member, b"x")))
    assert said == '"../../evil.css" leaves its folder, or has an empty part'


def test_headers_that_never_end() -> None:
    longs = info("././@LongLink", tarfile.GNUTYPE_LONGNAME)
    noise = random.Random(1)  # noqa: S311  (so that the archive is no bomb)
    many = [(info("././@LongLink", longs.type), noise.randbytes(500)) for _ in range(3000)]
    assert "damaged" in refusal(tar_of(*many, form=tarfile.GNU_FORMAT))


def test_a_tar_size_below_zero() -> None:
    header = bytearray(info("below.css").tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 11 + b"\x00"  # -256, in base 256.
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    data = gzip.compress(bytes(header) + b"\0" * 2048)
    assert refusal(data)


# Sizes.


def test_too_many_files() -> None:
    many = {f"f{number}.css": b"x" for number in range(sifting.MAX_FILES + 1)}
    assert "one file too many" in refusal(tar_files({**FILES, **many}))


def test_too_many_entries_of_a_zip() -> None:
    many = {f"f{number}/": b"" for number in range(4 * sifting.MAX_FILES + 1)}
    assert "more than 2000 entries" in refusal(zip_of({**FILES, **many}))


def test_too_many_entries_of_a_tar() -> None:
    many = [(info(f"f{n}", tarfile.DIRTYPE), b"") for n in range(4 * sifting.MAX_FILES + 1)]
    assert "one entry too many" in refusal(tar_with(*many))


@BOTH
def test_a_file_that_is_too_large(packed: Packer) -> None:
    noise = bytes(range(256)) * (sifting.MAX_FILE // 256)
    said = refusal(packed({**FILES, "big.js": noise + b"x"}))
    assert '"big.js" is larger than 8 MiB' in said or "times its size" in said


def test_too_many_bytes_in_all() -> None:
    names = [f"f{number}.js" for number in range(5)]
    large = {name: bytes(sifting.MAX_FILE) for name in names}
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as packed:
        for name, data in {**FILES, **large}.items():
            packed.writestr(name, data)
    assert refusal(stored.getvalue()) == '"the archive" is larger than 32 MiB'
    assert "32 MiB" in refusal(zip_of({**FILES, **large}))


@BOTH
def test_a_bomb(packed: Packer) -> None:
    said = refusal(packed({**FILES, "bomb.css": bytes(6 * 1024 * 1024)}))
    assert said == '"the archive" unpacks to more than 100 times its size'


def test_a_bomb_of_gzip_alone() -> None:
    assert "40 MiB" in refusal(gzip.compress(bytes(archive.MAX_TAR + 10)))


def test_a_bomb_of_entries_that_share_their_bytes() -> None:
    """As D. Fifield's, "A better zip bomb" (2019): one kernel, many names."""
    data = bytearray(zip_of({**FILES, "a.css": b"a" * 5000, "b.css": b"b" * 5000}))
    first, second = (data.rfind(b"PK\x01\x02", 0, data.rfind(n)) for n in (b"a.css", b"b.css"))
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert "overlaps" in refusal(bytes(data))


def test_a_bomb_within_a_bomb() -> None:
    inner = zip_of({"bomb.css": bytes(6 * 1024 * 1024)})
    assert "of a kind that no pack needs" in refusal(zip_of({**FILES, "inner.zip": inner}))


@pytest.mark.parametrize("stated", [1, 4999, 5001, 7_000_000])
def test_a_zip_that_lies_about_a_size(stated: int) -> None:
    data = bytearray(zip_of({**FILES, "a.css": b"ab" * 2500}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", stated)
    said = refusal(bytes(data))
    assert "another size" in said or "damaged" in said or "times its size" in said


def test_a_zip_with_other_names_in_front() -> None:
    data = zip_of({**FILES, "a.css": b"x"})
    at = data.index(b"a.css")
    assert "damaged" in refusal(data[:at] + b"b.css" + data[at + 5 :])


def test_a_locked_zip() -> None:
    data = bytearray(zip_of({**FILES, "a.css": b"x"}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)) == '"a.css" is locked with a password'


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_is_packed_in_an_unusual_way(method: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed:
        for name, data in FILES.items():
            packed.writestr(name, data)
    assert "packed in an unusual way" in refusal(target.getvalue())


def test_a_zip_of_several_parts() -> None:
    data = bytearray(zip_of(FILES))
    at = data.rfind(b"PK\x05\x06")
    data[at + 4 : at + 6] = struct.pack("<H", 3)
    assert "one of several parts" in refusal(bytes(data))


def test_a_zip64() -> None:
    data = bytearray(zip_of(FILES))
    at = data.rfind(b"PK\x05\x06")
    data[at + 8 : at + 12] = b"\xff\xff\xff\xff"
    assert "zip64" in refusal(bytes(data))


def test_a_list_of_entries_that_would_fill_the_memory() -> None:
    data = bytearray(zip_of(FILES))
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<L", 1 << 30)
    assert f"more than {zips._MAX_ENTRIES} entries" in refusal(bytes(data))


# What files hold.


@BOTH
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x7fELF\x02", "is a program"),
        (b"MZ\x90\x00", "is a program"),
        (b"#!/bin/sh\nrm -rf /\n", "is a program"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", "git LFS"),
    ],
)
def test_a_program_under_a_harmless_name(packed: Packer, data: bytes, why: str) -> None:
    said = refusal(packed({**FILES, "picture.png": data}))
    assert "picture.png" in said
    assert why in said


@BOTH
def test_an_archive_that_is_no_pack(packed: Packer) -> None:
    assert "pack.yaml" in refusal(packed({"index.html": b"x"}))


def test_other_kinds_of_archives() -> None:
    for data in (b"", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh91AY", b"<!doctype html>"):
        assert "neither a zip nor a tar" in refusal(data)

"""What is remembered of files: only what is still true, and never an error."""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.load.disk import DiskTree, disk_time
from omnigrid.load.memory import FileMemory, Kept, decode_reading, encode_reading
from omnigrid.model.digests import blob_id
from omnigrid.model.files import BrandFile, FrontMatter
from omnigrid.model.findings import Finding, Place, Span
from omnigrid.model.names import BlobId, BrandId, Digest, SectorId, SourcePath
from omnigrid.model.source import Claims, Kind, Reading
from omnigrid.model.tree import stamp_version
from omnigrid.reading import read_files

PATH = SourcePath("brands/a.yaml")
BLOB = BlobId("b" * 40)
OLD = stamp_version(3, 1_000, 1_000, 7)
"""The stamp of a file that was touched long before anybody looked."""
READING = Reading(
    Kind.BRAND,
    PATH,
    BrandFile(
        id=BrandId("TST-001"),
        name="Spade™",
        sector=SectorId("Garden"),
        tagline="Dig",
        description="Digs.",
        owner="Tester",
    ),
    Claims(id="TST-001", sector="Garden"),
    digest=Digest("d" * 64),
    findings=(Finding("OG104", "bad", Place(PATH, ("sector",), span=Span(1, 2, 3)), "mend"),),
)


def memory_in(folder: Path, program: str = "1", started: int = 1_000_000) -> FileMemory:
    return FileMemory(folder / "cache" / "readings", program, started)


def database(folder: Path) -> Path:
    (found,) = (folder / "cache").glob("readings-*.sqlite")
    return found


def keep(folder: Path, stamp: str = OLD, path: SourcePath = PATH, program: str = "1") -> None:
    kept = Kept(path, BLOB, stamp, encode_reading(READING))
    memory_in(folder, program).keep([kept], {path: stamp})


def known(folder: Path, version: str = OLD, program: str = "1") -> bool:
    found = memory_in(folder, program).recall({PATH: version})
    assert set(found) <= {PATH}
    return PATH in found


@pytest.mark.parametrize(
    "reading",
    [
        READING,
        Reading(
            Kind.PAGE, SourcePath("content/p.md"), FrontMatter(title="T"), body=Digest("d" * 64)
        ),
        Reading(Kind.PACK, SourcePath("template_packs/p/pack.yaml"), None),
    ],
)
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    again = decode_reading(reading.path, encode_reading(reading))
    assert isinstance(again.file, type(reading.file))
    for field in Reading.__struct_fields__:
        now, before = (msgspec.to_builtins(getattr(each, field)) for each in (again, reading))
        assert now == before


def test_a_file_is_known_by_its_stamp_and_by_its_bytes(tmp_path: Path) -> None:
    assert not known(tmp_path)
    keep(tmp_path)
    assert known(tmp_path)
    assert known(tmp_path, BLOB)
    found = memory_in(tmp_path).recall({PATH: OLD})[PATH]
    assert msgspec.to_builtins(found.file) == msgspec.to_builtins(READING.file)
    assert found.findings == READING.findings


@pytest.mark.parametrize(
    "version", ["", "c" * 40, stamp_version(3, 1_000, 1_001, 7), stamp_version(3, 1_000, 1_000, 8)]
)
def test_another_version_is_not_known(tmp_path: Path, version: str) -> None:
    keep(tmp_path)
    assert not known(tmp_path, version)


def test_another_path_with_the_same_bytes_is_not_known(tmp_path: Path) -> None:
    keep(tmp_path)
    assert memory_in(tmp_path).recall({SourcePath("brands/b.yaml"): BLOB}) == {}


@pytest.mark.parametrize("touched", [1_000_000, 1_000_001, 5_000_000])
def test_a_stamp_of_the_moment_in_which_we_looked_is_not_trusted(
    tmp_path: Path, touched: int
) -> None:
    racy = stamp_version(3, 1_000, touched, 7)
    keep(tmp_path, racy)
    assert not known(tmp_path, racy)
    assert known(tmp_path, BLOB)  # What its bytes say stays true.


def test_the_readings_of_another_program_are_unknown_and_make_room(tmp_path: Path) -> None:
    keep(tmp_path)
    assert not known(tmp_path, program="2")
    keep(tmp_path, program="2")
    assert known(tmp_path, program="2")
    assert database(tmp_path).name == "readings-2.sqlite"


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE readings (other INTEGER)")
    base.close()


def _of_text(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("UPDATE readings SET record = 'text', stamp = ?", (OLD,))
    base.close()


def _of_other_bytes(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("UPDATE readings SET record = ?", (b"\x01\xc1",))
    base.close()


def _of_nothing(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("UPDATE readings SET record = x''")
    base.close()


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database" * 1000),
        _truncate,
        _foreign,
        _of_text,
        _of_other_bytes,
        _of_nothing,
    ],
)
def test_a_damaged_or_foreign_database_knows_nothing_and_is_replaced(
    tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    keep(tmp_path)
    harm(database(tmp_path))
    assert not known(tmp_path)
    keep(tmp_path)
    assert known(tmp_path)


def test_a_database_that_is_damaged_when_something_is_kept_is_no_error(tmp_path: Path) -> None:
    keep(tmp_path)
    database(tmp_path).write_bytes(b"no database" * 1000)
    keep(tmp_path)
    keep(tmp_path)
    assert known(tmp_path)


def test_a_locked_database_is_no_error(tmp_path: Path) -> None:
    keep(tmp_path)
    holder = sqlite3.connect(database(tmp_path))
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert not known(tmp_path)
    finally:
        holder.close()
    keep(tmp_path)
    assert known(tmp_path)


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert not known(tmp_path)
    keep(tmp_path)
    assert not known(tmp_path)


def test_versions_that_are_gone_are_forgotten_at_last(tmp_path: Path) -> None:
    record = encode_reading(READING)
    many = [Kept(PATH, BlobId(f"{number:040x}"), "", record) for number in range(500)]
    here = many[-1].blob
    memory_in(tmp_path).keep(many, {PATH: here})
    assert known(tmp_path, here)
    assert not known(tmp_path, many[0].blob)
    few = [Kept(PATH, BlobId(f"f{number:039x}"), "", record) for number in range(50)]
    memory_in(tmp_path).keep(few, {PATH: here})
    assert known(tmp_path, few[0].blob)  # As of a commit that is compared again and again.


@given(st.binary(max_size=60))
def test_any_bytes_are_a_reading_or_a_known_error(data: bytes) -> None:
    try:
        decode_reading(PATH, data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "brands").mkdir()
    (tmp_path / "omnigrid.yaml").write_text("name: Test\n")
    (tmp_path / "brands/a.yaml").write_text("id: A-1\n")
    return tmp_path


def test_an_edit_that_keeps_size_and_time_is_read(root: Path) -> None:
    path = root / "brands/a.yaml"
    assert _claimed(root) == "A-1"
    before = path.stat()
    time.sleep(0.02)
    path.write_text("id: B-2\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert _claimed(root) == "B-2"


def test_an_edit_right_after_another_is_read(root: Path) -> None:
    for number in range(30):
        (root / "brands/a.yaml").write_text(f"id: N-{number:02d}\n")
        assert _claimed(root) == f"N-{number:02d}"


def test_a_name_that_is_no_text_is_read_each_time(root: Path) -> None:
    odd = root / os.fsdecode(b"brands/\xff.yaml")
    for number in range(2):
        odd.write_text(f"id: N-{number}\n")
        readings = read_files(DiskTree(root), memory=memory_in(root, started=disk_time(root)))
        assert f"N-{number}" in {each.claims.id for each in readings.files}


def _claimed(root: Path) -> str | None:
    """Return the id in the one brand, from memory where that may be believed."""
    readings = read_files(DiskTree(root), memory=memory_in(root, started=disk_time(root)))
    (brand,) = (each for each in readings.files if each.kind is Kind.BRAND)
    assert blob_id((root / PATH).read_bytes())
    return brand.claims.id

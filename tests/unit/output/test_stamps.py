"""Stamps: what somebody touched is seen with one look, and nothing else is believed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from omnigrid.model.names import JobId, OutPath
from omnigrid.output.stamps import (
    NO_STAMPS,
    SIZE,
    UNKNOWN,
    Left,
    keep_stamps,
    look,
    looks,
    read_stamps,
    remembered_paths,
    stamped,
)
from support.looking import touched_in

PATHS = [OutPath("a"), OutPath("deep/b")]
JOB = JobId("site:a")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for path in (*PATHS, "manifest.json"):
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).write_bytes(b"right")
    return tmp_path / "out"


def left(out: Path) -> Left:
    return Left(stamped(PATHS, (look(f"{out}/{path}") for path in PATHS)))


def tick(path: Path) -> None:
    """Let the file system's clock go on past the last change of a file."""
    mark = path.with_name("tick")
    while True:
        mark.write_text("")
        if mark.stat().st_mtime_ns > path.stat().st_ctime_ns:
            mark.unlink()
            return


def test_a_stamp_has_one_size_and_no_file_has_none(out: Path) -> None:
    assert len(look(f"{out}/a")) == SIZE
    assert look(f"{out}/none") == look(f"{out}/a/below a file") == UNKNOWN


def test_what_nobody_touched_is_not_named(out: Path) -> None:
    assert touched_in(out, left(out)) == []


def _rewrite(path: Path) -> None:
    before = path.stat()
    path.write_bytes(b"wrong")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replace(path: Path) -> None:
    path.with_name("other").write_bytes(b"right")
    path.with_name("other").replace(path)


def _link(path: Path) -> None:
    path.rename(path.with_name("other"))
    path.symlink_to("other")


@pytest.mark.parametrize(
    "touch",
    [
        lambda path: path.write_bytes(b"longer than before"),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
        lambda path: path.chmod(0o600),
        os.utime,
        _rewrite,
        _replace,
        _link,
    ],
)
def test_a_touched_file_is_named(out: Path, touch: Callable[[Path], object]) -> None:
    before = left(out)
    tick(out / "deep/b")
    touch(out / "deep/b")
    assert touched_in(out, before) == ["deep/b"]


def test_a_file_that_was_missing_when_it_was_looked_at_is_never_taken_for_good(out: Path) -> None:
    (out / "a").unlink()
    assert touched_in(out, left(out)) == ["a"]


def test_stamps_come_back_for_the_manifest_that_they_belong_to(out: Path, tmp_path: Path) -> None:
    memory = tmp_path / "cache" / "stamps"
    assert read_stamps(memory, out) == NO_STAMPS
    tick(out / "manifest.json")
    keep_stamps(memory, out, {JOB: left(out)})
    assert read_stamps(memory, out).jobs == {JOB: left(out)}
    (out / "manifest.json").write_bytes(b"other")
    assert read_stamps(memory, out) == NO_STAMPS


def test_stamps_kept_in_the_tick_of_the_manifest_are_not_trusted(out: Path, tmp_path: Path) -> None:
    memory = tmp_path / "stamps"
    keep_stamps(memory, out, {JOB: left(out)})
    manifest = (out / "manifest.json").stat()
    os.utime(memory, ns=(manifest.st_ctime_ns, manifest.st_ctime_ns))
    assert read_stamps(memory, out) == NO_STAMPS


@pytest.mark.parametrize("bad", [b"", b"\x92", b"\x92\xc4\x00\x80", b"\xc1" * 64])
def test_damaged_stamps_are_none(out: Path, tmp_path: Path, bad: bytes) -> None:
    (tmp_path / "stamps").write_bytes(bad)
    assert read_stamps(tmp_path / "stamps", out) == NO_STAMPS


def test_looks_name_the_jobs_with_touched_files(out: Path, tmp_path: Path) -> None:
    tick(out / "manifest.json")
    one = Left(stamped(PATHS[:1], [look(f"{out}/a")]))
    other = Left(stamped(PATHS[1:], [look(f"{out}/deep/b")]))
    keep_stamps(tmp_path / "stamps", out, {JobId("one"): one, JobId("other"): other})
    (out / "a").unlink()
    work, chunks = looks(out, read_stamps(tmp_path / "stamps", out))
    assert [job for chunk in chunks for job in work(chunk)] == ["one"]


def test_a_job_whose_stamps_are_damaged_counts_as_touched(out: Path, tmp_path: Path) -> None:
    tick(out / "manifest.json")
    keep_stamps(tmp_path / "stamps", out, {JOB: Left(b"\x91\x01")})
    work, chunks = looks(out, read_stamps(tmp_path / "stamps", out))
    assert [job for chunk in chunks for job in work(chunk)] == [JOB]
    assert remembered_paths(tmp_path / "stamps") == set()

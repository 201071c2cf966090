"""Writing: in place where no manifest names the path, in the stage otherwise, once and whole."""

from pathlib import Path

import pytest

from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.manifest import Entry
from omnigrid.model.names import JobId, OutPath
from omnigrid.model.plan import Artifact
from omnigrid.output.stamps import look, stamped
from omnigrid.output.writer import Made, Writer
from support.looking import touched_in

JOB = JobId("site:a")


def entry(data: bytes) -> Entry:
    return Entry(blob_id(data), digest_bytes(data), len(data))


def write(root: Path, files: dict[str, bytes], known: dict[str, bytes], *harmed: str) -> Made:
    """Write files where those in ``known`` stood after the last build; ``harmed`` differ now."""
    before = {OutPath(path): entry(data) for path, data in known.items()}
    intact = {path: each for path, each in before.items() if path not in harmed}
    artifact = Artifact(JOB, tuple((OutPath(path), data) for path, data in files.items()))
    return Writer(root / "out", root / "stage").write(artifact, before, intact)


def tree(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_new_files_are_written_where_they_belong(tmp_path: Path) -> None:
    made = write(tmp_path, {"a": b"1", "deep/er/b": b""}, {})
    assert tree(tmp_path) == {"out/a": b"1", "out/deep/er/b": b""}
    assert (made.written, made.files, made.staged) == (b"a\ndeep/er/b", 2, False)
    assert touched_in(tmp_path / "out", made.stamped) == []


def test_what_the_last_build_made_is_staged_only_where_it_differs(tmp_path: Path) -> None:
    known = {"same": b"1", "other": b"2"}
    write(tmp_path, known, {})
    made = write(tmp_path, {"same": b"1", "other": b"3", "new": b"4"}, known)
    assert (made.written, made.files, made.staged) == (b"other\nnew", 2, True)
    assert tree(tmp_path / "out") == {"same": b"1", "other": b"2", "new": b"4"}
    assert tree(tmp_path / "stage") == {"other": b"3"}


def test_a_harmed_file_is_written_again_though_its_digest_is_known(tmp_path: Path) -> None:
    made = write(tmp_path, {"a": b"1"}, {"a": b"1"}, "a")
    assert made.staged
    assert tree(tmp_path / "stage") == {"a": b"1"}


@pytest.mark.parametrize(("path", "new"), [("a", "a/b/c"), ("a/b", "a")])
def test_what_is_in_the_way_of_a_new_file_stays_until_the_end(
    tmp_path: Path, path: str, new: str
) -> None:
    write(tmp_path, {path: b"old"}, {})
    made = write(tmp_path, {new: b"new"}, {})
    assert made.staged
    assert tree(tmp_path) == {f"out/{path}": b"old", f"stage/{new}": b"new"}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "foreign").write_bytes(b"mine")
    (tmp_path / "out" / "a").symlink_to(tmp_path / "foreign")
    made = write(tmp_path, {"a": b"1"}, {})
    assert made.staged
    assert (tmp_path / "foreign").read_bytes() == b"mine"


def test_a_shorter_file_over_a_longer_one_is_whole(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").write_bytes(b"begun by a build that was killed")
    write(tmp_path, {"a": b"short"}, {})
    assert (tmp_path / "out" / "a").read_bytes() == b"short"


def test_the_entries_are_those_of_git_and_the_stamps_those_of_the_files(tmp_path: Path) -> None:
    made = write(tmp_path, {"a": b"1"}, {})
    assert made.entries == (
        b'{"a":["%s","%s",1]}' % (blob_id(b"1").encode(), digest_bytes(b"1").encode())
    )
    assert made.stamped == stamped([OutPath("a")], [look(f"{tmp_path}/out/a")])


def test_a_folder_that_cannot_be_written_raises(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    (tmp_path / "stage").write_bytes(b"")
    with pytest.raises(OSError, match="stage"):
        write(tmp_path, {"a": b"1"}, {})

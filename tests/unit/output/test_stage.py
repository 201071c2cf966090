"""The stage of a build that was killed: forgotten without its marker, finished with it."""

from pathlib import Path

import pytest

from omnigrid.model.manifest import EMPTY_MANIFEST, Entry, Manifest, encode_entries, record_of
from omnigrid.model.names import BlobId, Digest, JobId, OutPath
from omnigrid.model.plan import Job
from omnigrid.output.manifest import encode_manifest, read_manifest
from omnigrid.output.stage import STAGE, Stage

ENTRY = Entry(BlobId("b" * 40), Digest("d" * 64), 1)


def naming(*paths: str) -> Manifest:
    job = Job(id=JobId("site:a"), files=paths, inputs=())
    entries = encode_entries({OutPath(path): ENTRY for path in paths})
    return Manifest(EMPTY_MANIFEST.version, "test", {job.id: record_of(job, entries)})


def fill(out: Path, *paths: str) -> None:
    for path in paths:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(b"x")


def tree(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*")}


def begin(out: Path, *new: str) -> Stage:
    stage = Stage(out)
    stage.begin(OutPath(path) for path in new)
    return stage


def test_new_files_of_a_killed_build_are_taken_away(tmp_path: Path) -> None:
    fill(tmp_path, "kept", "new/one", "new/deep/two", "half", "CNAME")
    (tmp_path / "manifest.json").write_bytes(encode_manifest(naming("kept")))
    begin(tmp_path, "new/one", "new/deep/two", "half", "never/written")
    Stage(tmp_path).heal()
    assert tree(tmp_path) == {"kept", "CNAME", "manifest.json"}


def test_a_file_that_the_last_manifest_names_is_kept_whatever_was_begun(tmp_path: Path) -> None:
    fill(tmp_path, "kept")
    (tmp_path / "manifest.json").write_bytes(encode_manifest(naming("kept")))
    begin(tmp_path, "kept")
    Stage(tmp_path).heal()
    assert tree(tmp_path) == {"kept", "manifest.json"}


def test_the_new_files_of_a_first_build_go_without_a_manifest(tmp_path: Path) -> None:
    fill(tmp_path, "a", "b/c")
    begin(tmp_path, "a", "b/c")
    Stage(tmp_path).heal()
    assert tree(tmp_path) == set()


@pytest.mark.parametrize("path", ["../victim", "/victim", "a/../../victim", "", ".", "a\\..\\b"])
def test_a_forged_list_deletes_nothing_outside(tmp_path: Path, path: str) -> None:
    out = tmp_path / "out"
    fill(out, "kept/here")
    (tmp_path / "victim").write_bytes(b"x")
    begin(out, path.replace("/victim", f"{tmp_path}/victim") if path[:1] == "/" else path)
    Stage(out).heal()
    assert (tmp_path / "victim").exists()
    assert tree(out) == {"kept", "kept/here"}


@pytest.mark.parametrize("begun", [None, b"", b"\xff\xfe"])
def test_a_stage_without_its_list_is_only_removed(tmp_path: Path, begun: bytes | None) -> None:
    fill(tmp_path, "a")
    begin(tmp_path, "a")
    listed = tmp_path / STAGE / "begun"
    listed.unlink() if begun is None else listed.write_bytes(begun)
    Stage(tmp_path).heal()
    assert tree(tmp_path) == {"a"}


def test_what_others_made_of_a_begun_path_is_no_error(tmp_path: Path) -> None:
    fill(tmp_path, "folder/foreign", "file")
    begin(tmp_path, "folder", "file/below", "gone/x", "also")
    fill(tmp_path, "also")
    Stage(tmp_path).heal()
    assert tree(tmp_path) == {"folder", "folder/foreign", "file"}


def test_a_marked_stage_is_finished(tmp_path: Path) -> None:
    fill(tmp_path, "old", "both")
    (tmp_path / "manifest.json").write_bytes(encode_manifest(naming("old", "both")))
    stage = begin(tmp_path, "new")
    fill(tmp_path, "new")
    fill(stage.files, "both")
    (stage.files / "both").write_bytes(b"later")
    (stage.files / "manifest.json").write_bytes(encode_manifest(naming("both", "new")))
    for _ in range(2):
        Stage(tmp_path).heal()
        assert tree(tmp_path) == {"both", "new", "manifest.json"}
    assert (tmp_path / "both").read_bytes() == b"later"
    assert read_manifest(tmp_path) == naming("both", "new")

"""The build folder: what is written, kept, deleted, healed; one writer at a time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnigrid.model.digests import digest_value
from omnigrid.model.errors import Transient
from omnigrid.model.findings import Finding, Place
from omnigrid.model.manifest import Manifest
from omnigrid.model.names import JobId, OutPath, SourcePath
from omnigrid.model.plan import Artifact, Failure, Input, Job, Plan
from omnigrid.model.views import ApiView
from omnigrid.output.folder import Written, open_build
from omnigrid.output.manifest import encode_manifest, read_manifest
from omnigrid.output.stage import Stage

Files = dict[str, bytes]


def plan_of(files: Files) -> Plan:
    """Return a plan with one job a file; the file's bytes are the job's only input."""
    return Plan(
        tuple(
            Job(
                id=JobId(path),
                view=ApiView(()),
                pack=None,
                folder="",
                outputs=(OutPath(path),),
                inputs=(Input("bytes", digest_value(data.hex()), "test"),),
            )
            for path, data in sorted(files.items())
        )
    )


def build(folder: Path, files: Files) -> Written:
    artifacts = [Artifact(JobId(p), ((OutPath(p), data),)) for p, data in files.items()]
    with open_build(folder) as opened:
        return opened.write(plan_of(files), iter(artifacts), "test")


def tree(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def times(folder: Path) -> dict[str, int]:
    return {str(p): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def test_a_first_build_writes_all_and_a_second_nothing(tmp_path: Path) -> None:
    files = {"a.txt": b"1", "deep/er/b.txt": b"2"}
    first = build(tmp_path, files)
    assert first.result.written == ("a.txt", "deep/er/b.txt")
    before = times(tmp_path)
    second = build(tmp_path, files)
    assert second.result.written == second.result.deleted == ()
    assert times(tmp_path) == before
    assert second.result.digest == first.result.digest


def test_only_the_file_that_differs_is_written(tmp_path: Path) -> None:
    build(tmp_path, {"a": b"1", "b": b"2"})
    before = times(tmp_path)[str(tmp_path / "a")]
    assert build(tmp_path, {"a": b"1", "b": b"3"}).result.written == ("b",)
    assert times(tmp_path)[str(tmp_path / "a")] == before


def test_what_no_job_owns_any_more_is_deleted_and_only_that(tmp_path: Path) -> None:
    build(tmp_path, {"x/old": b"1", "x/keep": b"2", "gone/only": b"3"})
    (tmp_path / "x" / "foreign").write_bytes(b"mine")
    (tmp_path / "CNAME").write_bytes(b"mine")
    result = build(tmp_path, {"x/keep": b"2"}).result
    assert result.deleted == ("gone/only", "x/old")
    assert tree(tmp_path) == {"x/keep": b"2", "x/foreign": b"mine", "CNAME": b"mine"}
    assert not (tmp_path / "gone").exists()


def test_a_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    build(tmp_path, {"a": b"file"})
    build(tmp_path, {"a/b": b"inside"})
    assert tree(tmp_path) == {"a/b": b"inside"}
    build(tmp_path, {"a": b"file"})
    assert tree(tmp_path) == {"a": b"file"}


@pytest.mark.parametrize("harm", [b"edited", b"", None])
def test_a_harmed_file_is_noticed_and_repaired(tmp_path: Path, harm: bytes | None) -> None:
    build(tmp_path, {"a": b"right"})
    path = tmp_path / "a"
    path.unlink() if harm is None else path.write_bytes(harm)
    with open_build(tmp_path) as folder:
        assert folder.damage == {
            OutPath("a"): "is missing" if harm is None else "was changed by hand"
        }
    assert build(tmp_path, {"a": b"right"}).result.written == ("a",)
    assert path.read_bytes() == b"right"


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"{",
        b'{"version": 99, "generator": "", "files": {}, "jobs": {}}',
        b'{"version":1,"generator":"","files":{"../../etc/x":{"blob":"","sha256":"","size":1,'
        b'"job":"a"}},"jobs":{}}',
    ],
)
def test_a_damaged_manifest_means_a_clean_build(tmp_path: Path, bad: bytes) -> None:
    build(tmp_path, {"a": b"1"})
    (tmp_path / "manifest.json").write_bytes(bad)
    assert build(tmp_path, {"a": b"1"}).result.written == ("a",)
    assert tree(tmp_path) == {"a": b"1"}


def test_a_failed_job_keeps_its_files_and_is_rendered_again(tmp_path: Path) -> None:
    build(tmp_path, {"a": b"old", "b": b"1"})
    finding = Finding("OG402", "failed", Place(SourcePath("x")))
    results: list[Artifact | Failure] = [
        Failure(JobId("a"), finding),
        Artifact(JobId("b"), ((OutPath("b"), b"2"),)),
    ]
    with open_build(tmp_path) as folder:
        written = folder.write(plan_of({"a": b"new", "b": b"2"}), iter(results), "test")
    assert written.failures[0].job == "a"
    assert tree(tmp_path) == {"a": b"old", "b": b"2"}
    assert JobId("a") not in read_manifest(tmp_path).jobs


def test_a_second_writer_leaves_and_names_the_first(tmp_path: Path) -> None:
    with open_build(tmp_path) as folder:
        Stage(tmp_path).begin()
        with (
            pytest.raises(Transient, match=f"process {os.getpid()}"),
            open_build(tmp_path),
        ):
            pass
        assert folder.manifest.files == {}
    build(tmp_path, {"a": b"1"})


def test_a_read_only_folder_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Transient, match="cannot write"), open_build(tmp_path / "file" / "build"):
        pass


_FILES = st.dictionaries(
    st.sampled_from(["a", "b", "d/a", "d/b", "e/f/g"]), st.binary(max_size=3), max_size=5
)

_KILLED = """
import os, sys, json
from pathlib import Path
sys.path[:0] = json.loads(sys.argv[4])
from unit_output import build
left = int(sys.argv[3])
def count(event, _):
    global left
    if event in ("os.rename", "os.remove", "os.mkdir", "open"):
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(count)
build(Path(sys.argv[1]), {k: bytes.fromhex(v) for k, v in json.loads(sys.argv[2]).items()})
"""


@pytest.mark.parametrize("steps", range(0, 60, 4))
def test_a_build_killed_at_any_step_is_healed_by_the_next(tmp_path: Path, steps: int) -> None:
    import json  # noqa: PLC0415

    before = {"a": b"1", "d/a": b"1", "d/b": b"2", "z": b"3"}
    wanted = {"a": b"2", "d": b"now a file", "new/x": b"4", "z": b"3"}
    build(tmp_path / "out", before)
    (tmp_path / "unit_output.py").write_text(Path(__file__).read_text())
    hexed = json.dumps({path: data.hex() for path, data in wanted.items()})
    paths = json.dumps([str(tmp_path)])
    subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path / "out"), hexed, str(steps), paths],
        check=False,
        capture_output=True,
    )
    build(tmp_path / "out", wanted)
    assert tree(tmp_path / "out") == wanted
    manifest: Manifest = read_manifest(tmp_path / "out")
    assert (tmp_path / "out" / "manifest.json").read_bytes() == encode_manifest(manifest)
    assert set(manifest.files) == set(wanted)


@settings(max_examples=40)
@given(st.lists(_FILES, min_size=1, max_size=4))
def test_any_history_ends_as_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, history: list[Files]
) -> None:
    grown, clean = tmp_path_factory.mktemp("grown"), tmp_path_factory.mktemp("clean")
    for files in history:
        build(grown, files)
    build(clean, history[-1])
    assert tree(grown) == tree(clean)
    assert (grown / "manifest.json").read_bytes() == (clean / "manifest.json").read_bytes()

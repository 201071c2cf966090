"""The build folder: what is written, kept, deleted, healed; one writer at a time."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnigrid.model.digests import digest_value
from omnigrid.model.errors import Transient
from omnigrid.model.findings import Finding, Place
from omnigrid.model.manifest import Manifest
from omnigrid.model.names import JobId, SourcePath
from omnigrid.model.plan import Artifact, Failure, Input, Job, Plan
from omnigrid.model.plan import plan_of as plan_with
from omnigrid.output.folder import BuildFolder, Damage, Written, open_build
from omnigrid.output.manifest import encode_manifest, read_manifest
from omnigrid.output.stamps import looks
from omnigrid.output.writer import Made, Writer
from omnigrid.plan.stale import stale_jobs
from support.kill import count_events, kill_at

Files = dict[str, bytes]


def plan_of(files: Files, owners: dict[str, str] | None = None) -> Plan:
    """Return a plan with one job a file, named like it; a file's bytes are its job's only input.

    ``owners`` are files that have a job of another name.
    """
    jobs = [
        Job(
            id=JobId((owners or {}).get(path, path)),
            files=(path,),
            inputs=(Input("bytes", digest_value(data.hex()), "test"),),
        )
        for path, data in files.items()
    ]
    return plan_with(jobs)


def memory_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-memory") / "stamps"


def damage_of(opened: BuildFolder, folder: Path) -> Damage:
    work, chunks = looks(folder, opened.stamps)
    return opened.damage(job for chunk in chunks for job in work(chunk))


def build(
    folder: Path, files: Files, *failing: str, owners: dict[str, str] | None = None
) -> Written:
    """Build as the story does: what is stale is written, and nothing else."""
    plan = plan_of(files, owners)
    with open_build(folder, memory_of(folder)) as opened:
        damage = damage_of(opened, folder)
        stale = stale_jobs(plan, opened.manifest, damage)
        writer = opened.begin(stale, plan)
        jobs = [each.job for each in stale]
        results = [
            _failure(job) if job.id in failing else _made(opened, writer, job, files, damage)
            for job in jobs
        ]
        return opened.finish(plan, results, "test")


def _failure(job: Job) -> Failure:
    return Failure(job.id, Finding("OG402", "failed", Place(SourcePath("x"))))


def _made(opened: BuildFolder, writer: Writer, job: Job, files: Files, damage: Damage) -> Made:
    record = opened.manifest.jobs.get(job.id)
    known = record.entries() if record else {}
    intact = {path: known[path] for path in known if path not in damage.get(job.id, {})}
    artifact = Artifact(job.id, tuple((path, files[path]) for path in job.outputs))
    return writer.write(artifact, known, intact)


def tree(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def named(folder: Path) -> set[str]:
    return {path for path, _ in read_manifest(folder).files()}


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


def harm_by(data: bytes | None) -> Callable[[Path], object]:
    return lambda path: path.unlink() if data is None else path.write_bytes(data)


def _link_to_the_same(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def _same_size_and_time(path: Path) -> None:
    before = path.stat()
    path.write_bytes(b"wrong")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (harm_by(b"edited"), "was changed by hand"),
        (harm_by(b"wrong"), "was changed by hand"),
        (harm_by(b""), "was changed by hand"),
        (harm_by(None), "is missing"),
        (_same_size_and_time, "was changed by hand"),
        (_link_to_the_same, "was changed by hand"),
        (_folder, "is missing"),
    ],
)
def test_a_harmed_file_is_noticed_and_repaired(
    tmp_path: Path, harm: Callable[[Path], object], said: str
) -> None:
    build(tmp_path, {"a": b"right", "b": b"2"})
    harm(tmp_path / "a")
    with open_build(tmp_path, memory_of(tmp_path)) as opened:
        assert damage_of(opened, tmp_path) == {"a": {"a": said}}
    assert build(tmp_path, {"a": b"right", "b": b"2"}).result.written == ("a",)
    assert (tmp_path / "a").read_bytes() == b"right"
    assert (tmp_path / "a").is_file()
    assert not (tmp_path / "a").is_symlink()


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"version": 99, "generator": "", "jobs": {}}',
        b'{"version":1,"generator":"","files":{"a":{"blob":"","sha256":"","size":1,"job":"a"}},'
        b'"jobs":{}}',
        b'{"version":2,"generator":"","jobs":{"a":{"key":"","inputs":{},"files":{"../../etc/x":'
        b'["","",1]}}}}',
        b'{"version":2,"generator":"","jobs":{"a":{"key":"","inputs":7,"files":7}}}',
    ],
)
def test_a_damaged_manifest_means_a_clean_build(tmp_path: Path, bad: bytes) -> None:
    build(tmp_path / "clean", {"a": b"1"})
    build(tmp_path / "out", {"a": b"1"})
    (tmp_path / "out/manifest.json").write_bytes(bad)
    assert build(tmp_path / "out", {"a": b"1"}).result.written == ("a",)
    assert tree(tmp_path / "out") == {"a": b"1"}
    manifests = [(tmp_path / place / "manifest.json").read_bytes() for place in ("out", "clean")]
    assert manifests[0] == manifests[1]


def test_a_manifest_that_was_edited_by_hand_is_not_believed(tmp_path: Path) -> None:
    build(tmp_path, {"a": b"1", "b": b"2"})
    manifest = tmp_path / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text.replace('"files":{"a":', '"files":{"c":'))
    (tmp_path / "a").write_bytes(b"defaced")
    assert build(tmp_path, {"a": b"1", "b": b"2"}).result.written == ("a", "b")
    assert tree(tmp_path) == {"a": b"1", "b": b"2"}
    assert manifest.read_text() == text


def test_what_a_build_left_whose_manifest_was_lost_is_taken_away(tmp_path: Path) -> None:
    build(tmp_path, {"a": b"1", "gone/b": b"2"})
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "manifest.json").write_bytes(b"{")
    build(tmp_path, {"a": b"1"})
    assert tree(tmp_path) == {"a": b"1", "mine": b"mine"}
    assert not (tmp_path / "gone").exists()


def test_a_file_that_changes_hands_is_replaced_at_the_end_only(tmp_path: Path) -> None:
    owners = {"a": "one", "b": "two"}
    build(tmp_path, {"a": b"1", "b": b"2"}, owners=owners)
    new, swapped = {"a": b"3", "b": b"4"}, {"a": "two", "b": "one"}
    plan = plan_of(new, swapped)
    with open_build(tmp_path, memory_of(tmp_path)) as opened:
        stale = stale_jobs(plan, opened.manifest, {})
        writer = opened.begin(stale, plan)
        for each in stale:
            _made(opened, writer, each.job, new, {})
    assert {path: (tmp_path / path).read_bytes() for path in owners} == {"a": b"1", "b": b"2"}
    build(tmp_path, new, owners=swapped)
    assert tree(tmp_path) == new


@pytest.mark.parametrize("bad", [b"", b"\x91", b"\xc1" * 100, None])
def test_damaged_stamps_mean_that_every_file_is_read(tmp_path: Path, bad: bytes | None) -> None:
    build(tmp_path, {"a": b"right", "b": b"2"})
    (tmp_path / "a").write_bytes(b"wrong")
    harm_by(bad)(memory_of(tmp_path))
    assert build(tmp_path, {"a": b"right", "b": b"2"}).result.written == ("a",)
    assert tree(tmp_path) == {"a": b"right", "b": b"2"}


def test_stamps_of_another_manifest_are_not_believed(tmp_path: Path) -> None:
    build(tmp_path / "out", {"a": b"1"})
    stamps = memory_of(tmp_path / "out").read_bytes()
    build(tmp_path / "out", {"a": b"2"})
    memory_of(tmp_path / "out").write_bytes(stamps)
    (tmp_path / "out" / "a").write_bytes(b"1")
    assert build(tmp_path / "out", {"a": b"2"}).result.written == ("a",)


def test_a_failed_job_keeps_its_files_and_is_rendered_again(tmp_path: Path) -> None:
    build(tmp_path, {"a": b"old", "b": b"1"})
    written = build(tmp_path, {"a": b"new", "b": b"2"}, "a")
    assert written.failures[0].job == "a"
    assert tree(tmp_path) == {"a": b"old", "b": b"2"}
    assert read_manifest(tmp_path).jobs[JobId("a")].key == ""
    assert build(tmp_path, {"a": b"new", "b": b"2"}).result.written == ("a",)
    assert tree(tmp_path) == {"a": b"new", "b": b"2"}


def test_a_job_that_fails_at_once_has_no_files(tmp_path: Path) -> None:
    build(tmp_path, {"a": b"1", "b": b"2"}, "a")
    assert tree(tmp_path) == {"b": b"2"}
    assert named(tmp_path) == {"b"}


def test_the_files_of_a_failed_job_may_be_damaged_and_are_looked_at_again(tmp_path: Path) -> None:
    build(tmp_path, {"a": b"old"})
    build(tmp_path, {"a": b"new"}, "a")
    (tmp_path / "a").write_bytes(b"hurt")
    build(tmp_path, {"a": b"new"}, "a")
    build(tmp_path, {"a": b"old"})
    assert tree(tmp_path) == {"a": b"old"}


def test_a_file_that_goes_from_one_job_to_another_stays(tmp_path: Path) -> None:
    build(tmp_path, {"a": b"1"}, owners={"a": "one"})
    result = build(tmp_path, {"a": b"2"}, owners={"a": "two"}).result
    assert (result.written, result.deleted) == (("a",), ())
    assert tree(tmp_path) == {"a": b"2"}


def test_a_file_that_a_failed_job_left_to_another_stays_that_one_s(tmp_path: Path) -> None:
    build(tmp_path, {"a": b"1", "b": b"2"}, owners={"a": "one", "b": "two"})
    swapped = {"a": "two", "b": "one"}
    build(tmp_path, {"a": b"1", "b": b"2"}, "one", owners=swapped)
    build(tmp_path, {"a": b"1", "b": b"2"}, owners=swapped)
    assert tree(tmp_path) == {"a": b"1", "b": b"2"}


def test_a_second_writer_leaves_and_names_the_first(tmp_path: Path) -> None:
    with open_build(tmp_path, memory_of(tmp_path)) as opened:
        opened.begin((), plan_of({}))
        with (
            pytest.raises(Transient, match=f"process {os.getpid()}"),
            open_build(tmp_path, memory_of(tmp_path)),
        ):
            pass
        assert opened.manifest.jobs == {}
    build(tmp_path, {"a": b"1"})


def test_a_read_only_folder_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    out = tmp_path / "file" / "build"
    with pytest.raises(Transient, match="cannot write"), open_build(out, tmp_path / "stamps"):
        pass


def test_what_others_put_in_the_way_is_named_and_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(out, {"a": b"1"})
    (out / "a").unlink()
    (out / "a").mkdir()
    (out / "a" / "foreign").write_bytes(b"mine")
    for _ in range(2):
        with pytest.raises(Transient, match=r"cannot write .*out/a: Directory not empty"):
            build(out, {"a": b"1"})
    (out / "a" / "foreign").rename(out / "foreign")
    build(out, {"a": b"1"})
    assert tree(out) == {"a": b"1", "foreign": b"mine"}


def test_a_file_of_others_where_a_folder_shall_be_is_named_and_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(out, {"a": b"1"})
    (out / "deep").write_bytes(b"mine")
    with pytest.raises(Transient, match=r"cannot write .*out/deep: "):
        build(out, {"a": b"1", "deep/er": b"2"})
    assert tree(out)["deep"] == b"mine"
    (out / "deep").unlink()
    build(out, {"a": b"1", "deep/er": b"2"})
    assert tree(out) == {"a": b"1", "deep/er": b"2"}


_FILES = st.dictionaries(
    st.sampled_from(["a", "b", "d/a", "d/b", "e/f/g"]), st.binary(max_size=3), max_size=5
)
_BEFORE: Files = {"a": b"1", "d/a": b"1", "d/b": b"2", "z": b"3"}
_WANTED: Files = {"a": b"2", "d": b"now a file", "new/x": b"4", "z": b"3"}
_OTHER: Files = {"a": b"1", "d/a": b"5", "new": b"now a file"}


@pytest.mark.parametrize("wanted", [_WANTED, _BEFORE, _OTHER], ids=["the same", "before", "other"])
@pytest.mark.parametrize("before", [{}, _BEFORE], ids=["first", "later"])
def test_a_build_killed_at_any_step_is_healed_by_the_next(
    tmp_path: Path, before: Files, wanted: Files
) -> None:
    moments = _moments(tmp_path / "counted", before)
    assert moments > 20
    for moment in range(moments):
        out = tmp_path / f"{moment}"
        build(out, before)
        assert kill_at(partial(build, out, _WANTED), moment)
        build(out, wanted)
        assert tree(out) == wanted, f"killed at {moment}"
        manifest: Manifest = read_manifest(out)
        assert (out / "manifest.json").read_bytes() == encode_manifest(manifest)
        assert named(out) == set(wanted)
        assert not [path for path in out.rglob("*") if path.is_dir() and not any(path.iterdir())]


def _moments(out: Path, before: Files) -> int:
    build(out, before)
    return count_events(partial(build, out, _WANTED))


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

"""The manifest's records: their parts are read when asked, and damage is nothing known."""

from pathlib import PurePosixPath, PureWindowsPath

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.digests import digest_value
from omnigrid.model.manifest import (
    EMPTY_MANIFEST,
    Entry,
    Manifest,
    Record,
    encode_entries,
    failed,
    gone_files,
    is_inside,
    record_of,
)
from omnigrid.model.names import BlobId, Digest, JobId, OutPath
from omnigrid.model.plan import Input, Job
from omnigrid.output.manifest import decode_manifest, encode_manifest

ENTRY = Entry(BlobId("b" * 40), Digest("d" * 64), 3)
JOB = Job(id=JobId("a"), files=("x",), inputs=(Input("brand", digest_value(1), "a.yaml"),))


def record(*paths: str, value: int = 1) -> Record:
    job = Job(id=JobId("a"), files=paths, inputs=(Input("brand", digest_value(value), "a.yaml"),))
    return record_of(job, encode_entries({OutPath(path): ENTRY for path in paths}))


def manifest(**jobs: Record) -> Manifest:
    return Manifest(EMPTY_MANIFEST.version, "test", {JobId(name): r for name, r in jobs.items()})


def raw(text: bytes) -> Record:
    return Record(Digest("k"), msgspec.Raw(text), msgspec.Raw(text))


def test_a_record_says_what_it_was_made_of() -> None:
    assert record("x").entries() == {"x": ENTRY}
    assert record("x").key == JOB.key
    assert digest_value(1).startswith(record("x").input_digests()["brand"])
    assert failed(record("x")).key == ""
    assert failed(record("x")).entries() == {"x": ENTRY}


@pytest.mark.parametrize(
    "text", [b"7", b"[]", b'{"x":7}', b'{"x":["b","d","3"]}', b'{"x"', b"\xff"]
)
def test_a_damaged_record_names_nothing(text: bytes) -> None:
    assert raw(text).entries() == {}
    assert raw(text).input_digests() == {}


@pytest.mark.parametrize(
    "path", ["../x", "/x", "a/../x", "a//x", "", ".", "..", "a/.", "a\\x", "a\0x", "x/"]
)
def test_a_record_that_leaves_the_folder_names_nothing(path: str) -> None:
    assert not is_inside(OutPath(path))
    entries = encode_entries({OutPath("fine"): ENTRY, OutPath(path): ENTRY})
    assert record_of(JOB, entries).entries() == {}


@given(st.text(max_size=20))
def test_a_path_that_is_inside_stays_inside(path: str) -> None:
    if is_inside(OutPath(path)):
        assert ".." not in PurePosixPath(path).parts
        assert not PurePosixPath(path).is_absolute()
        assert not PureWindowsPath(path).root


def test_a_manifest_comes_back_as_it_was_and_its_jobs_are_sorted() -> None:
    made = manifest(b=record("y"), a=record("x"))
    data = encode_manifest(made)
    assert decode_manifest(data) == made
    assert data == encode_manifest(manifest(a=record("x"), b=record("y")))
    assert [line[:4] for line in data.splitlines()[1:-2]] == [b'"a":', b'"b":']
    assert sorted(path for path, _ in made.files()) == ["x", "y"]
    assert decode_manifest(encode_manifest(EMPTY_MANIFEST)) == EMPTY_MANIFEST


@pytest.mark.parametrize("part", range(40))
def test_a_part_of_a_manifest_is_none(part: int) -> None:
    data = encode_manifest(manifest(a=record("x")))
    assert decode_manifest(data[: len(data) * part // 40]) == EMPTY_MANIFEST


@given(st.binary(max_size=80))
def test_any_bytes_are_a_manifest_or_none(data: bytes) -> None:
    assert decode_manifest(data) == EMPTY_MANIFEST


def test_what_no_job_names_any_more_is_gone() -> None:
    old = manifest(a=record("x", "y"), b=record("z"))
    assert gone_files(old, old) == set()
    assert gone_files(old, manifest(a=record("x"), b=record("z"))) == {"y"}
    assert gone_files(old, manifest(b=record("z"))) == {"x", "y"}
    assert gone_files(old, manifest(b=record("z"), c=record("x"))) == {"y"}
    assert gone_files(old, EMPTY_MANIFEST) == {"x", "y", "z"}


def test_what_a_failed_job_left_to_another_is_not_gone() -> None:
    old = manifest(a=failed(record("x")), b=record("x", value=2))
    assert gone_files(old, manifest(a=record("y"), b=record("x", value=2))) == set()

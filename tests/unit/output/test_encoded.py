"""The manifest's bytes as they are written: some lines at a time, hashed once."""

import hashlib
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.manifest import MANIFEST_VERSION, Manifest, Record
from omnigrid.model.names import Digest, JobId
from omnigrid.output.manifest import Encoded, decode_manifest, encode_manifest
from omnigrid.output.spool import TOGETHER


def of_jobs(names: set[str] | list[str]) -> Manifest:
    raw = msgspec.Raw(b"{}")
    records = {JobId(name): Record(Digest(f"{at:064}"), raw, raw) for at, name in enumerate(names)}
    return Manifest(MANIFEST_VERSION, "test", dict(sorted(records.items())))


@given(st.sets(st.text(max_size=9), max_size=5))
def test_what_is_written_is_read(names: set[str]) -> None:
    manifest = of_jobs(names)
    assert decode_manifest(encode_manifest(manifest)) == manifest


@pytest.mark.parametrize("count", [0, 1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 2 * TOGETHER])
def test_each_job_has_a_line(count: int) -> None:
    manifest = of_jobs([f"site:{number:04}" for number in range(count)])
    data = encode_manifest(manifest)
    assert decode_manifest(data) == manifest
    assert list(json.loads(data)["jobs"]) == list(manifest.jobs)
    assert data.count(b'\n"site:') == count


@pytest.mark.parametrize("taken", [0, 1, 2, 100])
def test_the_digest_is_that_of_all_bytes_whoever_took_them(taken: int) -> None:
    manifest = of_jobs([f"site:{number:04}" for number in range(TOGETHER + 1)])
    encoded = Encoded(manifest)
    for _ in zip(range(taken), encoded, strict=False):
        pass
    assert encoded.digest() == hashlib.sha256(encode_manifest(manifest)).hexdigest()

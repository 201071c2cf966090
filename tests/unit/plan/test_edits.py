"""edits: the difference of two manifests says what a look at the whole branch would say."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.build_files import BuildFiles
from omnigrid.model.manifest import MANIFEST_VERSION, Entry, Manifest, encode_entries, record_of
from omnigrid.model.names import BlobId, CommitId, Digest, JobId, OutPath
from omnigrid.model.plan import Job
from omnigrid.model.publishing import Live, Target, Update
from omnigrid.plan.edits import edits
from omnigrid.plan.reconcile import reconcile
from support.targets import destination_of

HEAD = CommitId("c" * 40)
Blobs = Mapping[str, Mapping[str, str]]
PATHS = [*"abcdefgh"]


def build(jobs: Blobs, own: str) -> BuildFiles:
    records = {}
    for name, files in jobs.items():
        entries = {
            OutPath(path): Entry(BlobId(blob), Digest(blob), 1) for path, blob in files.items()
        }
        job = Job(id=JobId(name), files=tuple(files), inputs=())
        records[job.id] = record_of(job, encode_entries(entries))
    return BuildFiles(Manifest(MANIFEST_VERSION, "omnigrid", records), BlobId(own))


@st.composite
def builds(draw: st.DrawFn) -> Blobs:
    """Files, each of one job."""
    jobs: dict[str, dict[str, str]] = {}
    for path in draw(st.sets(st.sampled_from(PATHS))):
        job, blob = draw(st.sampled_from(["one", "two", "three"])), draw(st.sampled_from("12"))
        jobs.setdefault(job, {})[path] = blob
    return jobs


@given(builds(), builds())
def test_two_manifests_say_what_a_look_at_the_branch_does(before: Blobs, after: Blobs) -> None:
    left, wanted = build(before, "old"), build(after, "new")
    owned = {str(path): blob for path, blob in left.items()}
    live = Live("t", HEAD, {**owned, "CNAME": BlobId("9")}, owned)
    step = reconcile(Target(destination_of("/r.git"), wanted), live)
    assert isinstance(step, Update)
    found = edits(left.manifest, build(after, "new"))
    assert (found.write, found.delete) == (step.write, step.delete)
    assert found.new == tuple(sorted(wanted.keys() - left.keys()))


def test_the_files_of_few_jobs_are_those_of_all() -> None:
    files = build({"one": {"a": "1"}, "two": {"b": "2"}}, "own")
    assert files.of([JobId("two"), JobId("gone")]) == {"b": "2", "manifest.json": "own"}
    assert [path in files for path in "abc"] == [True, True, False]
    assert files == {"a": "1", "b": "2", "manifest.json": "own"}
    assert dict(files.items()) == dict(files)
    assert len(files) == 3

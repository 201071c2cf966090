"""The manifest: what stands under ``build/``, which job made it, and from which inputs."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from omnigrid.model.findings import Diagnostic
from omnigrid.model.names import BlobId, Digest, JobId, OutPath
from omnigrid.model.plan import Job, StaleJob
from omnigrid.model.shards import Part

MANIFEST_VERSION = 2
MANIFEST_NAME = OutPath("manifest.json")
_SHOWN = 16
"""Letters of an input's digest that are kept: to tell what changed. What decides is the key."""


class Entry(Struct, frozen=True, array_like=True):
    """One output file. ``size`` in bytes."""

    blob: BlobId
    sha256: Digest
    size: int


class Record(Struct, frozen=True):
    """What a job was made from, and what it made.

    ``inputs`` and ``files`` stay JSON until somebody asks: a build looks at the keys of thousands
    of records, and into those of the few that changed.
    """

    key: Digest
    inputs: msgspec.Raw
    files: msgspec.Raw

    def input_digests(self) -> dict[str, str]:
        """Return the beginning of each input's digest, by its name; nothing where it is damaged."""
        try:
            return _INPUTS.decode(self.inputs)
        except msgspec.MsgspecError:
            return {}

    def entries(self) -> dict[OutPath, Entry]:
        """Return the job's files; none where the record is damaged or leaves the build folder."""
        try:
            files = _FILES.decode(self.files)
        except msgspec.MsgspecError:
            return {}
        return files if all(map(is_inside, files)) else {}


def is_inside(path: OutPath) -> bool:
    """Whether a path stays inside the build folder: a forged manifest must delete nothing else."""
    if "\\" in path or "\0" in path:
        return False
    return all(part not in {"", ".", ".."} for part in path.split("/"))


_INPUTS = msgspec.json.Decoder(dict[str, str])
_FILES = msgspec.json.Decoder(dict[OutPath, Entry])
_encode = msgspec.json.encode


def failed(record: Record) -> Record:
    """Return the record of a job that failed: its files stand as they were, and it is stale."""
    return Record(Digest(""), record.inputs, record.files)


def record_of(job: Job, entries: bytes | memoryview) -> Record:
    """Return the record of a job that made these files: their entries, encoded."""
    inputs = {each.name: shown_digest(each.digest) for each in job.inputs}
    return Record(job.key, msgspec.Raw(_encode(inputs)), msgspec.Raw(entries))


def encode_entries(entries: dict[OutPath, Entry]) -> bytes:
    """Return a job's files as they stand in its record."""
    return _encode(entries)


def shown_digest(digest: str) -> str:
    """Return as much of an input's digest as a record keeps."""
    return digest[:_SHOWN]


class Manifest(Struct, frozen=True):
    """The commit point of a build: files that it does not name are not part of the build."""

    version: int
    generator: str
    jobs: dict[JobId, Record]
    """Sorted."""
    part: Part | None = None
    """Where only a shard was built: of what it is a part."""

    def files(self) -> Iterator[tuple[OutPath, Entry]]:
        """Yield every file of the build, job by job."""
        for record in self.jobs.values():
            yield from record.entries().items()


def gone_files(old: Manifest, new: Manifest) -> set[OutPath]:
    """Return the files of the old manifest that the new one does not name."""
    changed = [
        (before, new.jobs.get(job))
        for job, before in old.jobs.items()
        if (after := new.jobs.get(job)) is not before and after != before
    ]
    if not changed:
        return set()
    gone = {path for before, _ in changed for path in before.entries()}
    # What a failed job left may belong to a job by now that has not changed since.
    failed = any(not before.key for before, _ in changed)
    named = (r for job, r in new.jobs.items() if failed or old.jobs.get(job) != r)
    return gone - {path for record in named for path in record.entries()}


EMPTY_MANIFEST = Manifest(version=MANIFEST_VERSION, generator="", jobs={})


class Summary(Struct, frozen=True):
    """A build in numbers, and the warnings about what it was made from."""

    sites: int
    sectors: int
    files: int
    """Without the manifest."""
    manifest: Digest
    """SHA-256 of the manifest file."""
    warnings: tuple[Diagnostic, ...]
    without_pictures: bool = False
    """Whether pictures were left out because nothing is installed that makes them."""


class Writings(Struct, frozen=True):
    """What was written: how many files, their bytes, and their paths, which may be a million."""

    files: int = 0
    size: int = 0
    texts: tuple[bytes | memoryview, ...] = ()
    """The paths, some in each text, one a line."""

    def paths(self) -> tuple[OutPath, ...]:
        """Return the paths, sorted."""
        lines = (line for text in self.texts for line in str(text, "utf-8").split("\n"))
        return tuple(sorted(map(OutPath, lines)))


NO_WRITINGS = Writings()


class Outcome(Struct, frozen=True):
    """What a build did. Paths are sorted."""

    summary: Summary
    rendered: tuple[StaleJob, ...] = ()
    writings: Writings = NO_WRITINGS
    deleted: tuple[OutPath, ...] = ()

    @property
    def written(self) -> tuple[OutPath, ...]:
        """The paths that were written."""
        return self.writings.paths()

    @property
    def written_count(self) -> int:
        """How many paths were written."""
        return self.writings.files

    @property
    def size(self) -> int:
        """Bytes that were written."""
        return self.writings.size


class BuildResult(Struct, frozen=True):
    """What one build did to ``build/``. Paths are sorted."""

    manifest: Manifest
    digest: Digest
    """SHA-256 of the manifest file."""
    writings: Writings
    deleted: tuple[OutPath, ...]
    count: int
    """Files of the build, without the manifest."""

    @property
    def written(self) -> tuple[OutPath, ...]:
        """The paths that were written."""
        return self.writings.paths()

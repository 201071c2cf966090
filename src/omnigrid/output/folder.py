"""The build folder: one writer at a time; what it holds against what its manifest says."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.manifest import MANIFEST_VERSION, BuildResult, Entry, Manifest, Trace
from omnigrid.model.names import JobId, OutPath
from omnigrid.model.plan import Artifact, Failure, Plan
from omnigrid.output.lock import hold
from omnigrid.output.manifest import manifest_digest, read_manifest
from omnigrid.output.stage import Stage, owner_file


class Written(NamedTuple):
    """What a write did, and the jobs that failed."""

    result: BuildResult
    failures: tuple[Failure, ...]


class BuildFolder:
    """``build/`` in the hands of its only writer. Made by ``open_build``.

    ``manifest`` is that of the last build; ``damage`` names its files that are no longer as it
    left them, and what happened to each.
    """

    def __init__(self, path: Path) -> None:
        self._stage = Stage(path)
        self._stage.heal()
        self.manifest = read_manifest(path)
        self.damage = find_damage(path, self.manifest)

    def write(self, plan: Plan, results: Iterable[Artifact | Failure], generator: str) -> Written:
        """Bring the folder to what the plan says, from the results of its stale jobs.

        Files that are as they should be are not touched; files of the last build that no job owns
        any more are deleted, and nothing else. The files of a failed job stay as they were.
        """
        made: dict[OutPath, Entry] = {}
        written: list[OutPath] = []
        failures: list[Failure] = []
        self._stage.begin()
        for result in results:
            if isinstance(result, Failure):
                failures.append(result)
                continue
            for path, data in result.files:
                made[path] = Entry(blob_id(data), digest_bytes(data), len(data), result.job)
                if not self._holds(path, made[path]):
                    self._stage.put(path, data)
                    written.append(path)
        manifest = self._next_manifest(plan, made, {failure.job for failure in failures}, generator)
        deleted = self.manifest.files.keys() - manifest.files.keys()
        if written or manifest != self.manifest:
            self._stage.commit(manifest)
        self._stage.clear()
        digest = manifest_digest(manifest)
        done = BuildResult(manifest, digest, tuple(sorted(written)), tuple(sorted(deleted)))
        return Written(done, tuple(failures))

    def _holds(self, path: OutPath, entry: Entry) -> bool:
        known = self.manifest.files.get(path)
        return known is not None and known.sha256 == entry.sha256 and path not in self.damage

    def _next_manifest(
        self, plan: Plan, made: dict[OutPath, Entry], failed: set[JobId], generator: str
    ) -> Manifest:
        files: dict[OutPath, Entry] = {}
        jobs: dict[JobId, Trace] = {}
        for job in plan.jobs:
            if job.id in failed:
                files.update(self._files_of(job.id))
                continue
            jobs[job.id] = Trace({each.name: each.digest for each in job.inputs})
            for path in job.outputs:
                files[path] = made[path] if path in made else self.manifest.files[path]
        return Manifest(MANIFEST_VERSION, generator, {p: files[p] for p in sorted(files)}, jobs)

    def _files_of(self, job: JobId) -> dict[OutPath, Entry]:
        return {path: entry for path, entry in self.manifest.files.items() if entry.job == job}


def find_damage(folder: Path, manifest: Manifest) -> dict[OutPath, str]:
    """Return the files that are not as the manifest says, and what happened to each."""
    found = {}
    for path, entry in manifest.files.items():
        try:
            data = (folder / path).read_bytes()
        except OSError:
            found[path] = "is missing"
            continue
        if len(data) != entry.size or digest_bytes(data) != entry.sha256:
            found[path] = "was changed by hand"
    return found


@contextmanager
def open_build(path: Path) -> Iterator[BuildFolder]:
    """Hold ``path`` as its only writer, healed from a build that was killed.

    Raises Transient when another process holds it, or when the disk refuses.
    """
    with hold(path, owner_file(path)):
        yield BuildFolder(path)

"""The build folder: one writer at a time; what it holds against what its manifest says."""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from omnigrid.model.digests import digest_bytes
from omnigrid.model.manifest import (
    MANIFEST_VERSION,
    BuildResult,
    Entry,
    Manifest,
    Record,
    failed,
    record_of,
)
from omnigrid.model.names import JobId, OutPath
from omnigrid.model.plan import Failure, Plan, StaleJob
from omnigrid.output.harvest import Harvest
from omnigrid.output.lock import hold
from omnigrid.output.manifest import Encoded, read_manifest
from omnigrid.output.stage import STAGE, Stage, owner_file
from omnigrid.output.stamps import (
    Left,
    keep_stamps,
    look,
    read_stamps,
    remembered_paths,
    stamped,
)
from omnigrid.output.writer import Made, Writer

Damage = dict[JobId, dict[OutPath, str]]
"""Files that are no longer as the last build left them, by job, and what happened to each."""


class Written(NamedTuple):
    """What a write did, and the jobs that failed."""

    result: BuildResult
    failures: tuple[Failure, ...]


class BuildFolder:
    """``build/`` in the hands of its only writer. Made by ``open_build``.

    ``manifest`` is that of the last build.
    """

    def __init__(self, path: Path, memory: Path) -> None:
        self._path, self._memory = path, memory
        self._stage = Stage(path)
        self._stage.heal()
        self.stamps = read_stamps(memory, path)
        self._looked_at: frozenset[JobId] = frozenset()

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest of the last build; the empty one where it is not known."""
        # Where its stamp is known, it is as we left it, to the byte.
        return read_manifest(self._path, trusted=bool(self.stamps.jobs))

    def damage(self, touched: Iterable[JobId]) -> Damage:
        """Return the damaged files of these jobs, and of those whose files were never looked at."""
        unknown = self.manifest.jobs.keys() - self.stamps.jobs.keys()
        suspects = self._looked_at = frozenset({*touched, *unknown})
        found = {
            job: damaged_files(self._path, record)
            for job, record in self.manifest.jobs.items()
            if job in suspects
        }
        return {job: files for job, files in found.items() if files}

    def begin(self, stale: Sequence[StaleJob], plan: Plan) -> Writer:
        """Get ready to write the files of stale jobs."""
        jobs = {each.job.id: each.job for each in stale}
        return self.open_for(jobs, lambda job: jobs[job].outputs, plan.briefs)

    def open_for(
        self,
        jobs: Collection[JobId],
        outputs: Callable[[JobId], Iterable[OutPath]],
        planned: Container[JobId],
    ) -> Writer:
        """Get ready to write the files of jobs; all others stay if they are ``planned``."""
        taken = frozenset(self._given_up(jobs, outputs, planned))
        self._stage.begin(self._new_paths(jobs, outputs, taken))
        return Writer(self._path, self._stage.files, taken)

    def _given_up(
        self,
        jobs: Container[JobId],
        outputs: Callable[[JobId], Iterable[OutPath]],
        planned: Container[JobId],
    ) -> Iterator[OutPath]:
        """Yield the paths that their job gives up, and another one may take over."""
        for job, record in self.manifest.jobs.items():
            if job in jobs:
                yield from record.entries().keys() - {*outputs(job)}
            elif job not in planned:
                yield from record.entries()

    def _new_paths(
        self,
        jobs: Iterable[JobId],
        outputs: Callable[[JobId], Iterable[OutPath]],
        taken: Container[OutPath],
    ) -> Iterator[OutPath]:
        known = self.manifest.jobs
        for job in jobs:
            before = known[job].entries() if job in known else {}
            yield from (p for p in outputs(job) if p not in before and p not in taken)

    def finish(self, plan: Plan, results: Iterable[Made | Failure], generator: str) -> Written:
        """Bring the folder to what the plan says, once its stale jobs were written.

        Files of the last build that no job owns any more are deleted, and nothing else. The files
        of a failed job stay as they were.
        """
        failures: list[Failure] = []
        with closing(Harvest(self._stage.folder)) as harvest:
            for result in results:
                if isinstance(result, Failure):
                    failures.append(result)
                else:
                    harvest.take(result)
            lost = {failure.job for failure in failures}
            records = {job: self._record(job, plan, harvest, lost) for job in plan.briefs}
            jobs = {job: record for job, record in records.items() if record is not None}
            manifest = Manifest(MANIFEST_VERSION, generator, jobs, plan.part)
            count = sum(brief.files for brief in plan.briefs.values())
            return Written(self._settle(manifest, harvest, lost, count), tuple(failures))

    def take_over(self, manifest: Manifest, results: Iterable[Made]) -> BuildResult:
        """Bring the folder to what a manifest says, once the files that differ were written."""
        with closing(Harvest(self._stage.folder)) as harvest:
            for each in results:
                harvest.take(each)
            return self._settle(manifest, harvest, set(), sum(1 for _ in manifest.files()))

    def _settle(
        self, manifest: Manifest, harvest: Harvest, lost: set[JobId], count: int
    ) -> BuildResult:
        encoded = Encoded(manifest, harvest.passing)
        deleted: tuple[OutPath, ...] = ()
        if harvest.entries or manifest != self.manifest:
            deleted = self._stage.commit(self.manifest, manifest, encoded)
        if not self.manifest.jobs:
            self._remove_leftovers(manifest)
        self._stage.clear()
        self._keep_stamps(manifest, harvest, lost)
        return BuildResult(
            manifest=manifest,
            digest=encoded.digest(),
            writings=harvest.writings(),
            deleted=deleted,
            count=count,
        )

    def _remove_leftovers(self, manifest: Manifest) -> None:
        """Take away what a build left whose manifest was lost, as far as we remember it."""
        remembered = remembered_paths(self._memory)
        if remembered:
            self._stage.remove(remembered - {path for path, _ in manifest.files()})

    def _record(self, job: JobId, plan: Plan, harvest: Harvest, lost: set[JobId]) -> Record | None:
        if job in harvest.entries:
            return record_of(plan.job(job), harvest.entries[job])
        before = self.manifest.jobs.get(job)
        return failed(before) if before is not None and job in lost else before

    def _keep_stamps(self, manifest: Manifest, harvest: Harvest, lost: set[JobId]) -> None:
        kept: dict[JobId, Left] = {}
        for job, record in manifest.jobs.items():
            if job in harvest.stamped:
                kept[job] = harvest.stamped[job]
            elif job not in harvest.entries and job not in self._looked_at:
                kept[job] = self.stamps.jobs[job]
            elif job not in lost:  # What a failed job left may be damaged: looked at again.
                paths = list(record.entries())
                looked = stamped(paths, (look(f"{self._path}/{path}") for path in paths))
                kept[job] = Left(looked)
        keep_stamps(self._memory, self._path, kept, harvest.passing)


def damaged_files(folder: Path, record: Record) -> dict[OutPath, str]:
    """Return the files of a job that are not as its record says, and what happened to each."""
    checked = {path: _damage(folder / path, entry) for path, entry in record.entries().items()}
    return {path: damage for path, damage in checked.items() if damage}


def _damage(path: Path, entry: Entry) -> str:
    try:
        data = path.read_bytes()
    except OSError:
        return "is missing"
    unchanged = len(data) == entry.size and digest_bytes(data) == entry.sha256
    # What a link leads to may change unseen.
    return "" if unchanged and not path.is_symlink() else "was changed by hand"


def is_finished(path: Path) -> bool:
    """Whether no build is at work in a folder, nor was killed there."""
    return not (path / STAGE).exists()


@contextmanager
def open_build(path: Path, memory: Path) -> Iterator[BuildFolder]:
    """Hold ``path`` as its only writer, healed from a build that was killed.

    ``memory`` is the file in which the stamps of what was written are kept between runs.

    Raises Transient when another process holds it, or when the disk refuses.
    """
    with hold(path, owner_file(path)):
        yield BuildFolder(path, memory)

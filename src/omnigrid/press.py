"""The press, from top to bottom: stale jobs in, their files out. Executors are given it to run."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from omnigrid.blueprint import Blueprint
from omnigrid.model.errors import InputError
from omnigrid.model.files import Images
from omnigrid.model.manifest import Manifest
from omnigrid.model.names import JobId
from omnigrid.model.plan import Artifact, Failure, Job
from omnigrid.output.folder import Damage
from omnigrid.output.writer import Made, Writer
from omnigrid.plan.turns import turns
from omnigrid.render.jobs import render_job
from omnigrid.render.studio import picture_maker
from omnigrid.render.version import renderer_version
from omnigrid.run.executors import BATCH, Executor
from omnigrid.workspace import GENERATOR


class Renderer:
    """Renders jobs: what an executor on other machines is given to do."""

    def __init__(self, blueprint: Blueprint, jobs: Sequence[Job], *, same_disk: bool) -> None:
        """``same_disk`` says whether whoever renders can read the portfolio's files."""
        views = blueprint.views
        self._views = views if same_disk else views.carrying(job.id for job in jobs)
        self._packs, self._images = blueprint.packs, blueprint.portfolio.config.images
        # By pack: then each worker compiles the templates of few packs, not of all.
        self.jobs = {job.id: job for job in sorted(jobs, key=lambda job: (job.pack or "", job.id))}
        self._version = _renders_with(self._images)

    @property
    def places(self) -> dict[JobId, int]:
        """Where the brand of each site stands, sector by sector."""
        return self._views.places()

    def render(self, job_id: JobId) -> Artifact | Failure:
        """Render a job. Raises InputError where other versions than ours would render it."""
        here = _renders_with(self._images)
        if here != self._version:
            raise InputError(
                f"a worker renders with {here}, and this machine with {self._version}",
                "nothing was changed; install the same versions on all machines",
            )
        return render_job(self.jobs[job_id], self._views.of(job_id), self._packs)


@lru_cache
def _renders_with(images: Images) -> str:
    maker = picture_maker(images) or "no pictures"
    return f"{GENERATOR}, {renderer_version()}, {maker}"


class Press:
    """Renders stale jobs and writes their files: what an executor on our disk is given to do."""

    def __init__(
        self, renderer: Renderer, writer: Writer, manifest: Manifest, damage: Damage
    ) -> None:
        self._renderer, self._writer = renderer, writer
        self._manifest, self._damage = manifest, damage

    def run(self, executor: Executor) -> Iterator[Made | Failure]:
        """Yield the result of each job."""
        renderer = self._renderer
        if not executor.same_disk:
            return map(self._write, executor.run(renderer.render, renderer.jobs))
        shares = turns(tuple(renderer.jobs), renderer.places, BATCH)
        return chain.from_iterable(
            executor.run(self.make, *share) for share in shares if share.jobs
        )

    def make(self, job_id: JobId) -> Made | Failure:
        """Render a job and write its files."""
        return self._write(self._renderer.render(job_id))

    def _write(self, result: Artifact | Failure) -> Made | Failure:
        if isinstance(result, Failure):
            return result
        record = self._manifest.jobs.get(result.job)
        known = record.entries() if record else {}
        harmed = self._damage.get(result.job, {})
        intact = {path: entry for path, entry in known.items() if path not in harmed}
        return self._writer.write(result, known, intact)

"""The build, from top to bottom: what a portfolio means in, `build/` out."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from omnigrid.finder import Finder
from omnigrid.journal.builds import BuildJournal
from omnigrid.load.compiled import CompiledTemplates
from omnigrid.load.locate import locate
from omnigrid.load.pictures import read_picture
from omnigrid.load.portfolio import read_body
from omnigrid.model.errors import InputError
from omnigrid.model.files import Images
from omnigrid.model.findings import Diagnostic
from omnigrid.model.journal import Rendered
from omnigrid.model.manifest import Manifest, Outcome, Summary
from omnigrid.model.matching import Matches
from omnigrid.model.names import Digest, JobId
from omnigrid.model.packs import Packs
from omnigrid.model.plan import PLAIN, Artifact, Edition, Failure, Job, Plan
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.shards import Shard
from omnigrid.model.tree import FileTree
from omnigrid.output.folder import Damage, open_build
from omnigrid.output.writer import Made, Writer
from omnigrid.packs.local import read_packs
from omnigrid.plan.gallery import Studio
from omnigrid.plan.jobs import plan_sites
from omnigrid.plan.shards import cut, refuse_mixing
from omnigrid.plan.stale import causes_of, stale_jobs
from omnigrid.plan.views import NOTHING_SAID, Said, Views
from omnigrid.render.environment import keep_compiled
from omnigrid.render.jobs import render_job
from omnigrid.render.minify import minifier
from omnigrid.render.studio import missing_maker, picture_maker
from omnigrid.render.version import renderer_version
from omnigrid.run.executors import Executor, Progress
from omnigrid.standing import Looked, last_build, look_around
from omnigrid.survey import Survey, refused, survey_workspace
from omnigrid.workspace import GENERATOR, Workspace, program_version


class Blueprint(Struct, frozen=True):
    """Everything that is known before anything is rendered."""

    portfolio: Portfolio
    matches: Matches
    packs: Packs
    plan: Plan
    views: Views
    warnings: tuple[Diagnostic, ...]


class Built(Struct, frozen=True):
    """A build, what it was made from, and what stands in the folder."""

    blueprint: Blueprint
    outcome: Outcome
    manifest: Manifest


def draw_up(workspace: Workspace, executor: Executor | None = None) -> Blueprint:
    """Return the plan of a portfolio, with all that it follows from. Raises InputError."""
    edition = Edition(minifier()) if workspace.release else PLAIN
    seen = survey_workspace(workspace, executor)
    tree, portfolio = workspace.tree, seen.portfolio
    if missing := missing_maker(portfolio.config.images):
        raise refused(tree, missing)
    if workspace.cache:
        keep_compiled(CompiledTemplates(workspace.cache / "templates", program_version()))
    packs = read_packs(tree, portfolio.packs)
    warnings = locate(tree, seen.warnings)
    said = Said(warnings, tuple(renderer_version().split(", ")))
    views = views_of(tree, seen, workspace.memory.index, said)
    plan, claims = plan_sites(views, packs, renderer_version(), edition)
    if claims:
        raise refused(tree, (*seen.warnings, *claims))
    return Blueprint(portfolio, seen.matches, packs, plan, views, warnings)


def views_of(tree: FileTree, seen: Survey, index: Path | None, said: Said = NOTHING_SAID) -> Views:
    """Return what gives the view of every job, from what the files mean.

    ``index`` is a file where the index is kept that matches intents with brands.
    """
    portfolio = seen.portfolio
    finder, bodies = Finder(portfolio, index), partial(read_body, tree)
    studio = Studio(picture_maker(portfolio.config.images), partial(read_picture, tree))
    return Views(portfolio, seen.matches, seen.pages, finder, bodies, studio=studio, said=said)


def build_portfolio(
    workspace: Workspace, executor: Executor, progress: Progress, looked: Looked | None = None
) -> Outcome:
    """Bring the build folder to what the portfolio says; return what was done for that.

    Errors as ``build_whole``.
    """
    return build_whole(workspace, executor, progress, looked).outcome


def build_whole(
    workspace: Workspace, executor: Executor, progress: Progress, looked: Looked | None = None
) -> Built:
    """Bring the build folder to what the portfolio says, rendering only what is stale.

    ``looked`` is a look at the folder that has begun already. Raises InputError where the input
    has faults (then nothing is written) or a template fails (then all other jobs are written), and
    Transient where the disk refuses.
    """
    # Meanwhile, where there are processes for it.
    looked = looked or look_around(workspace, executor)
    blueprint = _share(draw_up(workspace, executor), workspace.shard)
    built = render_blueprint(workspace, blueprint, executor, progress, looked)
    last_build(workspace).keep(built.outcome.summary)
    return built


def record_build(workspace: Workspace, outcome: Outcome, seconds: float, now: float) -> None:
    """Take note of what a build took and why, where it rendered anything.

    ``now`` is in seconds since 1970. A disk that takes no note stops nobody.
    """
    if not outcome.rendered:
        return
    entry = Rendered(
        at=now,
        seconds=seconds,
        jobs=len(outcome.rendered),
        files=outcome.written_count,
        bytes=outcome.size,
        causes=causes_of(outcome.rendered),
    )
    with suppress(OSError):
        BuildJournal(workspace.state / "journal").add(entry)


def _share(blueprint: Blueprint, shard: Shard | None) -> Blueprint:
    """Return the blueprint of a shard alone."""
    return replace(blueprint, plan=cut(blueprint.plan, shard)) if shard else blueprint


def render_blueprint(
    workspace: Workspace,
    blueprint: Blueprint,
    executor: Executor,
    progress: Progress,
    looked: Looked | None = None,
) -> Built:
    """Bring the build folder to what a blueprint says; errors as ``build_portfolio``.

    ``looked`` is a look at the folder that has begun already.
    """
    with open_build(workspace.out, workspace.stamps) as folder:
        refuse_mixing(workspace.out.name, folder.manifest, blueprint.plan.part)
        if looked is None or looked.stamps.manifest != folder.stamps.manifest:
            looked = look_around(workspace, executor)
        damage = folder.damage(job for jobs in looked.touched for job in jobs)
        stale = stale_jobs(blueprint.plan, folder.manifest, damage)
        jobs = [each.job for each in stale]
        renderer = Renderer(blueprint, jobs, same_disk=executor.same_disk)
        press = Press(renderer, folder.begin(stale, blueprint.plan), folder.manifest, damage)
        watched = _watched(press.run(executor), len(stale), progress)
        result, failures = folder.finish(blueprint.plan, watched, GENERATOR)
    if failures:
        raise refused(workspace.tree, tuple(failure.finding for failure in failures))
    summary = summarise(blueprint, result.digest)
    outcome = Outcome(summary, stale, result.writings, result.deleted, result.size)
    return Built(blueprint, outcome, result.manifest)


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


def summarise(blueprint: Blueprint, manifest: Digest) -> Summary:
    """Return a build in numbers; ``manifest`` is the digest of its manifest."""
    portfolio, jobs = blueprint.portfolio, blueprint.plan.jobs
    files = sum(len(job.files) + len(job.others) for job in jobs)
    sites, sectors = len(portfolio.brands), len(portfolio.sectors)
    images = portfolio.config.images
    bare = images is Images.AUTO and not picture_maker(images)
    return Summary(sites, sectors, files, manifest, blueprint.warnings, without_pictures=bare)


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
        if executor.same_disk:
            return executor.run(self.make, renderer.jobs)
        return map(self._write, executor.run(renderer.render, renderer.jobs))

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


def _watched(
    results: Iterator[Made | Failure], total: int, progress: Progress
) -> Iterator[Made | Failure]:
    for done, result in enumerate(results, start=1):
        yield result
        progress(done, total)

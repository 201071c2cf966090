"""The build, from top to bottom: what a portfolio means in, `build/` out."""

from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from omnigrid.blueprint import Blueprint, draw_up
from omnigrid.journal.builds import BuildJournal
from omnigrid.model.files import Images
from omnigrid.model.journal import Rendered
from omnigrid.model.manifest import Manifest, Outcome, Summary
from omnigrid.model.names import Digest
from omnigrid.model.plan import Failure
from omnigrid.model.shards import Shard
from omnigrid.output.folder import open_build
from omnigrid.output.writer import Made
from omnigrid.plan.shards import cut, refuse_mixing
from omnigrid.plan.stale import causes_of, stale_jobs
from omnigrid.press import Press, Renderer
from omnigrid.render.studio import picture_maker
from omnigrid.run.executors import Executor, Progress
from omnigrid.standing import Looked, last_build, look_around
from omnigrid.survey import Begun, refused
from omnigrid.workspace import GENERATOR, Workspace


class Built(Struct, frozen=True):
    """A build, what it was made from, and what stands in the folder."""

    blueprint: Blueprint
    outcome: Outcome
    manifest: Manifest


def build_portfolio(
    workspace: Workspace,
    executor: Executor,
    progress: Progress,
    looked: Looked | None = None,
    begun: Begun | None = None,
) -> Outcome:
    """Bring the build folder to what the portfolio says; return what was done for that.

    Errors as ``build_whole``.
    """
    return build_whole(workspace, executor, progress, looked, begun).outcome


def build_whole(
    workspace: Workspace,
    executor: Executor,
    progress: Progress,
    looked: Looked | None = None,
    begun: Begun | None = None,
) -> Built:
    """Bring the build folder to what the portfolio says, rendering only what is stale.

    ``looked`` is a look at the folder that has begun already, ``begun`` the reading of all files.
    Raises InputError where the input
    has faults (then nothing is written) or a template fails (then all other jobs are written), and
    Transient where the disk refuses.
    """
    # Meanwhile, where there are processes for it.
    looked = looked or look_around(workspace, executor)
    blueprint = _share(draw_up(workspace, executor, begun), workspace.shard)
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
    outcome = Outcome(summary, stale, result.writings, result.deleted)
    return Built(blueprint, outcome, result.manifest)


def summarise(blueprint: Blueprint, manifest: Digest) -> Summary:
    """Return a build in numbers; ``manifest`` is the digest of its manifest."""
    portfolio = blueprint.portfolio
    files = sum(brief.files for brief in blueprint.plan.briefs.values())
    sites, sectors = len(portfolio.brands), len(portfolio.sectors)
    images = portfolio.config.images
    bare = images is Images.AUTO and not picture_maker(images)
    return Summary(sites, sectors, files, manifest, blueprint.warnings, without_pictures=bare)


def _watched(
    results: Iterator[Made | Failure], total: int, progress: Progress
) -> Iterator[Made | Failure]:
    for done, result in enumerate(results, start=1):
        yield result
        progress(done, total)

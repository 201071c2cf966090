"""Which jobs are to be rendered, and every reason why: the walk that decides is the explanation."""

from collections.abc import Iterator, Mapping

from omnigrid.model.manifest import Manifest, Record, shown_digest
from omnigrid.model.names import JobId, OutPath
from omnigrid.model.plan import Job, Plan, StaleJob

Damage = Mapping[JobId, Mapping[OutPath, str]]
"""Files of the last build that are no longer as it left them, by job, and what happened to each."""


def stale_jobs(plan: Plan, manifest: Manifest, damage: Damage) -> tuple[StaleJob, ...]:
    """Return the jobs whose outputs are not, or may not be, what a clean build would give."""
    return tuple(
        StaleJob(job, tuple(_reasons(job, manifest.jobs.get(job.id), damage.get(job.id, {}))))
        for job in plan.jobs
        if job.id in damage
        or (record := manifest.jobs.get(job.id)) is None
        or record.key != job.key
    )


def _reasons(job: Job, record: Record | None, damage: Mapping[OutPath, str]) -> Iterator[str]:
    if record is None:
        yield "never rendered before"
        return
    if not record.key:
        yield "it failed the last time"
    known, names = record.input_digests(), {each.name for each in job.inputs}
    for each in job.inputs:
        if each.name not in known:
            yield f"{each.name} is a new input ({each.origin})"
        elif known[each.name] != shown_digest(each.digest):
            yield f"{each.name} changed ({each.origin})"
    yield from (f"{name} is an input no more" for name in known if name not in names)
    written = record.entries()
    for path in job.outputs:
        if path in damage:
            yield f"{path} {damage[path]}"
        elif path not in written:
            yield f"{path} was not written before"

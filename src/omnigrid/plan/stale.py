"""Which jobs are to be rendered, and every reason why: the walk that decides is the explanation."""

from collections.abc import Iterator, Mapping

from omnigrid.model.manifest import Manifest
from omnigrid.model.names import OutPath
from omnigrid.model.plan import Job, Plan, StaleJob

Damage = Mapping[OutPath, str]
"""Files of the last build that are no longer as it left them, and what happened to each."""


def stale_jobs(plan: Plan, manifest: Manifest, damage: Damage) -> tuple[StaleJob, ...]:
    """Return the jobs whose outputs are not, or may not be, what a clean build would give."""
    found = (StaleJob(job, tuple(_reasons(job, manifest, damage))) for job in plan.jobs)
    return tuple(stale for stale in found if stale.reasons)


def _reasons(job: Job, manifest: Manifest, damage: Damage) -> Iterator[str]:
    trace = manifest.jobs.get(job.id)
    if trace is None:
        yield "never rendered before"
        return
    names = {each.name for each in job.inputs}
    for each in job.inputs:
        known = trace.inputs.get(each.name)
        if known is None:
            yield f"{each.name} is a new input ({each.origin})"
        elif known != each.digest:
            yield f"{each.name} changed ({each.origin})"
    yield from (f"{name} is an input no more" for name in trace.inputs if name not in names)
    for path in job.outputs:
        if path in damage:
            yield f"{path} {damage[path]}"
        elif path not in manifest.files:
            yield f"{path} was not written before"

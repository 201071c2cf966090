"""Which jobs are to be rendered, and every reason why: the walk that decides is the explanation."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from omnigrid.model.journal import Cause
from omnigrid.model.manifest import Manifest, Record, shown_digest
from omnigrid.model.names import JobId, OutPath
from omnigrid.model.plan import EVERYTHING, Input, Job, Plan, StaleJob
from omnigrid.model.tree import CONFIG_NAME, MEASUREMENTS_NAME

_FIRST = "never rendered before"
_ORIGINS = {
    CONFIG_NAME: Cause.CONFIGURATION,
    MEASUREMENTS_NAME: Cause.MEASUREMENTS,
    EVERYTHING: Cause.PORTFOLIO,
}
_NAMES = {
    "brand": Cause.BRANDS,
    "brands": Cause.BRANDS,
    "related": Cause.BRANDS,
    "learnt": Cause.BRANDS,
    "sector": Cause.SECTORS,
    "pages": Cause.CONTENT,
    "corrections": Cause.CONTENT,
    "templates": Cause.TEMPLATES,
}
"""What inputs are called whose origin says less."""
_PACKS = "template_packs/"
_INPUT = re.compile(r"(?P<name>.+) (changed \(.*\)|is a new input \(.*\)|is an input no more)")

Damage = Mapping[JobId, Mapping[OutPath, str]]
"""Files of the last build that are no longer as it left them, by job, and what happened to each."""


def stale_jobs(plan: Plan, manifest: Manifest, damage: Damage) -> tuple[StaleJob, ...]:
    """Return the jobs whose outputs are not, or may not be, what a clean build would give."""
    return tuple(
        StaleJob(job := plan.job(name), tuple(_reasons(job, record, damage.get(name, {}))))
        for name, brief in plan.briefs.items()
        if (record := manifest.jobs.get(name)) is None or record.key != brief.key or name in damage
    )


def _reasons(job: Job, record: Record | None, damage: Mapping[OutPath, str]) -> Iterator[str]:
    if record is None:
        yield _FIRST
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


def causes_of(rendered: Iterable[StaleJob]) -> dict[Cause, int]:
    """Return how many jobs each kind of reason made stale, the most first."""
    counts = Counter(cause for stale in rendered for cause in {*_causes(stale)})
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _causes(stale: StaleJob) -> Iterator[Cause]:
    inputs = {each.name: each for each in stale.job.inputs}
    for reason in stale.reasons:
        if reason == _FIRST:
            yield Cause.FIRST
        elif said := _INPUT.fullmatch(reason):
            name = said["name"]
            yield _cause_of(inputs[name]) if name in inputs else Cause.PROGRAM
        else:
            yield Cause.REPAIR


def _cause_of(changed: Input) -> Cause:
    if changed.origin in _ORIGINS:
        return _ORIGINS[changed.origin]
    if changed.origin.startswith(_PACKS):
        return Cause.TEMPLATES
    return _NAMES.get(changed.name, Cause.PROGRAM)

"""Cutting a plan into shards, and what speaks against putting built shards together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from omnigrid.model.digests import digest_value
from omnigrid.model.errors import InputError
from omnigrid.model.manifest import Manifest
from omnigrid.model.names import Digest, JobId
from omnigrid.model.plan import Plan
from omnigrid.model.shards import Part, Shard

Parts = Mapping[str, Manifest]
"""The manifests of shards, by the folders that they stand in."""


def cut(plan: Plan, shard: Shard) -> Plan:
    """Return a shard's share of a plan."""
    briefs = {job: brief for job, brief in plan.briefs.items() if shard.holds(job)}
    whole = plan_digest({job: brief.key for job, brief in plan.briefs.items()})
    return Plan(briefs, plan.job, Part(shard, len(briefs), whole))


def plan_digest(keys: Mapping[JobId, Digest]) -> Digest:
    """Return what stands for a plan: made of all ids and keys of its jobs, whatever their order."""
    return digest_value(dict(keys))


def refuse_mixing(folder: str, manifest: Manifest, part: Part | None) -> None:
    """Raise InputError where a build would turn a whole one into a shard, or a shard into another.

    ``manifest`` is that of the last build in ``folder``.
    """
    if manifest.part is not None and part is None:
        raise InputError(
            f"{folder} holds no whole build, only shard {manifest.part.shard}",
            "nothing was changed; put all shards together with `omnigrid merge`, "
            "or choose another folder with `--out`",
        )
    if manifest.jobs and manifest.part is None and part is not None:
        raise InputError(
            f"{folder} holds a whole build, of which shard {part.shard} would leave a part",
            f"nothing was changed; choose another folder, as `--out part-{part.shard.number}`",
        )


def merging_faults(parts: Parts) -> Iterator[str]:
    """Yield in plain words all that speaks against putting shards together."""
    found = {folder: each.part for folder, each in parts.items() if each.part is not None}
    yield from (f"{folder} is a whole build, no shard" for folder in parts if folder not in found)
    for folder, part in found.items():
        yield from _failed_jobs(folder, part, parts[folder])
    if not found:
        return
    different = [*_differences(parts, found)]
    yield from different
    if not different:
        yield from _gaps(found)


def unlike_plan(manifests: Iterable[Manifest]) -> Iterator[str]:
    """Yield what to say where the jobs of all shards together are not those of their plan."""
    keys: dict[JobId, Digest] = {}
    named: set[Digest] = set()
    for manifest in manifests:
        keys |= {job: record.key for job, record in manifest.jobs.items()}
        named |= {manifest.part.plan} if manifest.part else set()
    if named != {plan_digest(keys)}:
        yield "the manifests name other jobs than the plan that they are of"


def _failed_jobs(folder: str, part: Part, manifest: Manifest) -> Iterator[str]:
    failed = [job for job, record in manifest.jobs.items() if not record.key]
    lacking = part.jobs - len(manifest.jobs) + len(failed)
    if lacking:
        named = f" ({', '.join(failed)})" if failed else ""
        yield (
            f"{folder} is incomplete: {lacking} of its {part.jobs} jobs failed{named}; "
            "correct what that build found and build the shard again"
        )


def _differences(parts: Parts, found: Mapping[str, Part]) -> Iterator[str]:
    """Compare each part with the first."""
    first, whole = next(iter(found.items()))
    for folder, part in found.items():
        made_by, by_first = parts[folder].generator, parts[first].generator
        if made_by != by_first:
            yield f"{folder} was made by {made_by}, {first} by {by_first}"
        if part.shard.count != whole.shard.count:
            yield f"{folder} is shard {part.shard}, but {first} is shard {whole.shard}"
        elif part.plan != whole.plan:
            yield (
                f"{folder} and {first} are shards of different plans; build all shards from the "
                "same commit, with the same versions and settings"
            )


def _gaps(found: Mapping[str, Part]) -> Iterator[str]:
    """Look for shards that are missing, or there more than once."""
    there = Counter(part.shard for part in found.values())
    count = next(iter(there)).count
    for shard in (Shard(number, count) for number in range(1, count + 1)):
        folders = [folder for folder, part in found.items() if part.shard == shard]
        if not folders:
            yield f"shard {shard} is missing"
        if len(folders) > 1:
            yield f"shard {shard} is there {len(folders)} times: {', '.join(folders)}"

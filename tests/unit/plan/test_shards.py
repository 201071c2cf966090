"""Shards: a plan cut up, and what speaks against putting it together again."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.digests import digest_value
from omnigrid.model.errors import InputError
from omnigrid.model.manifest import EMPTY_MANIFEST, MANIFEST_VERSION, Manifest, Record
from omnigrid.model.names import Digest, JobId
from omnigrid.model.plan import Input, Job, Plan
from omnigrid.model.plan import plan_of as plan_with
from omnigrid.model.shards import Shard
from omnigrid.output.manifest import decode_manifest, encode_manifest
from omnigrid.plan.shards import cut, merging_faults, refuse_mixing, unlike_plan

RAW = msgspec.Raw(b"{}")


def plan_of(names: set[str]) -> Plan:
    made = (Input("name", digest_value(name), "test") for name in sorted(names))
    pairs = zip(sorted(names), made, strict=True)
    return plan_with(Job(id=JobId(name), files=(name,), inputs=(one,)) for name, one in pairs)


def built(plan: Plan, shard: Shard | None, generator: str = "test") -> Manifest:
    share = cut(plan, shard) if shard else plan
    jobs = {job.id: Record(job.key, RAW, RAW) for job in share.jobs}
    return Manifest(MANIFEST_VERSION, generator, jobs, share.part)


PLAN = plan_of({f"site:{number}" for number in range(20)})
FIRST, SECOND = (built(PLAN, Shard(number, 2)) for number in (1, 2))


@given(st.sets(st.text(max_size=9)), st.integers(1, 5))
def test_every_job_is_in_exactly_one_shard(names: set[str], count: int) -> None:
    shares = [cut(plan_of(names), Shard(number, count)) for number in range(1, count + 1)]
    assert sorted(job.id for share in shares for job in share.jobs) == sorted(names)
    manifests = {f"{at}": built(plan_of(names), Shard(at, count)) for at in range(1, count + 1)}
    assert [*merging_faults(manifests), *unlike_plan(manifests.values())] == []


def test_a_job_stays_in_its_shard_whatever_comes_and_goes() -> None:
    few = plan_of({"site:1", "site:2", "site:new"})
    kept = {job.id for job in few.jobs} & {job.id for job in PLAN.jobs}
    assert all((job in FIRST.jobs) == Shard(1, 2).holds(job) for job in kept)


def test_a_manifest_says_what_it_is_a_part_of() -> None:
    assert decode_manifest(encode_manifest(FIRST)) == FIRST
    assert b"part" not in encode_manifest(built(PLAN, None))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"a": FIRST}, "shard 2/2 is missing"),
        ({"a": FIRST, "b": FIRST}, "shard 1/2 is there 2 times: a, b"),
        ({"a": FIRST, "b": built(PLAN, None)}, "b is a whole build, no shard"),
        ({"a": FIRST, "b": built(PLAN, Shard(2, 3))}, "b is shard 2/3, but a is shard 1/2"),
        ({"a": FIRST, "b": built(PLAN, Shard(2, 2), "old")}, "b was made by old, a by test"),
        ({"a": FIRST, "b": built(plan_of({"x"}), Shard(2, 2))}, "different plans"),
        ({"a": FIRST, "b": Manifest(2, "test", {}, SECOND.part)}, "b is incomplete"),
    ],
)
def test_what_speaks_against_merging(parts: dict[str, Manifest], said: str) -> None:
    assert any(said in fault for fault in merging_faults(parts))


def test_a_failed_job_is_named() -> None:
    failed = {JobId(min(SECOND.jobs)): Record(Digest(""), RAW, RAW)}
    part = msgspec.structs.replace(SECOND, jobs=SECOND.jobs | failed)
    (fault,) = merging_faults({"a": FIRST, "b": part})
    assert f"1 of its {len(SECOND.jobs)} jobs failed ({min(SECOND.jobs)})" in fault


def test_jobs_that_are_not_those_of_the_plan() -> None:
    changed = {JobId(min(SECOND.jobs)): Record(digest_value("else"), RAW, RAW)}
    part = msgspec.structs.replace(SECOND, jobs=SECOND.jobs | changed)
    assert len([*unlike_plan([FIRST, part])]) == 1


def test_a_whole_build_and_a_shard_are_not_mixed() -> None:
    whole = built(PLAN, None)
    with pytest.raises(InputError, match="holds a whole build"):
        refuse_mixing("build", whole, FIRST.part)
    with pytest.raises(InputError, match="only shard 1/2"):
        refuse_mixing("build", FIRST, None)
    for manifest, part in ((whole, None), (FIRST, SECOND.part), (EMPTY_MANIFEST, FIRST.part)):
        refuse_mixing("build", manifest, part)

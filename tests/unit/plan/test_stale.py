"""Reasons: all of them, in the user's words."""

import pytest
from msgspec.structs import replace

from omnigrid.model.digests import digest_value
from omnigrid.model.journal import Cause
from omnigrid.model.manifest import (
    EMPTY_MANIFEST,
    MANIFEST_VERSION,
    Entry,
    Manifest,
    encode_entries,
    failed,
    record_of,
)
from omnigrid.model.names import BlobId, Digest, JobId, OutPath
from omnigrid.model.plan import EVERYTHING, Input, Job, plan_of
from omnigrid.plan.stale import causes_of, stale_jobs

PATH = OutPath("a.json")


def job(**inputs: str) -> Job:
    return Job(
        id=JobId("a"),
        files=(PATH,),
        inputs=tuple(
            Input(name, digest_value(value), f"{name}.yaml") for name, value in inputs.items()
        ),
    )


def built(made: Job, *paths: OutPath) -> Manifest:
    entries = {path: Entry(BlobId("0" * 40), Digest("0" * 64), 1) for path in paths or (PATH,)}
    record = record_of(made, encode_entries(entries))
    return Manifest(MANIFEST_VERSION, "test", {made.id: record})


def reasons(
    now: Job, manifest: Manifest, damage: dict[OutPath, str] | None = None
) -> tuple[str, ...]:
    found = stale_jobs(plan_of([now]), manifest, {now.id: damage} if damage else {})
    return found[0].reasons if found else ()


def test_nothing_changed() -> None:
    assert reasons(job(brand="x"), built(job(brand="x"))) == ()


def test_a_first_build() -> None:
    assert reasons(job(brand="x"), EMPTY_MANIFEST) == ("never rendered before",)


def test_all_reasons_are_given() -> None:
    before = built(job(brand="x", old="o", same="s"))
    assert reasons(job(brand="y", same="s", new="n"), before, {PATH: "is missing"}) == (
        "brand changed (brand.yaml)",
        "new is a new input (new.yaml)",
        "old is an input no more",
        "a.json is missing",
    )


def test_an_output_that_the_last_build_did_not_write() -> None:
    before = built(replace(job(brand="x"), files=("other.json",)), OutPath("other.json"))
    assert reasons(job(brand="x"), before) == ("a.json was not written before",)


def test_a_job_that_failed_says_so() -> None:
    before = built(job(brand="x"))
    lost = replace(before, jobs={JobId("a"): failed(before.jobs[JobId("a")])})
    assert reasons(job(brand="y"), lost) == (
        "it failed the last time",
        "brand changed (brand.yaml)",
    )


def test_damage_alone_is_a_reason() -> None:
    before = built(job(brand="x"))
    assert reasons(job(brand="x"), before, {PATH: "was changed by hand"}) == (
        "a.json was changed by hand",
    )


@pytest.mark.parametrize(
    ("name", "origin", "cause"),
    [
        ("brand", "brands/a/b.yaml", Cause.BRANDS),
        ("related", "other brands of the sector", Cause.BRANDS),
        ("sector", "sectors/brands.yaml", Cause.SECTORS),
        ("pages", "content/brands.md", Cause.CONTENT),
        ("pack plain", "template_packs/plain/", Cause.TEMPLATES),
        ("pack base", "omnigrid's own templates", Cause.PROGRAM),
        ("language", "omnigrid.yaml", Cause.CONFIGURATION),
        ("measured", "measurements.json", Cause.MEASUREMENTS),
        ("sectors", EVERYTHING, Cause.PORTFOLIO),
        ("renderer", "Jinja2 3", Cause.PROGRAM),
    ],
)
def test_a_reason_is_of_a_kind(name: str, origin: str, cause: Cause) -> None:
    def stated(value: str) -> Job:
        same = Input("same", digest_value("same"), "same.yaml")
        changed = Input(name, digest_value(value), origin)
        return Job(id=JobId("a"), files=(PATH,), inputs=(same, changed))

    def causes(manifest: Manifest, damage: dict[OutPath, str]) -> dict[Cause, int]:
        damaged = {JobId("a"): damage} if damage else {}
        return causes_of(stale_jobs(plan_of([stated("new")]), manifest, damaged))

    before = built(stated("old"))
    assert causes(before, {}) == {cause: 1}
    assert causes(before, {PATH: "is missing"}) == {cause: 1, Cause.REPAIR: 1}
    assert causes(built(stated("new")), {}) == {}
    assert causes(EMPTY_MANIFEST, {}) == {Cause.FIRST: 1}

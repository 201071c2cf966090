"""Reasons: all of them, in the user's words."""

from omnigrid.model.digests import digest_value
from omnigrid.model.manifest import EMPTY_MANIFEST, Entry, Manifest, Trace
from omnigrid.model.names import BlobId, Digest, JobId, OutPath
from omnigrid.model.plan import Input, Job, Plan
from omnigrid.model.views import ApiView
from omnigrid.plan.stale import stale_jobs

PATH = OutPath("a.json")


def job(**inputs: str) -> Job:
    return Job(
        id=JobId("a"),
        view=ApiView(()),
        pack=None,
        folder="",
        outputs=(PATH,),
        inputs=tuple(
            Input(name, digest_value(value), f"{name}.yaml") for name, value in inputs.items()
        ),
    )


def built(made: Job) -> Manifest:
    entry = Entry(BlobId("0" * 40), Digest("0" * 64), 1, made.id)
    traces = {made.id: Trace({each.name: each.digest for each in made.inputs})}
    return Manifest(1, "test", {PATH: entry}, traces)


def reasons(
    now: Job, manifest: Manifest, damage: dict[OutPath, str] | None = None
) -> tuple[str, ...]:
    found = stale_jobs(Plan((now,)), manifest, damage or {})
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
    before = built(job(brand="x"))
    empty = Manifest(1, "test", {}, before.jobs)
    assert reasons(job(brand="x"), empty) == ("a.json was not written before",)

"""decide: told from two manifests or by a look at the branch, what is to be done is the same."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from omnigrid.deploy import Terms, decide, deploy, edited
from omnigrid.hosting.host import Host
from omnigrid.model.build_files import BuildFiles
from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.errors import Conflict, OmnigridError
from omnigrid.model.manifest import (
    MANIFEST_NAME,
    MANIFEST_VERSION,
    Entry,
    Manifest,
    encode_entries,
    record_of,
)
from omnigrid.model.names import CommitId, JobId, OutPath
from omnigrid.model.plan import Job
from omnigrid.model.publishing import (
    Drifted,
    Glance,
    Message,
    Receipt,
    Step,
    Target,
    Update,
)
from omnigrid.model.source import Place
from omnigrid.output.manifest import encode_manifest
from support.servers.repository import fsck, git
from support.targets import destination_of

FIRST = {"a": {"index.html": "one"}, "b": {"sites/b/config.json": "{}", "sites/b/x.css": "h1 {}"}}
Jobs = Mapping[str, Mapping[str, str]]


class Desk:
    """A branch, our host, the build folder, and somebody else who adds files to the branch."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "build"
        self.repository = folder / "portfolio.git"
        self.destination = destination_of(self.repository)
        self.host = Host(folder / "caches", {"PATH": os.environ["PATH"], "HOME": str(folder)})

    def target(self, jobs: Jobs) -> Target:
        """A build, as it stands in the build folder."""
        records = {}
        for name, files in jobs.items():
            entries = {OutPath(path): self._written(path, text) for path, text in files.items()}
            job = Job(id=JobId(name), files=tuple(files), inputs=())
            records[job.id] = record_of(job, encode_entries(entries))
        manifest = Manifest(MANIFEST_VERSION, "omnigrid", records)
        data = encode_manifest(manifest)
        own = self._written(MANIFEST_NAME, data.decode())
        files_of_it = BuildFiles(manifest, own.blob)
        return Target(self.destination, files_of_it, manifest=digest_bytes(data))

    def _written(self, path: str, text: str) -> Entry:
        place = self.out / path
        if place.parent.is_file():
            place.parent.unlink()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        data = text.encode()
        return Entry(blob_id(data), digest_bytes(data), len(data))

    def terms(self, target: Target) -> Terms:
        """On which terms: the first of two portfolios, and no guard taken away."""
        message = Message(CommitId("5" * 40), False, target.manifest, "0.1.0", 1_700_000_000)
        return Terms(message, self.out, lambda _: Place.BEFORE)

    def publish(self, jobs: Jobs) -> Receipt:
        """Bring the branch to a build."""
        target = self.target(jobs)
        terms = self.terms(target)
        return deploy(self.host, decide(self.host, target, self.glance(), terms), terms)

    def glance(self) -> Glance:
        """What asking for the head tells."""
        return self.host.glance(self.destination)

    def add(self, mode: str, path: str) -> None:
        """Let somebody else commit a file, a link or a submodule."""
        blob = git(self.repository, "hash-object", "-w", "--stdin").strip()
        what = git(self.repository, "rev-parse", "main").strip() if mode == "160000" else blob
        git(self.repository, "read-tree", "main")
        git(self.repository, "update-index", "--add", "--cacheinfo", f"{mode},{what},{path}")
        tree = git(self.repository, "write-tree").strip()
        who = ["-c", "user.name=C", "-c", "user.email=c@example.org"]
        commit = git(self.repository, *who, "commit-tree", tree, "-p", "main", "-m", "By hand")
        git(self.repository, "update-ref", "refs/heads/main", commit.strip())


class Case(NamedTuple):
    """What we want next, what somebody put there before our last publish, and what we then do."""

    wanted: Jobs
    theirs: tuple[str, str] | None = None
    told: bool = True
    """Whether two manifests are enough to tell."""
    step: type[Step | Conflict] = Update


A, B = FIRST["a"], FIRST["b"]
CASES = {
    "an edit": Case({"a": {"index.html": "two"}, "b": B}),
    "a file goes": Case({"a": A, "b": {"sites/b/config.json": "{}"}}),
    "a new file": Case({"a": A, "b": B, "c": {"sites/b/y.css": "new"}}),
    "a new folder": Case({"a": A, "b": B, "c": {"sites/c/d/e.css": "new"}}),
    "a file changes hands": Case({"a": {}, "b": B, "c": {"index.html": "one"}}),
    "theirs is beside it": Case({"a": A, "b": B, "c": {"t/ours": "new"}}, ("100644", "t/theirs")),
    "theirs is there": Case({"a": A, "b": B, "c": {"t": "n"}}, ("100644", "t"), False, Drifted),
    "theirs is in the way": Case(
        {"a": A, "b": B, "c": {"t/ours": "n"}}, ("100644", "t"), False, Drifted
    ),
    "their link is in the way": Case(
        {"a": A, "b": B, "c": {"t/u/ours": "n"}}, ("120000", "t"), False, Drifted
    ),
    "their submodule is in the way": Case(
        {"a": A, "b": B, "c": {"t/u/ours": "n"}}, ("160000", "t/u"), False, Drifted
    ),
    "their folder is in the way": Case(
        {"a": A, "b": B, "c": {"t": "n"}}, ("100644", "t/u/theirs"), False, Drifted
    ),
    "our file becomes a folder": Case({"a": {"index.html/x": "n"}, "b": B}, told=False),
    "all sites go": Case({"a": A}, told=False, step=Conflict),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_told_or_looked_at_the_step_is_the_same(case: Case, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.publish({"a": {"index.html": "zero"}, "b": B})
    if case.theirs:
        desk.add(*case.theirs)
    desk.publish(FIRST)
    target, glance = desk.target(case.wanted), desk.glance()
    terms = desk.terms(target)
    assert glance.manifest is not None
    assert (edited(desk.host, target, glance, terms) is not None) == case.told
    step = tried(desk, target, glance, terms)
    assert isinstance(step, case.step)
    looked = tried(desk, target, Glance(glance.head), terms)
    assert outlined(step) == outlined(looked)
    if isinstance(step, Update):
        deploy(desk.host, step, terms)
        tree = git(desk.repository, "ls-tree", "-r", "--name-only", "main").split()
        assert {*tree} == {*target.files, *([case.theirs[1]] if case.theirs else [])}
        fsck(desk.repository)


def tried(desk: Desk, target: Target, glance: Glance, terms: Terms) -> Step | OmnigridError:
    try:
        return decide(desk.host, target, glance, terms)
    except OmnigridError as error:
        return error


def outlined(step: Step | OmnigridError) -> object:
    if isinstance(step, OmnigridError):
        return step.message
    return msgspec.structs.replace(step, target=destination_of("/")) if step else None


def test_a_newer_portfolio_is_refused_without_a_look(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.publish(FIRST)
    target = desk.target({"a": {"index.html": "two"}, "b": B})
    message = msgspec.structs.replace(desk.terms(target).message, source=CommitId("6" * 40))
    terms = Terms(message, desk.out, lambda _: Place.AFTER)
    with pytest.raises(Conflict, match="holds a newer portfolio already, commit 5555555555"):
        edited(desk.host, target, desk.glance(), terms)


def test_whoever_pushes_meanwhile_is_kept(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.publish(FIRST)
    target = desk.target({"a": {"index.html": "two"}, "b": B})
    terms = desk.terms(target)
    step = decide(desk.host, target, desk.glance(), terms)
    desk.add("100644", "theirs.txt")
    deploy(desk.host, step, terms)
    assert git(desk.repository, "show", "main:index.html") == "two"
    assert "theirs.txt" in git(desk.repository, "ls-tree", "--name-only", "main")

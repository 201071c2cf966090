"""The contract of a host: observe, reconcile, apply, against real repositories."""

import os
import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import msgspec
import pytest

from omnigrid.hosting import blobs
from omnigrid.hosting.host import Host
from omnigrid.hosting.receipts import unchanged_receipt
from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.errors import Conflict, InputError, Transient
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
    Create,
    Drifted,
    Live,
    Message,
    Receipt,
    Step,
    Target,
    Unchanged,
    Update,
)
from omnigrid.output.manifest import encode_manifest
from omnigrid.plan.reconcile import reconcile
from omnigrid.run.processes import ProcessExecutor
from support.targets import destination_of, target_of

SOURCE = CommitId("5" * 40)
DATE = 1_700_000_000
BRANCH = "main"
SITE = {"index.html": b"<h1>One</h1>\n", "css/site.css": b"h1 {}\n"}


class Build:
    """Files as a build leaves them, with their manifest."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        entries = {
            OutPath(path): Entry(blob_id(data), digest_bytes(data), len(data))
            for path, data in files.items()
        }
        job = Job(id=JobId("site:a"), files=tuple(files), inputs=())
        jobs = {job.id: record_of(job, encode_entries(entries))}
        self.manifest = encode_manifest(Manifest(MANIFEST_VERSION, "omnigrid 0.1.0", jobs))
        self.files = {**files, MANIFEST_NAME: self.manifest}

    def message(self, dirty: bool = False) -> Message:
        return Message(SOURCE, dirty, digest_bytes(self.manifest), "0.1.0", DATE)

    def read(self, path: OutPath) -> bytes:
        return self.files[path]

    def target(self, repository: Path, branch: str = BRANCH) -> Target:
        blobs = {OutPath(path): blob_id(data) for path, data in self.files.items()}
        target = target_of(blobs, repository, branch)
        return msgspec.structs.replace(target, manifest=digest_bytes(self.manifest))


class Hosting:
    """A hosting repository, our cache of it, and a colleague with a clone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository = folder / "hosting/deep/portfolio.git"
        self.caches = folder / "caches"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
        self.host = Host(self.caches, self.environment)

    def observe(self, build: Build) -> Live:
        return self.host.observe(build.target(self.repository).destination)

    def step(self, build: Build) -> Step:
        return reconcile(build.target(self.repository), self.observe(build))

    def apply(self, step: Step, build: Build) -> Receipt:
        assert isinstance(step, Create | Update)
        return self.host.apply(step, build.message(), build.read)

    def publish(self, files: Mapping[str, bytes]) -> Receipt:
        build = Build(files)
        return self.apply(self.step(build), build)

    def git(self, *arguments: str, repository: Path | None = None) -> str:
        identity = ["-c", "user.name=C", "-c", "user.email=c@example.org"]
        where = ["-C", str(repository or self.repository)]
        done = subprocess.run(
            ["git", *where, *identity, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=self.environment,
        )
        return done.stdout.strip()

    def edit_by_hand(self, changes: Mapping[str, str | None], *commit_options: str) -> str:
        """Commit and push as a colleague would; None removes a file."""
        clone = self.folder / f"clone-{len(list(self.folder.iterdir()))}"
        self.git("clone", "-q", str(self.repository), str(clone))
        for path, text in changes.items():
            if text is None:
                (clone / path).unlink()
            else:
                (clone / path).parent.mkdir(parents=True, exist_ok=True)
                (clone / path).write_text(text)
        self.git("add", "-A", repository=clone)
        self.git("commit", "-qm", "By hand", *commit_options, repository=clone)
        self.git("push", "-qf", "origin", f"HEAD:{BRANCH}", repository=clone)
        return self.head()

    def head(self) -> str:
        return self.git("rev-parse", f"refs/heads/{BRANCH}")

    def names(self) -> set[str]:
        return set(self.git("ls-tree", "-r", "--name-only", BRANCH).splitlines())

    def hook(self, name: str, script: str, repository: Path | None = None) -> None:
        path = (repository or self.repository) / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def cache(self) -> Path:
        (cache,) = self.caches.glob("*.git")
        return cache

    def fsck(self) -> None:
        for repository in (self.repository, self.cache()):
            self.git("fsck", "--strict", "--no-dangling", repository=repository)


@pytest.fixture
def hosting(tmp_path: Path) -> Hosting:
    return Hosting(tmp_path)


def test_the_first_publish_makes_the_repository(hosting: Hosting) -> None:
    build = Build(SITE)
    step = hosting.step(build)
    assert isinstance(step, Create)
    assert not hosting.repository.exists()
    receipt = hosting.apply(step, build)
    assert receipt == Receipt(
        target="portfolio",
        repository=str(hosting.repository),
        action="create",
        commit=CommitId(hosting.head()),
        written=3,
        deleted=0,
        bytes=sum(map(len, build.files.values())),
    )
    assert hosting.names() == set(build.files)
    assert hosting.git("symbolic-ref", "HEAD") == f"refs/heads/{BRANCH}"
    hosting.fsck()


def test_the_commit_says_where_it_comes_from(hosting: Hosting) -> None:
    hosting.publish(SITE)
    digest = Build(SITE).message().manifest
    assert hosting.git("log", "-1", "--format=%B").strip() == (
        f"Publish 3 files from {SOURCE[:12]}\n\n"
        f"Omnigrid-Source: {SOURCE}\nOmnigrid-Manifest: {digest}\nOmnigrid-Version: 0.1.0"
    )
    who = hosting.git("log", "-1", "--date=raw", "--format=%an %ae %ad|%cn %ce %cd")
    assert who == "|".join([f"omnigrid omnigrid@localhost {DATE} +0000"] * 2)


def test_a_dirty_portfolio_without_a_commit_is_named_so(hosting: Hosting) -> None:
    build = Build(SITE)
    step = hosting.step(build)
    assert isinstance(step, Create)
    message = msgspec.structs.replace(build.message(dirty=True), source=None)
    hosting.host.apply(step, message, build.read)
    text = hosting.git("log", "-1", "--format=%B")
    assert text.startswith("Publish 3 files from an uncommitted portfolio\n")
    assert "Omnigrid-Source: none\nOmnigrid-Dirty: yes\n" in text


def test_what_is_published_is_unchanged(hosting: Hosting) -> None:
    receipt = hosting.publish(SITE)
    step = hosting.step(Build(SITE))
    assert isinstance(step, Unchanged)
    again = unchanged_receipt(step)
    assert (again.action, again.commit, again.written) == ("unchanged", receipt.commit, 0)


def test_an_update_sends_what_differs_and_removes_what_is_gone(hosting: Hosting) -> None:
    first = hosting.publish(SITE).commit
    changed = {"index.html": b"<h1>Two</h1>\n", "about/index.html": b"<p>\n"}
    receipt = hosting.publish(changed)
    assert (receipt.action, receipt.written, receipt.deleted) == ("update", 3, 1)
    assert hosting.names() == {*changed, MANIFEST_NAME}
    assert hosting.git("rev-parse", "HEAD^") == first
    hosting.fsck()


def test_the_same_publish_gives_the_same_commit(tmp_path: Path) -> None:
    commits = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        hosting = Hosting(tmp_path / name)
        hosting.publish(SITE)
        commits.append(hosting.publish({"index.html": b"2"}).commit)
    assert commits[0] == commits[1]


def test_a_lost_cache_is_only_slower(hosting: Hosting, tmp_path: Path) -> None:
    hosting.publish(SITE)
    hosting.host = Host(tmp_path / "other-caches", hosting.environment)
    assert isinstance(hosting.step(Build(SITE)), Unchanged)
    hosting.publish({"index.html": b"2"})
    assert hosting.git("rev-list", "--count", BRANCH) == "2"


def test_bytes_that_the_cache_has_are_not_read(hosting: Hosting) -> None:
    hosting.publish(SITE)
    build = Build({**SITE, "copy.html": SITE["index.html"]})
    step = hosting.step(build)
    assert isinstance(step, Update)
    read: list[str] = []

    def noting(path: OutPath) -> bytes:
        read.append(path)
        return build.read(path)

    hosting.host.apply(step, build.message(), noting)
    assert read == [MANIFEST_NAME]


def test_a_glance_knows_what_we_left_there_and_nothing_else(hosting: Hosting) -> None:
    destination = Build(SITE).target(hosting.repository).destination
    assert hosting.host.glance(destination).head is None
    receipt = hosting.publish(SITE)
    glance = hosting.host.glance(destination)
    assert (glance.head, glance.manifest) == (receipt.commit, Build(SITE).message().manifest)
    message = hosting.git("log", "-1", "--format=%B")
    head = hosting.edit_by_hand({"index.html": "mine\n"}, "--amend", "-m", message)
    hosting.observe(Build(SITE))
    glance = hosting.host.glance(destination)
    assert (glance.head, glance.manifest) == (head, None)


def test_what_is_live_names_the_commit_that_it_was_made_from(hosting: Hosting) -> None:
    hosting.publish(SITE)
    hosting.edit_by_hand({"CNAME": "sites.example\n"})
    assert hosting.observe(Build(SITE)).source == SOURCE


def test_an_edit_by_hand_is_drift(hosting: Hosting) -> None:
    hosting.publish(SITE)
    head = hosting.edit_by_hand({"index.html": "mine\n", "css/site.css": None})
    step = hosting.step(Build(SITE))
    assert isinstance(step, Drifted)
    assert (step.head, step.paths) == (head, ("css/site.css", "index.html"))


def test_an_edit_below_later_commits_is_still_drift(hosting: Hosting) -> None:
    hosting.publish(SITE)
    hosting.edit_by_hand({"index.html": "mine\n"})
    hosting.edit_by_hand({"CNAME": "sites.example\n"})
    assert isinstance(hosting.step(Build(SITE)), Drifted)


def test_our_commit_amended_by_hand_is_drift(hosting: Hosting) -> None:
    hosting.publish(SITE)
    message = hosting.git("log", "-1", "--format=%B")
    hosting.edit_by_hand({"index.html": "mine\n"}, "--amend", "-m", message)
    assert isinstance(hosting.step(Build(SITE)), Drifted)


def test_files_of_others_are_kept(hosting: Hosting) -> None:
    hosting.publish(SITE)
    hosting.edit_by_hand({"CNAME": "sites.example\n", ".github/workflows/a.yml": "on: push\n"})
    hosting.publish({"index.html": b"2"})
    kept = {"CNAME", ".github/workflows/a.yml"}
    assert hosting.names() == {"index.html", MANIFEST_NAME, *kept}
    hosting.fsck()


def test_a_branch_that_others_began_is_not_overwritten(hosting: Hosting, tmp_path: Path) -> None:
    hosting.git("init", "-q", "--bare", "-b", BRANCH, str(hosting.repository), repository=tmp_path)
    hosting.edit_by_hand({"README.md": "theirs\n", "index.html": "theirs\n"})
    live = hosting.observe(Build(SITE))
    assert live.owned == {}
    step = hosting.step(Build(SITE))
    assert isinstance(step, Drifted)
    assert step.paths == ("index.html",)


FORGED = msgspec.json.encode({"files": {"index.html": {"blob": "b" * 40}}}).decode()
DAMAGED = ["{", '{"files": {"a": 1}}', '{"files": {}}', FORGED, None]


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_manifest_owns_nothing(hosting: Hosting, text: str | None) -> None:
    hosting.publish(SITE)
    message = hosting.git("log", "-1", "--format=%B")
    hosting.edit_by_hand({MANIFEST_NAME: text}, "--amend", "-m", message)
    assert hosting.observe(Build(SITE)).owned == {}


def test_what_an_older_manifest_names_is_ours(hosting: Hosting) -> None:
    older = {"version": 1, "files": {"index.html": {"blob": blob_id(SITE["index.html"])}}}
    build = Build(SITE)
    build.manifest = build.files[MANIFEST_NAME] = msgspec.json.encode(older)
    hosting.apply(hosting.step(build), build)
    assert set(hosting.observe(Build(SITE)).owned) == {"index.html", MANIFEST_NAME}


def test_who_is_first_wins(hosting: Hosting) -> None:
    hosting.publish(SITE)
    build = Build({"index.html": b"late"})
    step = hosting.step(build)
    theirs = hosting.edit_by_hand({"CNAME": "sites.example\n"})
    with pytest.raises(Conflict, match="somebody else changed") as caught:
        hosting.apply(step, build)
    assert "kept" in caught.value.hint
    assert hosting.head() == theirs
    assert hosting.publish({"index.html": b"late"}).action == "update"
    assert "CNAME" in hosting.names()
    hosting.fsck()


def test_who_creates_first_wins(hosting: Hosting) -> None:
    build = Build(SITE)
    step = hosting.step(build)
    ours = Hosting(hosting.folder)
    ours.host = Host(hosting.folder / "other-caches", ours.environment)
    first = ours.publish({"index.html": b"first"})
    with pytest.raises(Conflict):
        hosting.apply(step, build)
    assert hosting.head() == first.commit


def test_a_branch_that_went_away_is_a_lost_race(hosting: Hosting) -> None:
    hosting.publish(SITE)
    build = Build({"index.html": b"late"})
    step = hosting.step(build)
    hosting.git("update-ref", "-d", f"refs/heads/{BRANCH}")
    with pytest.raises(Conflict, match="gone"):
        hosting.apply(step, build)


def test_a_push_that_others_went_on_from_has_arrived(hosting: Hosting) -> None:
    hosting.publish(SITE)
    # The server's hook stands for a colleague who commits between our push and our look.
    tree = "git commit-tree -p $new -m Theirs $new^{tree}"
    author = "GIT_AUTHOR_NAME=c GIT_AUTHOR_EMAIL=c GIT_COMMITTER_NAME=c GIT_COMMITTER_EMAIL=c"
    script = f"read old new ref; git update-ref $ref $({author} {tree})"
    hosting.hook("post-receive", script)
    receipt = hosting.publish({"index.html": b"2"})
    assert hosting.git("rev-parse", f"{BRANCH}^") == receipt.commit


def test_a_refusal_is_quoted_without_secrets(hosting: Hosting) -> None:
    hosting.publish(SITE)
    before = hosting.head()
    script = "echo 'No pushes on Fridays, see https://me:hunter2@host.example/' >&2; exit 1"
    hosting.hook("pre-receive", script)
    with pytest.raises(Conflict, match="pre-receive hook declined") as caught:
        hosting.publish({"index.html": b"2"})
    assert "remote: No pushes on Fridays, see https://***@host.example/" in caught.value.message
    assert "hunter2" not in str(caught.value)
    assert hosting.head() == before
    (hosting.repository / "hooks/pre-receive").unlink()
    hosting.publish({"index.html": b"2"})
    hosting.fsck()


def test_a_lock_on_the_other_side_is_worth_another_try(hosting: Hosting) -> None:
    hosting.publish(SITE)
    lock = hosting.repository / "refs/heads/main.lock"
    lock.touch()
    with pytest.raises(Transient, match="cannot lock ref"):
        hosting.publish({"index.html": b"2"})
    lock.unlink()
    hosting.publish({"index.html": b"2"})


def test_a_connection_lost_after_the_server_did_its_work_is_a_success(hosting: Hosting) -> None:
    hosting.publish(SITE)
    hosting.hook("reference-transaction", 'test "$1" != committed || kill -9 $PPID')
    receipt = hosting.publish({"index.html": b"2"})
    assert hosting.head() == receipt.commit
    hosting.fsck()


def test_a_connection_lost_before_is_worth_another_try(hosting: Hosting) -> None:
    hosting.publish(SITE)
    before = hosting.head()
    hosting.hook("pre-receive", "kill -9 $PPID")
    with pytest.raises(Transient, match="broke off"):
        hosting.publish({"index.html": b"2"})
    assert hosting.head() == before
    (hosting.repository / "hooks/pre-receive").unlink()
    hosting.publish({"index.html": b"2"})
    hosting.fsck()


def test_hooks_on_our_side_do_not_run(hosting: Hosting) -> None:
    hosting.publish(SITE)
    ran = hosting.folder / "ran"
    for name in ("pre-push", "reference-transaction", "post-checkout"):
        hosting.hook(name, f"touch {ran}; exit 1", hosting.cache())
    hosting.publish({"index.html": b"2"})
    assert not ran.exists()


def test_a_surrounding_hook_does_not_leak_in(
    hosting: Hosting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "portfolio.git"
    hosting.git("init", "-q", "--bare", str(other), repository=tmp_path)
    before = sorted(other.rglob("*"))
    leaks = {
        "GIT_DIR": str(other),
        "GIT_WORK_TREE": str(tmp_path),
        "GIT_INDEX_FILE": str(other / "index"),
        "GIT_OBJECT_DIRECTORY": str(other / "objects"),
        "GIT_QUARANTINE_PATH": str(other / "objects"),
        "GIT_NAMESPACE": "other",
    }
    for name, value in leaks.items():
        monkeypatch.setenv(name, value)
    hosting.host = Host(hosting.caches, {**hosting.environment, **leaks})
    hosting.publish(SITE)
    hosting.publish({"index.html": b"2"})
    assert sorted(other.rglob("*")) == before
    assert hosting.names() == {"index.html", MANIFEST_NAME}
    hosting.fsck()


def test_wrong_bytes_are_refused_before_anything_is_sent(hosting: Hosting) -> None:
    build = Build(SITE)
    step = hosting.step(build)
    build.files["index.html"] = b"edited after the build"
    with pytest.raises(Transient, match=r"index\.html is not as the manifest has it") as caught:
        hosting.apply(step, build)
    assert "build again" in caught.value.hint
    assert not hosting.repository.exists()


def test_a_file_gone_from_the_build_is_refused(hosting: Hosting) -> None:
    build = Build(SITE)
    step = hosting.step(build)
    assert isinstance(step, Create)

    def gone(path: OutPath) -> bytes:
        return (hosting.folder / "build" / path).read_bytes()

    with pytest.raises(Transient, match="not as the manifest has it"):
        hosting.host.apply(step, build.message(), gone)
    assert not hosting.repository.exists()


def test_odd_names_are_published(hosting: Hosting) -> None:
    names = ['say "hi".html', "back\\slash", "new\nline", "é/☃.html", "-rf", " lead", ":(top)x"]
    files = {name: name.encode() for name in names}
    hosting.publish(files)
    assert set(hosting.observe(Build(files)).files) == {*names, MANIFEST_NAME}
    hosting.publish({"index.html": b"2"})
    assert hosting.names() == {"index.html", MANIFEST_NAME}
    hosting.fsck()


def test_two_branches_of_one_repository(hosting: Hosting) -> None:
    hosting.publish(SITE)
    build = Build({"index.html": b"pages"})
    for branch in ("pages", "a/b"):
        target = build.target(hosting.repository, branch)
        step = reconcile(target, hosting.host.observe(target.destination))
        assert isinstance(step, Create)
        hosting.host.apply(step, build.message(), build.read)
    assert hosting.git("show", "pages:index.html") == "pages"
    assert isinstance(hosting.step(Build(SITE)), Unchanged)


def test_a_branch_may_become_a_folder_of_branches(hosting: Hosting) -> None:
    for branch in ("site", "site/new"):
        target = Build(SITE).target(hosting.repository, branch)
        step = reconcile(target, hosting.host.observe(target.destination))
        hosting.apply(step, Build(SITE))
        assert isinstance(reconcile(target, hosting.host.observe(target.destination)), Unchanged)
        hosting.git("update-ref", "-d", f"refs/heads/{branch}")


@pytest.mark.parametrize("branch", ["", "a:b", "a b", "*", "a\nb"])
def test_a_branch_name_is_never_a_refspec(hosting: Hosting, branch: str) -> None:
    hosting.publish(SITE)
    with pytest.raises(InputError):
        hosting.host.observe(destination_of(hosting.repository, branch))


def test_a_folder_of_other_things_is_no_repository(hosting: Hosting) -> None:
    hosting.repository.mkdir(parents=True)
    (hosting.repository / "holiday.jpg").touch()
    with pytest.raises(InputError, match="is not a git repository"):
        hosting.step(Build(SITE))


def test_a_repository_of_another_owner_is_not_touched(hosting: Hosting) -> None:
    hosting.publish(SITE)
    # git's own tests use this variable
    strict = {**hosting.environment, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    hosting.host = Host(hosting.caches, strict)
    with pytest.raises(InputError, match="another user"):
        hosting.step(Build(SITE))


def test_an_empty_folder_becomes_the_repository(hosting: Hosting) -> None:
    hosting.repository.mkdir(parents=True)
    assert hosting.publish(SITE).action == "create"


def test_a_half_made_repository_is_finished_by_the_next_run(hosting: Hosting) -> None:
    (hosting.repository.parent / "portfolio.git.new" / "refs").mkdir(parents=True)
    hosting.publish(SITE)
    assert [path.name for path in hosting.repository.parent.iterdir()] == ["portfolio.git"]


def test_a_place_that_cannot_be_written_is_one_clear_error(hosting: Hosting) -> None:
    (hosting.folder / "hosting").write_text("a file, no folder")
    with pytest.raises(Transient, match="hosting") as caught:
        hosting.publish(SITE)
    assert caught.value.hint


def test_a_checked_out_branch_is_left_alone(hosting: Hosting) -> None:
    work = hosting.repository
    work.mkdir(parents=True)
    hosting.git("init", "-q", "-b", BRANCH)
    (work / "README.md").write_text("theirs\n")
    hosting.git("add", ".")
    hosting.git("commit", "-qm", "Theirs")
    before = hosting.head()
    with pytest.raises(Conflict, match="checked out"):
        hosting.publish(SITE)
    assert hosting.head() == before


def test_what_is_much_is_packed_by_processes(
    hosting: Hosting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "SHARE", 3)
    build = Build({f"{n}/index.html": b"%d" % n * n for n in range(60)})
    step = hosting.step(build)
    assert isinstance(step, Create)
    spread = partial(ProcessExecutor(2).run, batch=1)
    hosting.host.stock(step, build.read, spread)
    assert len(list(hosting.cache().glob("objects/pack/*.pack"))) == 8
    receipt = hosting.host.apply(step, build.message(), pytest.fail)
    assert receipt.bytes == sum(map(len, build.files.values()))
    assert hosting.names() == set(build.files)
    hosting.fsck()
    more = Build({f"{n}/index.html": b"%d!" % n * n for n in range(60)})
    change = hosting.step(more)
    assert isinstance(change, Update)
    with pytest.raises(Transient, match="the build was changed meanwhile"):
        hosting.host.stock(change, lambda _: b"other", spread)


def test_a_kill_while_the_repository_is_made_leaves_no_lock_behind(hosting: Hosting) -> None:
    staging = hosting.repository.with_name(f"{hosting.repository.name}.new")
    (staging / "refs" / "heads").mkdir(parents=True)
    for name in ("config.lock", "refs/heads/main.lock"):
        (staging / name).touch()
    hosting.publish(SITE)
    assert hosting.names() == set(Build(SITE).files)
    assert not staging.exists()
    hosting.fsck()

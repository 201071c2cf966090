"""Every fault that publishing may meet, through the installed command."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from support.hosted import commit_as_another
from support.many import Many, kill, one_a_brand, seeded
from support.servers import hooks
from support.servers.fixtures import NewRemote
from support.servers.proxy import Act, Fault, FaultProxy, first
from support.servers.quota import small_disk
from support.servers.remote import USER, Remote
from support.servers.repository import BRANCH, Repository, fsck
from support.workspace import Run

NewMany = Callable[..., Many]
Before = Callable[[Remote], FaultProxy]
WHOLE = {"name": "whole", "repository": "../hosting/whole.git"}
KILLS = 100
AT_A_TIME = 10
"""Kills until a publish has to heal what they left."""


@pytest.fixture
def new_many(tmp_path: Path) -> Iterator[NewMany]:
    """Makes portfolios; afterwards every hosting repository and every cache is checked."""
    made: list[Many] = []

    def new(brands: int, *targets: dict[str, Any], root: Path = tmp_path / "portfolio") -> Many:
        made.append(Many(root, brands, list(targets) or [WHOLE]))
        return made[-1]

    yield new
    for many in made:
        many.fsck()


def refused(many: Many, code: int, *arguments: str, **environment: str) -> str:
    """Publish, which is refused with a message and what to do; return both."""
    run = many.run("publish", *arguments, code=code, **environment)
    assert sum(line.startswith("error:") for line in run.err.splitlines()) == 1, run.err
    assert "hint: " in run.err
    return run.err


def actions(run: Run) -> dict[str, str]:
    return {each["target"]: each["action"] for each in run.json["receipts"]}


def test_killed_at_any_moment(new_many: NewMany, tmp_path: Path) -> None:
    """kill -9 at any moment of publish: no ref moved without its objects; the next run heals."""
    many = new_many(12, one_a_brand())
    chance, edits, lasts = seeded("kill"), 1, 3.0
    for number in range(KILLS):
        while (ended := _end_by(many, lasts * chance.uniform(0.15, 1.0), chance)) is not None:
            lasts, edits = ended, edits + 1  # It was faster: there has to be more to do.
            many.edit_all(f"day {edits}")
        lasts *= 1.1
        if number % AT_A_TIME == AT_A_TIME - 1:
            _heals(many, edits)
            edits += 1
            many.edit_all(f"day {edits}")
    many.run("publish")
    clean = _clean_copy(many, tmp_path / "clean")
    assert many.trees() == clean.trees()
    assert len(many.trees()) == 12


def _end_by(many: Many, moment: float, chance: random.Random) -> float | None:
    """Publish, and kill that at a moment; return after how many seconds it ended by itself."""
    begun = time.monotonic()
    running = many.start("publish")
    try:
        _, err = running.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        kill(running, family=chance.random() < 0.5)
        return None
    assert running.returncode == 0, err
    return time.monotonic() - begun


def _heals(many: Many, edits: int) -> None:
    """The next publish makes one commit for each edit, and the one after it none."""
    many.run("publish")
    assert {each.commits() for each in many.repositories()} == {edits}
    third = many.run("publish", "--json")
    assert set(actions(third).values()) == {"unchanged"}
    assert {each.commits() for each in many.repositories()} == {edits}
    many.fsck()


def _clean_copy(many: Many, folder: Path) -> Many:
    """What a publish without any fault makes of the same commit."""
    folder.mkdir()
    many.git("clone", "-q", str(many.root), str(folder / "portfolio"))
    clean = Many.__new__(Many)
    clean.__dict__.update(many.__dict__, root=folder / "portfolio", hosting=folder / "hosting")
    clean.run("publish")
    return clean


def test_a_crash_after_49_of_149(new_many: NewMany, tmp_path: Path) -> None:
    """49 of 149 targets pushed, then a crash: the journal resumes; a third run pushes nothing."""
    many = new_many(149, one_a_brand())
    reached = 0
    for stop in (49, 30):
        running = many.start("publish")
        assert running.stderr is not None
        for line in running.stderr:
            if line.startswith(f"[{stop}/"):
                break
        kill(running, family=stop == 49)
        reached = sum(1 for each in many.repositories() if each.head())
        assert stop <= reached < 149
    resumed = many.run("publish", "--json")
    did = actions(resumed)
    assert len(did) == 149
    assert reached <= resumed.json["resumed"] + sum(1 for a in did.values() if a == "create")
    assert sum(1 for a in did.values() if a == "unchanged") >= reached - 8  # those in the air
    heads = many.heads()
    assert len(heads) == 149
    assert {each.commits() for each in many.repositories()} == {1}
    third = many.run("publish", "--json")
    assert set(actions(third).values()) == {"unchanged"}
    assert third.json["resumed"] == 0
    assert many.heads() == heads


ROUNDS = 50


def test_two_publishers_and_a_third_who_edits(tmp_path: Path) -> None:
    """Two publishers, 100 races: the push is a compare-and-swap, and nobody's commit is lost."""
    repository = Repository(tmp_path / "site.git").create()
    with _racer(repository, tmp_path / "one") as one, _racer(repository, tmp_path / "two") as two:
        theirs = _edit_while(repository, [one, two])
        ours = []
        for racer in (one, two):
            out, err = racer.communicate()
            assert racer.returncode == 0, err
            ours.append(out.split())
    assert [len(each) for each in ours] == [ROUNDS, ROUNDS]
    kept = set(repository.git("rev-list", "--first-parent", BRANCH).split())
    assert {*theirs, *ours[0], *ours[1]} <= kept
    assert len(theirs) > ROUNDS // 10
    assert any(path.startswith("theirs") for path in repository.tree())
    for folder in (repository.folder, *tmp_path.glob("*/*.git")):
        fsck(folder)


def _racer(repository: Repository, caches: Path) -> "subprocess.Popen[str]":
    words = [str(repository.folder), str(caches), caches.name, str(ROUNDS)]
    return subprocess.Popen(
        [sys.executable, "-m", "support.racing", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(caches)},
    )


def _edit_while(repository: Repository, racers: "list[subprocess.Popen[str]]") -> list[str]:
    """Commit as a colleague, once for each commit of a publisher; return the commits."""
    chance = seeded("races")
    theirs: list[str] = []
    while any(racer.poll() is None for racer in racers):
        time.sleep(chance.uniform(0, 0.05))
        if theirs and _stands_at(repository) == theirs[-1]:
            continue  # else nobody else would ever be first
        path = f"theirs-{chance.randrange(9)}"
        try:
            theirs.append(commit_as_another(repository.folder, {path: b"%d" % len(theirs)}))
        except subprocess.CalledProcessError:
            continue  # a publisher was faster: that is the race
    return theirs


def _stands_at(repository: Repository) -> str | None:
    """Return the commit of the branch, without a git of its own wherever a file tells it."""
    with suppress(FileNotFoundError):
        return (repository.folder / "refs/heads" / BRANCH).read_text().strip()
    return repository.head()


def test_somebody_else_pushes_meanwhile(new_many: NewMany) -> None:
    """Somebody else pushed meanwhile: the tree is made again on the new head, theirs is kept."""
    many = new_many(3)
    many.run("publish")
    whole = many.repository("whole")
    once = many.root.with_name("once")
    who = "GIT_AUTHOR_NAME=c GIT_AUTHOR_EMAIL=c GIT_COMMITTER_NAME=c GIT_COMMITTER_EMAIL=c"
    whole.hook(
        "pre-receive",
        f"""test -e {once} && exit 0; touch {once}
unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
read old new ref
blob=$(echo mine | git hash-object -w --stdin)
tree=$( (git ls-tree $old; printf '100644 blob %s\\tCNAME\\n' $blob) | git mktree)
git update-ref $ref $({who} git commit-tree -p $old -m Theirs $tree) $old""",
    )
    many.edit_all("another")
    run = many.run("publish", "--json")
    assert actions(run) == {"whole": "update"}
    assert once.exists()
    assert "CNAME" in whole.tree()
    assert whole.commits() == 3


def test_somebody_else_is_always_faster(new_many: NewMany) -> None:
    """Somebody else pushed meanwhile: at most five tries, then it is said."""
    many = new_many(3)
    many.run("publish")
    whole, tries = many.repository("whole"), many.root.with_name("tries")
    who = "GIT_AUTHOR_NAME=c GIT_AUTHOR_EMAIL=c GIT_COMMITTER_NAME=c GIT_COMMITTER_EMAIL=c"
    whole.hook(
        "pre-receive",
        f"""echo >>{tries}
unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
read old new ref
git update-ref $ref $({who} git commit-tree -p $old -m Theirs $old^{{tree}}) $old""",
    )
    many.edit_all("another")
    said = refused(many, 3)
    assert "somebody else changed branch main" in said
    assert "their change was kept" in said
    assert len(tries.read_text()) == 5
    assert whole.commits() == 6


def test_the_disk_is_full(new_many: NewMany, tmp_path: Path) -> None:
    """Disk full: one message, an exit code, the old build intact, and the next run heals."""
    with small_disk(tmp_path / "disk", 40_000_000):
        many = new_many(3, root=tmp_path / "disk/portfolio")
        many.run("publish")
        built, heads = _build(many), many.heads()
        many.edit_all("another")
        filler = tmp_path / "disk/filler"
        fill(filler, leave=8_192)
        refused(many, 75)
        assert _build(many) == built
        assert many.heads() == heads
        filler.unlink()
        many.run("publish")
        assert many.repository("whole").commits() == 2
        many.fsck()
        shutil.rmtree(many.hosting)
        shutil.rmtree(many.root)


def test_the_hosting_disk_is_full(new_many: NewMany, tmp_path: Path) -> None:
    """Disk full where a repository stands: that target is refused, the others go on."""
    with small_disk(tmp_path / "hosting", 3_000_000):
        many = new_many(3, WHOLE, {"name": "other", "repository": "../elsewhere/other.git"})
        many.run("publish")
        many.small.sectors["garden"]["description"] = seeded("text").randbytes(200_000).hex()
        for facts in many.small.brands.values():
            facts["description"] = seeded(facts["id"]).randbytes(400).hex()
        many.small.sectors["garden"]["description"] = "Another."
        many.save()
        fill(tmp_path / "hosting/filler", leave=0)
        said = refused(many, 75)
        assert "No space left on device" in said
        other = Repository(tmp_path / "elsewhere/other.git")
        assert (other.commits(), many.repository("whole").commits()) == (2, 1)
        (tmp_path / "hosting/filler").unlink()
        many.run("publish")
        assert many.repository("whole").tree() == other.tree()
        many.fsck()
        shutil.rmtree(many.hosting / "whole.git")


def test_a_read_only_place(new_many: NewMany, tmp_path: Path) -> None:
    """Read-only directory: one message, an exit code, the repository as it was."""
    with small_disk(tmp_path / "hosting", 9_000_000):
        many = new_many(3)
        many.run("publish")
        heads = many.heads()
        many.edit_all("another")
        _remount(tmp_path / "hosting", "ro")
        said = refused(many, 75)
        assert "whole.git" in said
        assert many.heads() == heads
        _remount(tmp_path / "hosting", "rw")
        many.run("publish")
        assert many.repository("whole").commits() == 2
        many.fsck()
        shutil.rmtree(many.hosting / "whole.git")


def _remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


def fill(path: Path, leave: int) -> None:
    """Fill a disk up to some bytes."""
    disk = os.statvfs(path.parent)
    with path.open("wb") as file:
        for _ in range((disk.f_bavail * disk.f_frsize - leave) // 4096):
            file.write(bytes(4096))


def _build(many: Many) -> dict[str, bytes]:
    found = many.tree().items()
    return {path: data for path, (data, _) in found if not path.startswith(".stage/")}


def test_two_publishes_at_once(new_many: NewMany, tmp_path: Path) -> None:
    """Two publishes at once: the second leaves and names the first's process."""
    many = new_many(3)
    many.run("publish")
    gate = tmp_path / "gate"
    waiting = hooks.hold(many.repository("whole"), gate)
    many.edit_all("another")
    running = many.start("publish")
    while not waiting.exists():
        assert running.poll() is None
    said = refused(many, 75)
    assert f"another omnigrid (process {running.pid}) is at work" in said
    gate.touch()
    _, err = running.communicate()
    assert running.returncode == 0, err
    assert many.repository("whole").commits() == 2


def test_edited_by_hand(new_many: NewMany) -> None:
    """Hosting repository edited by hand: drifted; shown, not overwritten unless told to."""
    many = new_many(3)
    many.run("publish")
    whole = many.repository("whole")
    head = commit_as_another(whole.folder, {"index.html": b"mine\n"})
    many.edit_all("another")
    assert "has drifted" in refused(many, 3)
    assert whole.head() == head
    (state,) = many.run("status", "--json", code=3).json["targets"]
    assert (state["state"], state["drifted"]) == ("drifted", ["index.html"])
    many.run("reconcile", "--overwrite")
    assert whole.git("show", f"{BRANCH}:index.html") != "mine"
    assert head in whole.git("rev-list", BRANCH)


def test_files_of_others(new_many: NewMany) -> None:
    """Files that we did not write are kept: we delete only what an earlier manifest wrote."""
    many = new_many(4)
    many.run("publish")
    theirs = {"CNAME": b"a.example\n", ".github/workflows/a.yml": b"on: push\n"}
    commit_as_another(many.repository("whole").folder, theirs)
    del many.small.brands["brand-003"]
    many.save()
    many.run("publish")
    tree = many.repository("whole").tree()
    assert theirs.keys() <= tree.keys()
    assert not any("brand-003" in path for path in tree)


def test_a_lasting_refusal(new_many: NewMany, tmp_path: Path) -> None:
    """Protected branch, hook, size: no retry, the server's words quoted, the others go on."""
    many = new_many(3, one_a_brand())
    many.run("publish")
    asked = tmp_path / "asked"
    stubborn = many.repository("brand-001")
    words = hooks.GITHUB_PROTECTED.replace("\n", "; ")
    stubborn.hook("pre-receive", f"echo >>{asked}; echo '{words}' >&2; exit 1")
    many.edit_all("another")
    said = refused(many, 3)
    assert f"remote: {words}" in said
    assert asked.read_text() == "\n"
    counts = {each.folder.name: each.commits() for each in many.repositories()}
    assert counts == {"brand-000.git": 2, "brand-001.git": 1, "brand-002.git": 2}


def test_the_network_drops(new_many: NewMany, new_remote: NewRemote, proxy: Before) -> None:
    """Network drop during a push: outcome unknown, the ref is read again; ours is done, once."""
    remote = new_remote("ssh")
    before = proxy(remote)
    target = {"name": "far", "kind": "plain", "repository": remote.at(before.port).address}
    many = new_many(3, target)
    many.environment |= remote.environment
    for number in range(4):
        many.edit_all(f"day {number}")
        # The first connection looks, and after the first day the second fetches nothing.
        fault = Fault(Act.CUT, 2_000 + 1_500 * number)
        before.begin(first(*[None] * (number % 3), fault, fault))
        many.run("publish", code=None)
        before.begin(lambda _: None)
        many.run("publish")
        assert remote.repository.commits() == number + 1
    hooks.break_after(remote.repository)
    many.edit_all("the last day")
    assert actions(many.run("publish", "--json")) == {"far": "update"}
    hooks.lift(remote.repository)
    assert actions(many.run("publish", "--json")) == {"far": "unchanged"}
    assert remote.repository.commits() == 5


def test_an_older_after_a_newer(new_many: NewMany) -> None:
    """An older build publishes after a newer: refused; a rollback is asked for by name."""
    many = new_many(3)
    many.run("publish")
    older = many.git("rev-parse", "HEAD").strip()
    old_tree = many.repository("whole").tree()
    newer = many.edit_all("another")
    many.run("publish")
    many.git("checkout", "-q", older)
    said = refused(many, 3)
    assert newer[:10] in said
    assert "omnigrid rollback" in said
    assert many.repository("whole").commits() == 2
    many.run("rollback", "--to", older)
    assert many.repository("whole").tree() == old_tree
    assert many.repository("whole").commits() == 3


def test_most_brands_are_gone(new_many: NewMany) -> None:
    """Zero brands, or 30 % fewer than live: refused without --allow-prune."""
    many = new_many(10)
    many.run("publish")
    head = many.repository("whole").head()
    for slug in many.slugs[:3]:
        del many.small.brands[slug]
    many.save()
    assert "--allow-prune" in refused(many, 3)
    many.small.brands.clear()
    many.save()
    many.run("publish", code=None)
    assert many.repository("whole").head() == head


def test_the_clock_is_a_year_off(new_many: NewMany) -> None:
    """The clock decides nothing: neither the journal's times nor those of files, nor the epoch."""
    many = new_many(3, one_a_brand())
    running = many.start("publish")
    running.communicate()
    heads, journal = many.heads(), many.root / ".omnigrid/journal/publishes.jsonl"
    known, said = many.root / ".omnigrid/cache", journal.read_text()
    year = 365 * 24 * 3600
    for off in (-year, year):
        entries = [json.loads(line) for line in said.split("\n") if line]
        entries = [e | {"at": e["at"] + off} for e in entries if e["type"] != "finished"]
        journal.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries))
        for path in (many.root / "brands").iterdir():
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime + off))
        shutil.rmtree(known)  # else one look tells that nothing changed, and no journal is asked
        run = many.run("publish", "--json")
        assert (run.json["resumed"], set(actions(run).values())) == (3, {"unchanged"})
        assert many.heads() == heads
    later = str(int(many.git("log", "-1", "--format=%ct")) + year)
    many.edit_all("another")
    many.run("publish", SOURCE_DATE_EPOCH=later)
    many.run("publish")
    assert all(each.commits() <= 3 for each in many.repositories())
    assert many.trees() == _clean_copy(many, many.root.with_name("clean")).trees()


def test_credentials_that_are_wrong(new_many: NewMany, new_remote: NewRemote) -> None:
    """Wrong credentials: permanent, one message, and the others go on."""
    remote = new_remote("https")
    far = {
        "name": "far",
        "kind": "plain",
        "repository": remote.address,
        "credentials": {"user": USER, "token": "FAR_TOKEN"},
    }
    many = new_many(3, far, WHOLE)
    many.environment |= remote.trust
    said = refused(many, 1, FAR_TOKEN="wrong")  # noqa: S106
    assert "refused the password or token" in said
    assert many.repository("whole").commits() == 1
    assert remote.repository.head() is None
    many.run("publish", FAR_TOKEN=remote.secret)
    assert remote.repository.tree() == many.repository("whole").tree()

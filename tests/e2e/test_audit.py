"""The installed command records every publish, and finds every edit of the record."""

import json
import shutil
from pathlib import Path

import pytest

from support.workspace import Workspace

AUDIT = ".omnigrid/hosting/audit.git"
REF = "refs/omnigrid/audit"


KILL = """#!/bin/sh
at=$PPID
while [ $at -gt 1 ]; do
    case $(tr '\\0' ' ' </proc/$at/cmdline) in
        *"omnigrid publish"*) kill -9 $at; exit 1 ;;
    esac
    at=$(cut -d' ' -f4 /proc/$at/stat)
done
"""
"""A hook that ends whoever pushes, at that very moment."""


def change(workspace: Workspace, name: str) -> str:
    config = workspace.root / "omnigrid.yaml"
    lines = [x for x in config.read_text().splitlines() if not x.startswith("name:")]
    config.write_text("\n".join([f"name: {name}", *lines, ""]))
    return workspace.commit(name)


def chain(workspace: Workspace) -> list[str]:
    """Return the commits of the chain, the oldest first."""
    return workspace.git("rev-list", "--reverse", REF, cwd=workspace.root / AUDIT).split()


def texts(workspace: Workspace) -> list[str]:
    bare = workspace.root / AUDIT
    return [workspace.git("show", f"{each}:record.json", cwd=bare) for each in chain(workspace)]


def put(workspace: Workspace, records: list[str]) -> None:
    """Put another chain in the place of the one that is there."""
    bare, parent = workspace.root / AUDIT, ""
    for text in records:
        (bare / "forged").write_text(text)
        blob = workspace.git("hash-object", "-w", str(bare / "forged"), cwd=bare).strip()
        (bare / "tree").write_text(f"100644 blob {blob}\trecord.json\n")
        made = workspace.run_program(["sh", "-c", f"git -C {bare} mktree <{bare}/tree"]).out.strip()
        on = ["-p", parent] if parent else []
        parent = workspace.git("commit-tree", *on, "-m", "Record", made, cwd=bare).strip()
    workspace.git("update-ref", REF, parent, cwd=bare)


def flaws(workspace: Workspace) -> list[str]:
    found = workspace.run("audit", "verify", "--json", code=3).json["flaws"]
    return [each["kind"] for each in found]


@pytest.fixture
def published(workspace: Workspace) -> Workspace:
    """A portfolio with three records: two publishes, and one back to the first."""
    first = workspace.commit("Begin")
    workspace.run("publish")
    change(workspace, "Second")
    workspace.run("publish", "--reason", "edit")
    workspace.run("rollback", "--to", first)
    return workspace


def test_a_record_tells_who_did_what(published: Workspace) -> None:
    records = [json.loads(text) for text in texts(published)]
    assert [each["number"] for each in records] == [1, 2, 3]
    assert [each["reason"] for each in records] == ["manual", "edit", "rollback"]
    bare = published.root / ".omnigrid/hosting/portfolio.git"
    heads = published.git("log", "--reverse", "--format=%H", "main", cwd=bare).split()
    assert [each["targets"][0]["commit"] for each in records] == heads
    (target,) = records[1]["targets"]
    assert (target["target"], target["action"], target["branch"]) == ("portfolio", "update", "main")
    assert target["repository"] == ".omnigrid/hosting/portfolio.git"
    assert target["bytes"] > 0
    assert records[1]["source"] == published.git("rev-parse", "HEAD").strip()


def test_it_is_listed_and_whole(published: Workspace) -> None:
    lines = published.run("audit", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["record", "3", "2", "1"]
    listed = published.run("audit", "list", "--json", "--limit", "1").json["records"]
    assert [each["record"]["number"] for each in listed] == [3]
    run = published.run("audit", "verify")
    assert run.out.startswith("3 records and 1 branch: whole")
    assert listed[0]["digest"][:16] in run.out
    published.run("audit", "verify", "--known", listed[0]["digest"])
    published.run("audit", "verify", "--known", "0" * 16, code=3)


def test_nothing_done_is_nothing_recorded(published: Workspace) -> None:
    published.run("publish")
    before = chain(published)
    run = published.run("publish")
    assert "recorded" not in run.err
    published.run("publish", "--dry-run")
    published.run("status")
    assert chain(published) == before


def test_a_refused_publish_is_recorded_too(published: Workspace, tmp_path: Path) -> None:
    hook = published.root / ".omnigrid/hosting/portfolio.git/hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        "#!/bin/sh\necho 'Not on Fridays, see https://me:hunter2@x.example' >&2; exit 1\n"
    )
    hook.chmod(0o755)
    change(published, "Refused")
    published.run("publish", code=3)
    (target,) = json.loads(texts(published)[-1])["targets"]
    assert (target["action"], target["code"]) == ("refused", 3)
    assert "Not on Fridays" in target["refused"]
    assert "commit" not in target
    assert "hunter2" not in "".join(texts(published))
    published.run("audit", "verify")


def test_who_is_what_ci_says(workspace: Workspace) -> None:
    unknown = "a-secret-of-ci"
    workspace.run("publish", GITHUB_ACTOR="octocat", GITHUB_RUN_ID="7", GITHUB_TOKEN=unknown)
    (text,) = texts(workspace)
    assert json.loads(text)["who"] == {
        "name": "octocat",
        "run": {"GITHUB_ACTOR": "octocat", "GITHUB_RUN_ID": "7"},
    }
    assert unknown not in text


def test_who_is_what_git_says(workspace: Workspace) -> None:
    workspace.git("config", "user.name", "Jane")
    workspace.git("config", "user.email", "jane@example.org")
    workspace.run("publish")
    assert json.loads(texts(workspace)[0])["who"] == {"name": "Jane <jane@example.org>"}


@pytest.mark.parametrize(
    ("edit", "first"),
    [
        (lambda t: [t[0], t[1].replace('"edit"', '"manual"'), t[2]], "broken"),
        (lambda t: [t[0], t[2]], "missing"),
        (lambda t: [t[1], t[0], t[2]], "missing"),
        (lambda t: t[:2], "rewritten"),
        (lambda t: [*t[:2], t[2].replace('"rollback"', '"edit"')], "rewritten"),
        (lambda t: [t[0]], "rewritten"),
    ],
    ids=["a field", "dropped", "order", "cut", "the last", "begun anew"],
)
def test_tampering(published: Workspace, edit: object, first: str) -> None:
    whole = texts(published)
    put(published, edit(whole))  # type: ignore[operator]
    assert flaws(published)[0] == first
    change(published, "Third")
    refused = published.run("publish", code=3).err
    assert "nothing was published" in refused
    put(published, whole)
    assert flaws(published) == ["rewritten"]


def test_another_machine_finds_what_branches_contradict(published: Workspace) -> None:
    (published.root / ".omnigrid/journal/audit.json").unlink()
    whole = texts(published)
    put(published, whole[:2])
    assert flaws(published) == ["unexplained"]
    put(published, [whole[0], whole[1].replace('"edit"', '"manual"'), whole[2]])
    run = published.run("audit", "verify", code=3)
    assert "broken: record 3" in run.err
    assert published.run("audit", "verify", "--chain-only", code=3).err.count("broken") == 1


def test_a_commit_that_nobody_recorded(published: Workspace) -> None:
    bare = published.root / ".omnigrid/hosting/portfolio.git"
    made = published.git("commit-tree", "-p", "main", "-m", "By hand", "main^{tree}", cwd=bare)
    published.git("update-ref", "refs/heads/main", made.strip(), cwd=bare)
    run = published.run("audit", "verify", code=3)
    assert f"stands at {made[:10]}, which no record explains; it is by somebody else" in run.err


def test_a_record_that_cannot_be_written_waits(published: Workspace) -> None:
    lock = published.root / AUDIT / f"{REF}.lock"
    lock.touch()
    head = change(published, "Late")
    run = published.run("publish", code=75)
    assert "update" in run.out
    assert "the record waits here" in run.err
    lock.unlink()
    assert len(chain(published)) == 3
    published.run("publish")
    assert json.loads(texts(published)[-1])["source"] == head
    assert len(chain(published)) == 4
    published.run("audit", "verify")


@pytest.mark.parametrize(
    ("repository", "when"),
    [
        ("portfolio.git", "post-receive"),
        ("portfolio.git", "pre-receive"),
        ("audit.git", "pre-receive"),
    ],
)
def test_a_publish_that_was_killed_is_recorded_by_the_next(
    published: Workspace, repository: str, when: str
) -> None:
    change(published, "Crash")
    hook = published.root / ".omnigrid/hosting" / repository / "hooks" / when
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(KILL)
    hook.chmod(0o755)
    killed = published.run_installed("publish", code=None)
    assert killed.code == -9
    hook.unlink()
    change(published, "Next")
    published.run("publish")
    assert len(chain(published)) == 5
    assert published.run("audit", "verify").out.startswith("5 records and 1 branch: whole")


def test_the_record_may_stand_on_the_hosting_repository_itself(workspace: Workspace) -> None:
    config = workspace.read("omnigrid.yaml")
    where = "publish:\n  audit:\n    repository: .omnigrid/hosting/portfolio.git\n"
    workspace.write("omnigrid.yaml", config + where)
    workspace.commit("Record there")
    workspace.run("publish")
    assert workspace.run("audit", "verify").out.startswith("1 record and 1 branch: whole")
    shutil.rmtree(workspace.root / ".omnigrid/cache")
    shutil.rmtree(workspace.root / ".omnigrid/journal")
    assert workspace.run("audit", "verify").out.startswith("1 record and 1 branch: whole")
    assert "unchanged" in workspace.run("publish").out


def test_before_the_first_publish_there_is_none(workspace: Workspace) -> None:
    assert "nothing was published yet" in workspace.run("audit", "list").err
    assert workspace.run("audit", "verify").out.startswith("0 records")

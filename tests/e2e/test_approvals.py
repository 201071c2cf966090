"""The installed command publishes what was approved of, and nothing else."""

import datetime as dt
import os

import pytest

from support.workspace import Workspace

LOCAL = ".omnigrid/hosting"
CONFIG = """name: Our brands
targets:
  - name: guarded
    repository: .omnigrid/hosting/guarded.git
    approval: true
  - name: free
    repository: .omnigrid/hosting/free.git
"""
YESTERDAY = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)
LATER = YESTERDAY + dt.timedelta(days=60)


def approval(until: dt.date | None = None, scope: str = "all", **keys: str) -> str:
    told = {"by": "Jane Doe", "scope": scope, "until": f"{until or LATER}", **keys}
    lines = "".join(f"    {key}: {value}\n" for key, value in told.items())
    return f"approvals:\n  - target: guarded\n{lines}"


def heads(workspace: Workspace, target: str) -> list[str]:
    bare = workspace.root / LOCAL / f"{target}.git"
    return workspace.git("log", "--format=%H", "main", cwd=bare).split() if bare.exists() else []


@pytest.fixture
def guarded(workspace: Workspace) -> Workspace:
    workspace.write("omnigrid.yaml", CONFIG)
    workspace.commit("Guard")
    return workspace


def test_without_an_approval_only_the_others_go_on(guarded: Workspace) -> None:
    run = guarded.run("publish", code=3)
    assert "nobody has approved of it" in run.err
    assert "      - target: guarded\n        by: " in run.err
    assert heads(guarded, "guarded") == []
    assert len(heads(guarded, "free")) == 1


def test_an_approval_that_is_not_committed_does_not_count(guarded: Workspace) -> None:
    guarded.write("approvals.yaml", approval())
    run = guarded.run("publish", code=3)
    assert "only what is committed counts" in run.err
    assert heads(guarded, "guarded") == []
    guarded.commit("Approve")
    guarded.run("publish")
    assert len(heads(guarded, "guarded")) == 1


def test_one_that_was_changed_after_its_commit_counts_as_it_was_committed(
    guarded: Workspace,
) -> None:
    guarded.write("approvals.yaml", approval(YESTERDAY))
    guarded.commit("Approve")
    guarded.write("approvals.yaml", approval())
    assert "only what is committed counts" in guarded.run("publish", code=3).err


def test_the_day_after_the_last_it_is_blocked(guarded: Workspace) -> None:
    guarded.write("approvals.yaml", approval(YESTERDAY))
    guarded.commit("Approve")
    assert "the approval by Jane Doe ended on" in guarded.run("publish", code=3).err


def test_an_old_commit_brings_no_approval_back(guarded: Workspace) -> None:
    guarded.write("approvals.yaml", approval(dt.date(2020, 12, 31)))
    dates = {
        "GIT_AUTHOR_DATE": "2020-06-15T12:00:00Z",
        "GIT_COMMITTER_DATE": "2020-06-15T12:00:00Z",
    }
    guarded.environment |= dates
    guarded.commit("Approve, long ago")
    for name in dates:
        del guarded.environment[name]
    assert "ended on 2020-12-31" in guarded.run("publish", code=3).err
    again = guarded.run("publish", code=3, SOURCE_DATE_EPOCH="1592222400")
    assert "ended on 2020-12-31" in again.err
    assert heads(guarded, "guarded") == []


def test_changes_that_are_not_committed_are_never_approved_of(guarded: Workspace) -> None:
    guarded.write("approvals.yaml", approval())
    guarded.commit("Approve")
    guarded.edit("omnigrid.yaml", "name: Our brands", "name: Changed")
    run = guarded.run("publish", "--allow-dirty", code=3)
    assert "nobody can have approved of them" in run.err
    assert heads(guarded, "guarded") == []


def test_a_commit_that_was_approved_of_and_nothing_after_it(guarded: Workspace) -> None:
    looked_at = guarded.commit("Ready for review")
    guarded.write("approvals.yaml", approval(scope="commit", commit=looked_at))
    guarded.commit("Approve")
    guarded.run("publish")
    guarded.edit("omnigrid.yaml", "name: Our brands", "name: Changed")
    guarded.commit("Something else")
    run = guarded.run("publish", code=3)
    assert f"what was approved of is commit {looked_at[:10]}" in run.err
    assert len(heads(guarded, "guarded")) == 1
    assert len(heads(guarded, "free")) == 2


def test_going_back_needs_an_approval_as_well(guarded: Workspace) -> None:
    guarded.write("approvals.yaml", approval())
    first = guarded.commit("Approve")
    guarded.run("publish")
    guarded.edit("omnigrid.yaml", "name: Our brands", "name: Changed")
    guarded.commit("Change")
    guarded.run("publish")
    guarded.write("approvals.yaml", approval(scope="commit", commit=first))
    guarded.commit("Approve of the first only")
    assert "blocked" in guarded.run("publish", code=3).err
    assert "guarded  update" in guarded.run("rollback", "--to", first).out
    (guarded.root / "approvals.yaml").unlink()
    guarded.commit("Approve of nothing")
    assert "blocked" in guarded.run("rollback", "--to", first, code=3).err


def test_a_preview_needs_none_and_promoting_does(guarded: Workspace) -> None:
    guarded.edit("omnigrid.yaml", "approval: true", "approval: true\n    staging: staging")
    guarded.commit("Stage")
    guarded.run("publish")
    bare = guarded.root / LOCAL / "guarded.git"
    assert guarded.git("branch", "--format=%(refname:short)", cwd=bare).split() == ["staging"]
    guarded.run("publish", "--preview", "pr-1")
    assert "blocked" in guarded.run("publish", "--promote", code=3).err
    guarded.write("approvals.yaml", approval())
    guarded.commit("Approve")
    guarded.run("publish", "--promote")
    assert len(heads(guarded, "guarded")) == 1


def test_the_status_says_what_to_write(guarded: Workspace) -> None:
    run = guarded.run("status", code=3)
    assert "✗ blocked" in run.out
    assert "      - target: guarded" in run.err
    states = {
        each["target"]: each for each in guarded.run("status", "--json", code=3).json["targets"]
    }
    assert states["guarded"]["state"] == "blocked"
    assert "approvals.yaml" in states["guarded"]["hint"]
    assert states["free"]["state"] == "missing"


def test_a_dry_run_says_it_before(guarded: Workspace) -> None:
    run = guarded.run("publish", "--dry-run", code=3)
    assert "would create free" in run.out
    assert "guarded" not in run.out
    assert "blocked" in run.err


def test_faults_have_their_place(guarded: Workspace) -> None:
    guarded.write("approvals.yaml", approval().replace("guarded", "garded"))
    run = guarded.run("check", code=1)
    assert "approvals.yaml:2:13: error[OG511]" in run.err + run.out
    assert 'did you mean "guarded"?' in run.err + run.out


def test_a_file_that_was_committed_with_faults_approves_of_nothing(guarded: Workspace) -> None:
    guarded.write("approvals.yaml", "approvals: [")
    guarded.commit("Approve, badly")
    guarded.write("approvals.yaml", approval())
    assert "only what is committed counts" in guarded.run("publish", code=3).err
    assert heads(guarded, "guarded") == []


def test_a_portfolio_without_git_has_no_approval(guarded: Workspace) -> None:
    guarded.write("approvals.yaml", approval())
    (guarded.root / ".git").rename(guarded.root.with_name("elsewhere.git"))
    run = guarded.run("publish", code=3, GIT_CEILING_DIRECTORIES=os.fspath(guarded.root.parent))
    assert "no commit that could hold one" in run.err


def test_the_schema_is_offered(guarded: Workspace) -> None:
    schema = guarded.run("schema", "approvals").json
    assert schema["properties"]["approvals"]["items"]["required"] == [
        "target",
        "by",
        "scope",
        "until",
    ]

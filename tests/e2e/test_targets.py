"""Many targets through the installed command: rules, staging, previews, status, going back."""

import json
from pathlib import Path

import pytest

from support.workspace import Workspace

ONE_A_BRAND = """targets:
  - name: portfolio
    repository: .omnigrid/hosting/portfolio.git
  - name: own
    repository: .omnigrid/hosting/{brand.slug}.git
"""
BRANDS = ("panhonest", "rainkeep", "seedwell")


@pytest.fixture
def many(workspace: Workspace) -> Workspace:
    """The starter portfolio, with a repository a brand beside that of the whole."""
    use(workspace, ONE_A_BRAND)
    return workspace


def use(workspace: Workspace, targets: str) -> str:
    path = workspace.root / "omnigrid.yaml"
    text = path.read_text()
    kept = text[: text.index("targets:")] if "targets:" in text else f"{text.rstrip()}\n"
    path.write_text(kept + targets)
    return workspace.commit("Targets")


def bare(workspace: Workspace, name: str) -> Path:
    return workspace.root / f".omnigrid/hosting/{name}.git"


def show(workspace: Workspace, name: str, path: str, branch: str = "main") -> str:
    return workspace.git("show", f"{branch}:{path}", cwd=bare(workspace, name))


def heads(workspace: Workspace, branch: str = "main") -> dict[str, str]:
    names = ("portfolio", *BRANDS)
    return {
        name: workspace.git("rev-parse", branch, cwd=bare(workspace, name)).strip()
        for name in names
    }


def states(workspace: Workspace, code: int = 0) -> dict[str, str]:
    found = workspace.run("status", "--json", code=code).json
    assert found["version"] == 1
    return {each["target"]: each["state"] for each in found["targets"]}


def edit_by_hand(workspace: Workspace, name: str, folder: Path, path: str, text: str) -> None:
    workspace.git("clone", "-q", str(bare(workspace, name)), str(folder))
    (folder / path).write_text(text)
    workspace.git("add", "-A", cwd=folder)
    workspace.git("commit", "-qm", "By hand", cwd=folder)
    workspace.git("push", "-q", "origin", "HEAD:main", cwd=folder)


def test_each_brand_has_a_repository_of_its_own(many: Workspace) -> None:
    run = many.run("publish")
    assert run.out.count("create") == 4
    assert "<h1" in show(many, "rainkeep", "index.html")
    names = many.git("ls-tree", "-r", "--name-only", "main", cwd=bare(many, "rainkeep"))
    assert "sites/" not in names
    assert "api/" not in names
    assert "manifest.json" in names.split()


def test_a_site_alone_has_no_way_to_where_nothing_stands(many: Workspace) -> None:
    many.run("publish")
    assert "../" not in show(many, "rainkeep", "index.html")


def test_a_second_publish_does_nothing_anywhere(many: Workspace) -> None:
    many.run("publish")
    before = heads(many)
    assert many.run("publish").out.count("unchanged") == 4
    assert heads(many) == before


def test_an_edit_reaches_only_whom_it_concerns(many: Workspace) -> None:
    many.run("publish")
    before = heads(many)
    many.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    many.commit("Pots")
    many.run("publish")
    changed = {name for name, head in heads(many).items() if head != before[name]}
    assert changed == {"portfolio", "panhonest"}


def test_one_rule_or_one_of_its_targets(many: Workspace) -> None:
    many.run("publish", "--target", "own/rainkeep")
    made = {path.name for path in (many.root / ".omnigrid/hosting").iterdir()}
    assert made == {"audit.git", "rainkeep.git"}
    assert many.run("publish", "--target", "own").out.count("create") == 2
    assert "portfolio, own" in many.run("publish", "--target", "ours", code=1).err


def test_status_names_each_state(many: Workspace, tmp_path: Path) -> None:
    assert set(states(many).values()) == {"missing"}
    many.run("publish")
    assert set(states(many).values()) == {"in-sync"}
    many.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    many.commit("Pots")
    edit_by_hand(many, "rainkeep", tmp_path / "c", "index.html", "mine")
    assert states(many, code=3) == {
        "portfolio": "out-of-date",
        "own/panhonest": "out-of-date",
        "own/rainkeep": "drifted",
        "own/seedwell": "in-sync",
    }
    text = many.run("status", code=3)
    assert "changed there: index.html" in text.out
    assert "2 out-of-date" in text.err


def test_reconcile_shows_a_drift_and_puts_back_only_when_told_to(
    many: Workspace, tmp_path: Path
) -> None:
    many.run("publish")
    edit_by_hand(many, "rainkeep", tmp_path / "c", "index.html", "mine")
    (tmp_path / "c/CNAME").write_text("x.example\n")
    many.git("add", "-A", cwd=tmp_path / "c")
    many.git("commit", "-qm", "Name", cwd=tmp_path / "c")
    many.git("push", "-q", "origin", "HEAD:main", cwd=tmp_path / "c")
    refused = many.run("reconcile", code=3)
    assert "reconcile --overwrite" in refused.err
    assert show(many, "rainkeep", "index.html") == "mine"
    plan = many.run("reconcile", "--overwrite", "--dry-run").out
    assert "would update own/rainkeep: write 1, delete 0" in plan
    many.run("reconcile", "--overwrite")
    assert "<h1" in show(many, "rainkeep", "index.html")
    assert show(many, "rainkeep", "CNAME") == "x.example\n"
    assert many.git("log", "--format=%s", "main", cwd=bare(many, "rainkeep")).count("\n") == 4
    assert set(states(many).values()) == {"in-sync"}


def test_going_back_is_a_forward_commit_everywhere(many: Workspace) -> None:
    many.run("publish")
    old = {name: show(many, name, "manifest.json") for name in ("portfolio", *BRANDS)}
    many.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    many.commit("Pots")
    many.run("publish")
    newer = heads(many)
    many.run("rollback", "--to", "HEAD~1")
    assert {name: show(many, name, "manifest.json") for name in old} == old
    parent = many.git("rev-parse", "main^", cwd=bare(many, "panhonest")).strip()
    assert parent == newer["panhonest"]
    assert heads(many)["seedwell"] == newer["seedwell"]
    assert states(many)["own/panhonest"] == "out-of-date"
    many.run("rollback", "--to", "HEAD")
    assert "Pots that say" in show(many, "panhonest", "index.html")
    assert set(states(many).values()) == {"in-sync"}


def test_going_back_to_before_a_target_was_there_leaves_it(many: Workspace) -> None:
    first = many.git("rev-parse", "HEAD").strip()
    many.commit("Later")
    many.run("publish")
    before = heads(many)
    run = many.run("rollback", "--to", first, code=3)
    assert run.err.count("held nothing of ours then") == 4
    assert heads(many) == before
    assert "there is no commit" in many.run("rollback", "--to", "nowhere", code=1).err


def test_an_older_portfolio_does_not_follow_a_newer_one(many: Workspace) -> None:
    many.run("publish")
    many.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    many.commit("Pots")
    many.run("publish")
    before = heads(many)
    many.git("checkout", "-q", "HEAD~1")
    run = many.run("publish", code=3)
    assert "holds a newer portfolio already" in run.err
    assert heads(many) == before


def test_what_an_old_clone_does_not_know_is_kept(many: Workspace, tmp_path: Path) -> None:
    many.run("publish")
    old = tmp_path / "old"
    many.git("clone", "-q", str(many.root), str(old))
    (old / ".omnigrid").symlink_to(many.root / ".omnigrid")
    many.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    many.commit("Pots")
    many.run("publish")
    before = heads(many)
    run = Workspace(old).run("publish", code=3)
    assert "not known here" in run.err
    assert "git pull" in run.err
    assert heads(many) == before
    many.git("pull", "-q", cwd=old)
    Workspace(old).run("publish")
    assert heads(many) == before
    many.git("reset", "-q", "--hard", "HEAD~1", cwd=old)
    many.git("remote", "remove", "origin", cwd=old)
    (old / ".git" / "ORIG_HEAD").unlink()
    many.git("reflog", "expire", "--expire=now", "--all", cwd=old)
    many.git("gc", "-q", "--prune=now", cwd=old)
    Workspace(old).run("reconcile", code=3)
    Workspace(old).run("publish", "--allow-unknown")
    assert heads(many) != before


STAGED = """targets:
  - name: portfolio
    repository: .omnigrid/hosting/portfolio.git
    staging: staging
"""


def test_staging_comes_first_and_is_promoted(workspace: Workspace) -> None:
    use(workspace, STAGED)
    workspace.run("publish")
    branches = workspace.git(
        "branch", "--format=%(refname:short)", cwd=bare(workspace, "portfolio")
    )
    assert branches.split() == ["staging"]
    assert states(workspace)["portfolio"] == "missing"
    assert "would create portfolio" in workspace.run("publish", "--promote", "--dry-run").out
    workspace.run("publish", "--promote")
    tree = ["rev-parse", "main^{tree}", "staging^{tree}"]
    one, two = workspace.git(*tree, cwd=bare(workspace, "portfolio")).split()
    assert one == two
    assert states(workspace)["portfolio"] == "in-sync"
    assert "unchanged" in workspace.run("publish", "--promote").out


def test_a_preview_has_a_branch_of_its_own(workspace: Workspace) -> None:
    workspace.commit()
    workspace.run("publish", "--preview", "pr-12")
    assert "<h1" in show(workspace, "portfolio", "index.html", "preview/pr-12")
    assert "cannot be named" in workspace.run("publish", "--preview", "a/../b", code=1).err


def test_changes_of_ones_own_stay_on_ones_machine(workspace: Workspace, tmp_path: Path) -> None:
    there = tmp_path / "there.git"
    workspace.git("init", "-q", "--bare", "-b", "main", str(there))
    use(workspace, f"targets:\n  - name: far\n    kind: plain\n    repository: {there}\n")
    workspace.edit("omnigrid.yaml", "name: Our brands", "name: Changed")
    run = workspace.run("publish", code=3)
    assert "not committed" in run.err
    assert "--allow-dirty" in run.err
    assert workspace.git("for-each-ref", cwd=there) == ""
    workspace.run("publish", "--allow-dirty")
    assert "Omnigrid-Dirty: yes" in workspace.git("log", "-1", "--format=%B", "main", cwd=there)


def test_the_journal_knows_what_was_done_and_why(many: Workspace) -> None:
    many.run("publish", "--reason", "edit")
    lines = (many.root / ".omnigrid/journal/publishes.jsonl").read_text().splitlines()
    entries = [json.loads(line) for line in lines if line]
    assert [entry["type"] for entry in entries] == ["begun", *["done"] * 4, "finished"]
    assert {entry.get("reason", "edit") for entry in entries} == {"edit"}
    assert all(entry["bytes"] > 0 for entry in entries if entry["type"] == "done")


def test_what_happens_is_told_target_by_target(many: Workspace) -> None:
    lines = [line for line in many.run("publish").err.splitlines() if line.startswith("[")]
    assert [line.split("]")[0] for line in lines] == ["[1/4", "[2/4", "[3/4", "[4/4"]
    many.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    many.commit("Pots")
    told = many.run("publish", "--json").err.splitlines()
    events = [json.loads(line) for line in told if line.startswith('{"event"')]
    assert {event["target"] for event in events} == {"portfolio", "own/panhonest"}


def test_two_rules_that_write_one_branch_are_a_fault_with_its_line(workspace: Workspace) -> None:
    use(workspace, ONE_A_BRAND.replace("{brand.slug}", "portfolio"))
    run = workspace.run("check", code=1)
    assert "error[OG501]" in run.out + run.err
    assert "omnigrid.yaml:" in run.out + run.err

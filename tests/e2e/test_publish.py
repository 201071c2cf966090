"""The installed command publishes a commit whose tree is build/, and none when nothing changed."""

import hashlib
import shutil
from pathlib import Path

import pytest

from support.workspace import Workspace

REPOSITORY = ".omnigrid/hosting/portfolio.git"


def commits(workspace: Workspace) -> list[str]:
    bare = workspace.root / REPOSITORY
    return workspace.git("log", "--format=%H", "main", cwd=bare).split()


def published(workspace: Workspace, into: Path) -> dict[str, bytes]:
    """Return the files of the published branch, as git itself unpacks them."""
    workspace.git("clone", "-q", str(workspace.root / REPOSITORY), str(into))
    shutil.rmtree(into / ".git")
    return {p.relative_to(into).as_posix(): p.read_bytes() for p in into.rglob("*") if p.is_file()}


def test_the_published_tree_is_the_build(workspace: Workspace, tmp_path: Path) -> None:
    run = workspace.run("publish")
    assert "create" in run.out
    for phase in ("prepare", "render", "deploy", "of 180 s"):
        assert phase in run.err
    built = {path: data for path, (data, _) in workspace.tree().items()}
    assert published(workspace, tmp_path / "clone") == built


def test_a_second_publish_makes_no_commit_and_touches_no_file(workspace: Workspace) -> None:
    workspace.run("publish")
    before, files = commits(workspace), workspace.tree()
    assert "unchanged" in workspace.run("publish").out
    assert commits(workspace) == before
    assert workspace.tree() == files


def test_the_commit_names_its_source_and_manifest(workspace: Workspace) -> None:
    head = workspace.commit("Known")
    workspace.run("publish")
    message = workspace.git("log", "-1", "--format=%B", "main", cwd=workspace.root / REPOSITORY)
    digest = hashlib.sha256((workspace.root / "build/manifest.json").read_bytes()).hexdigest()
    assert f"Omnigrid-Source: {head}" in message
    assert f"Omnigrid-Manifest: {digest}" in message
    assert "Omnigrid-Dirty" not in message


def test_changes_that_are_not_committed_are_named(workspace: Workspace) -> None:
    workspace.edit("omnigrid.yaml", "name: Our brands", "name: Changed")
    assert "not committed" in workspace.run("publish").err
    message = workspace.git("log", "-1", "--format=%B", "main", cwd=workspace.root / REPOSITORY)
    assert "Omnigrid-Dirty: yes" in message


def test_an_edit_is_one_forward_commit(workspace: Workspace, tmp_path: Path) -> None:
    workspace.run("publish")
    first = commits(workspace)
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    workspace.commit("Rename")
    assert "update" in workspace.run("publish").out
    assert commits(workspace)[1:] == first
    assert b"Pots that say" in published(workspace, tmp_path / "c")["sites/panhonest/index.html"]


def test_drift_is_shown_and_not_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    workspace.run("publish")
    clone = tmp_path / "clone"
    workspace.git("clone", "-q", str(workspace.root / REPOSITORY), str(clone))
    (clone / "index.html").write_text("edited by hand")
    (clone / "CNAME").write_text("brands.example")
    workspace.git("add", "-A", cwd=clone)
    workspace.git("commit", "-q", "-m", "By hand", cwd=clone)
    workspace.git("push", "-q", "origin", "main", cwd=clone)
    before = commits(workspace)
    run = workspace.run("publish", code=3)
    assert "has drifted" in run.err
    assert "index.html" in run.err
    assert commits(workspace) == before


def test_a_dry_run_says_what_it_would_do(workspace: Workspace) -> None:
    assert "would create portfolio" in workspace.run("publish", "--dry-run").out
    assert not (workspace.root / REPOSITORY).exists()
    plan = workspace.run("publish", "--dry-run", "--json").json["plan"]
    assert plan == [{"target": "portfolio", "action": "create"}]


def test_losing_most_sites_is_refused(workspace: Workspace) -> None:
    workspace.run("publish")
    shutil.rmtree(workspace.root / "brands/garden-supplies")
    (workspace.root / "content/water-the-beds-in-august.md").unlink()
    before = commits(workspace)
    assert "--allow-prune" in workspace.run("publish", code=3).err
    assert commits(workspace) == before
    workspace.run("publish", "--allow-prune")
    assert len(commits(workspace)) == 2


def test_an_unknown_target(workspace: Workspace) -> None:
    assert 'no target "nowhere"' in workspace.run("publish", "--target", "nowhere", code=1).err


def test_a_budget_that_is_exceeded_has_its_exit_code(workspace: Workspace) -> None:
    workspace.write("omnigrid.yaml", "name: Our brands\npublish:\n  budget_seconds: 1\n")
    for number in range(400):
        brand = workspace.read("brands/kitchen-goods/panhonest.yaml")
        name = f"brands/kitchen-goods/pan-{number}.yaml"
        workspace.write(name, brand.replace("OUR-003", f"PAN-{number:03d}"))
    run = workspace.run("publish", code=4)
    assert "more than its budget of 1 s" in run.err
    assert "everything was published" in run.err


@pytest.mark.parametrize("faulty", ["brands/kitchen-goods/panhonest.yaml"])
def test_nothing_is_published_from_a_faulty_portfolio(workspace: Workspace, faulty: str) -> None:
    workspace.run("publish")
    before = commits(workspace)
    workspace.edit(faulty, "Kitchen_Goods", "Kichen_Goods")
    assert "nothing was published" in workspace.run("publish", code=1).err
    assert commits(workspace) == before


def test_the_published_repository_is_sound(workspace: Workspace) -> None:
    workspace.run("publish")
    workspace.git("fsck", "--strict", cwd=workspace.root / REPOSITORY)


def test_without_a_build_folder_the_same_is_published(workspace: Workspace, tmp_path: Path) -> None:
    workspace.run("build")
    built = {path: data for path, (data, _) in workspace.tree().items()}
    shutil.rmtree(workspace.root / "build")
    assert "create" in workspace.run("publish", "--no-build-dir").out
    assert not (workspace.root / "build").exists()
    assert published(workspace, tmp_path / "clone") == built
    assert "unchanged" in workspace.run("publish", "--no-build-dir").out
    assert "unchanged" in workspace.run("publish").out


def test_without_a_build_folder_an_edit_renders_what_it_touches(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.run("publish", "--no-build-dir")
    workspace.edit("omnigrid.yaml", "name: Our brands", "name: Changed")
    assert "update" in workspace.run("publish", "--no-build-dir", "--dry-run").out
    assert len(commits(workspace)) == 1
    assert "update" in workspace.run("publish", "--no-build-dir").out
    assert len(commits(workspace)) == 2
    workspace.run("build")
    built = {path: data for path, (data, _) in workspace.tree().items()}
    assert published(workspace, tmp_path / "clone") == built

"""The installed command makes a release: the same sites, smaller, never mixed with plain ones."""

import sys
import sysconfig
from pathlib import Path

import pytest

import omnigrid
from omnigrid.model.stamp import STAMP_NAME, digest_in_stamp, digest_of_files
from support.outline import outline
from support.workspace import Workspace


def files(workspace: Workspace, folder: str = "build") -> dict[str, bytes]:
    return {path: data for path, (data, _) in workspace.tree(folder).items()}


def site(workspace: Workspace, slug: str) -> dict[str, bytes]:
    return files(workspace, f"build/sites/{slug}")


def test_a_release_holds_the_same_pages_in_fewer_bytes(workspace: Workspace) -> None:
    workspace.run("build")
    plain = files(workspace)
    workspace.run("build", "--release")
    small = files(workspace)
    assert plain.keys() == small.keys()
    pages = [path for path in plain if path.endswith(".html")]
    assert sum(len(small[path]) for path in pages) < sum(len(plain[path]) for path in pages)
    for path in pages:
        assert outline(small[path], but="integrity") == outline(plain[path]), path
    changed = {path for path in plain if plain[path] != small[path]}
    stamps = {path for path in plain if path.endswith(f"/{STAMP_NAME}")}
    assert changed == {*pages, *stamps, "manifest.json"}


def test_editions_do_not_mix_and_lead_back_to_the_same_bytes(workspace: Workspace) -> None:
    workspace.run("build")
    plain = files(workspace)
    assert workspace.run("build", "--release", "--json").json["release"] is True
    small = files(workspace)
    assert workspace.run("build", "--release", "--json").json["written"] == []
    reasons = workspace.run("explain", "build/index.html").out
    assert "release is an input no more" in reasons
    assert "fresh" in workspace.run("explain", "--release", "build/index.html").out
    assert "fresh" in workspace.run("explain", "build/api/status.json").out
    workspace.run("build")
    assert files(workspace) == plain
    workspace.run("build", "--release", "--jobs", "2", "--out", "other")
    assert files(workspace, "other") == small


def test_shards_of_two_editions_are_not_merged(workspace: Workspace) -> None:
    workspace.run("build", "--shard", "1/2", "--out", "part-1", "--release")
    workspace.run("build", "--shard", "2/2", "--out", "part-2")
    run = workspace.run("merge", "part-1", "part-2", code=1)
    assert "different plans" in run.err
    workspace.run("build", "--shard", "2/2", "--out", "part-2", "--release")
    workspace.run("merge", "part-1", "part-2")
    merged = files(workspace)
    workspace.run("build", "--release", "--out", "whole")
    assert merged == files(workspace, "whole")


@pytest.mark.parametrize("way", [(), ("--no-build-dir",)])
def test_a_release_is_published(workspace: Workspace, way: tuple[str, ...]) -> None:
    workspace.run("build", "--release", "--out", "wanted")
    workspace.run("publish", "--release", *way)
    bare = workspace.root / ".omnigrid/hosting/portfolio.git"
    shown = workspace.git("show", "main:index.html", cwd=bare)
    assert shown == (workspace.root / "wanted/index.html").read_text(encoding="utf-8")


def test_every_stamp_proves_its_site_and_no_commit_changes_it(workspace: Workspace) -> None:
    workspace.run("build")
    before = files(workspace)
    slugs = [path.split("/")[1] for path in before if path.endswith(f"/{STAMP_NAME}")]
    assert slugs
    for slug in slugs:
        found = site(workspace, slug)
        assert digest_in_stamp(found[STAMP_NAME].decode()) == digest_of_files(found)
    workspace.write("NOTES", "nothing that a site is made from")
    workspace.commit("Unrelated")
    workspace.run("build")
    stamps = {path: data for path, data in before.items() if path.endswith(STAMP_NAME)}
    assert {path: files(workspace)[path] for path in stamps} == stamps


def test_a_release_without_its_library_says_what_to_install(
    workspace: Workspace, tmp_path: Path
) -> None:
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith("minify_html"):
            (libraries / entry.name).symlink_to(entry)
    ours = Path(omnigrid.__file__).parents[1]
    command = [sys.executable, "-S", "-m", "omnigrid", "build", "--release"]
    run = workspace.run_program(command, code=1, PYTHONPATH=f"{libraries}:{ours}")
    assert 'pip install "omnigrid[release]"' in run.err
    assert not (workspace.root / "build").exists()

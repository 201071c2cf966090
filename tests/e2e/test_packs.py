"""Packs from elsewhere, with the installed command: locked, built, refused, told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.packing import Site, bytes_reply, pack_files, tar_files, website, zip_of
from support.workspace import Workspace

LOCK = "template_packs/packs.lock"
SECTOR = "sectors/kitchen-goods.yaml"
SITE = "build/sites/panhonest/index.html"
NEWER = pack_files(version="1.1.0", index__html=b"<h2>{{ brand.name }}</h2>\n")


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """A portfolio of somebody who never fetched a pack."""
    workspace.keep_apart()
    return workspace


@pytest.fixture
def site() -> Iterator[Site]:
    with website() as started:
        started.pages["/meadow.zip"] = bytes_reply(zip_of(pack_files()))
        yield started


@pytest.fixture
def locked(workspace: Workspace, site: Site) -> Workspace:
    """A portfolio whose kitchen brands use a pack from the web."""
    workspace.run("packs", "add", site.at("/meadow.zip"))
    workspace.edit(SECTOR, "template: market_compliance", "template: meadow")
    workspace.commit("Use a pack from elsewhere")
    return workspace


def forget(workspace: Workspace) -> None:
    for path in _cache(workspace).glob("store/*.pack"):
        path.unlink()


def age(workspace: Workspace) -> None:
    """Let the last look at every source be long ago."""
    for path in _cache(workspace).glob("looks/*.json"):
        path.write_text(json.dumps(json.loads(path.read_bytes()) | {"seen": 0.0, "tried": 0.0}))


def _cache(workspace: Workspace) -> Path:
    return Path(workspace.environment["XDG_CACHE_HOME"]) / "omnigrid" / "packs"


def test_a_pack_from_the_web_is_built_like_any_other(locked: Workspace) -> None:
    assert "no faults" in locked.run("check").err
    locked.run("build")
    assert "<h1>PanHonest" in locked.read(SITE)
    assert "meadow" in locked.run("list", "packs").out
    assert "Meadow" in locked.run("match", "an iron frying pan").out
    assert not (locked.root / "template_packs/meadow").exists()


def test_nothing_changed_is_seen_at_once_and_a_changed_lock_is_noticed(
    locked: Workspace, site: Site
) -> None:
    locked.run("build")
    assert "0 written" in locked.run("build").err
    site.pages["/meadow.zip"] = bytes_reply(zip_of(NEWER))
    shown = locked.run("packs", "update", "--dry-run").out
    assert "1.0.0" in shown
    assert "→ 1.1.0" in shown
    assert "~ index.html" in shown
    assert "0 written" in locked.run("build").err
    locked.run("packs", "update")
    assert "nothing to update" in locked.run("packs", "update").err
    locked.run("build")
    assert "<h2>PanHonest" in locked.read(SITE)


def test_a_build_with_a_locked_pack_is_that_of_the_pack_in_its_folder(
    locked: Workspace, tmp_path: Path
) -> None:
    locked.run("build", "--out", str(tmp_path / "locked"))
    locked.run("packs", "remove", "meadow")
    for name, data in pack_files().items():
        locked.write(f"template_packs/meadow/{name}", data.decode())
    locked.run("build", "--out", str(tmp_path / "local"))
    sides = [
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("locked", "local")
    ]
    assert sides[0] == sides[1]


def test_a_template_that_fails_is_named_by_its_place(workspace: Workspace, site: Site) -> None:
    files = pack_files(index__html=b"<h1>\n{{ brand.nothing }}</h1>")
    site.pages["/meadow.zip"] = bytes_reply(tar_files(files))
    workspace.run("packs", "add", site.at("/meadow.zip"))
    workspace.edit(SECTOR, "template: market_compliance", "template: meadow")
    said = workspace.run("build", code=1).err
    assert "template_packs/meadow/index.html:2:1: error[OG402]" in said
    assert (workspace.root / "build/sites/seedwell/index.html").exists()


def test_one_file_of_a_locked_pack_can_be_replaced(locked: Workspace) -> None:
    locked.write("template_packs/_overrides/meadow/index.html", "<h1>Ours: {{ brand.name }}</h1>")
    locked.run("build")
    assert "Ours: PanHonest" in locked.read(SITE)


def test_a_diff_sees_the_pack_of_each_side(locked: Workspace, site: Site) -> None:
    site.pages["/meadow.zip"] = bytes_reply(zip_of(NEWER))
    locked.run("packs", "update")
    said = locked.run("diff", "HEAD").out
    assert "1 site changed: panhonest" in said


def test_a_new_brand_may_use_a_locked_pack(locked: Workspace) -> None:
    locked.run("new", "brand", "Potluck", "--sector", "Kitchen_Goods")
    assert "no faults" in locked.run("check").err


def test_a_pack_that_cannot_be_had_fails_its_own_sites_alone(locked: Workspace, site: Site) -> None:
    forget(locked)
    site.pages.clear()
    assert "warning[OG433]" in locked.run("check").out
    said = locked.run("build", code=1).err
    assert f"{LOCK}:5:17: error[OG433]: site:panhonest was not rendered" in said
    assert "404" in said
    assert (locked.root / "build/sites/seedwell/index.html").exists()
    assert not (locked.root / SITE).exists()
    site.pages["/meadow.zip"] = bytes_reply(zip_of(pack_files()))
    locked.run("build")
    assert "<h1>PanHonest" in locked.read(SITE)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("../../evil.css", b"x"),
        ("/etc/evil.css", b"x"),
        ("hooks.py", b"import os"),
        ("run.css", b"#!/bin/sh\n"),
        ("con.css", b"x"),
        ("INDEX.html", b"x"),
        ("bomb.css", bytes(6 * 1024 * 1024)),
    ],
)
def test_a_hostile_pack_is_not_taken(
    workspace: Workspace, site: Site, name: str, data: bytes
) -> None:
    site.pages["/meadow.zip"] = bytes_reply(zip_of({**pack_files(), name: data}))
    before = workspace.tree(".")
    run = workspace.run("packs", "add", site.at("/meadow.zip"), code=1)
    assert run.err.startswith(f"error: the pack from {site.at('/meadow.zip')} is refused: ")
    assert "hint: " in run.err
    assert {path for path in workspace.tree(".") if ".omnigrid" not in path} == {
        path for path in before if ".omnigrid" not in path
    }


def test_a_pack_that_is_not_what_was_locked_stops_everything(locked: Workspace, site: Site) -> None:
    locked.run("build")
    before = locked.tree()
    forget(locked)
    site.pages["/meadow.zip"] = bytes_reply(zip_of(NEWER))
    for command in ("build", "check", "diff", "match"):
        more = ["a pan"] if command == "match" else ["HEAD"] if command == "diff" else []
        said = locked.run(command, *more, code=3).err
        assert 'the pack "meadow"' in said
        assert "is not what was locked" in said
    assert locked.tree() == before


def test_the_source_is_asked_again_after_a_day_and_only_tells(
    locked: Workspace, site: Site
) -> None:
    locked.run("build")
    site.pages["/meadow.zip"] = bytes_reply(zip_of(NEWER))
    assert "OG434" not in locked.run("build").err
    age(locked)
    said = locked.run("build").err
    assert "warning[OG434]" in said
    assert "packs update meadow" in said
    assert "<h1>PanHonest" in locked.read(SITE)
    assert "--locked" in locked.run("build", "--locked", code=3).err


def test_offline_asks_nobody(locked: Workspace, site: Site) -> None:
    locked.run("build")
    age(locked)
    asked = len(site.asked)
    assert "warning[OG435]" in locked.run("build", "--offline").err
    assert "warning[OG435]" in locked.run("check", OMNIGRID_OFFLINE="1").out
    assert locked.run("packs", "add", site.at("/b.zip"), "--offline", code=75)
    assert len(site.asked) == asked


def test_a_pack_that_is_there_twice(locked: Workspace) -> None:
    for name, data in pack_files().items():
        locked.write(f"template_packs/meadow/{name}", data.decode())
    said = locked.run("check", code=1).out
    assert f"{LOCK}:4:5: error[OG432]" in said
    assert "packs remove meadow" in said


def test_a_lock_with_a_conflict_of_git(locked: Workspace) -> None:
    locked.edit(LOCK, '"version": 1,\n', '<<<<<<< ours\n"version": 1,\n')
    said = locked.run("check", code=1).out
    assert f"{LOCK}:2:3: error[OG431]" in said
    assert "error[OG431]" in locked.run("build", code=1).err
    assert "cannot be used" in locked.run("packs", "list", code=1).err


def test_a_tag_of_a_repository(workspace: Workspace, tmp_path: Path) -> None:
    theirs = Workspace(tmp_path / "theirs")
    for name, data in pack_files().items():
        theirs.write(f"packs/meadow/{name}", data.decode())
    theirs.write("setup.py", "import os\n")
    commit = theirs.commit("First")
    theirs.git("tag", "v1")
    source = f"git+{theirs.root.as_uri()}@v1#packs/meadow"
    assert commit in workspace.run("packs", "add", source).out
    workspace.edit(SECTOR, "template: market_compliance", "template: meadow")
    theirs.write("packs/meadow/index.html", "<h2>moved</h2>")
    theirs.commit("Second")
    theirs.git("tag", "-f", "v1")
    forget(workspace)
    workspace.run("build")
    assert "<h1>PanHonest" in workspace.read(SITE)
    entry = json.loads(workspace.read(LOCK))["packs"]["meadow"]
    assert entry["resolved"].endswith(f"@{commit}#packs/meadow")


@pytest.mark.parametrize(
    "source",
    ["git+ext::sh -c id@v1", "git+file:///x@--upload-pack=id", "http://host.example/p.zip", "-x"],
)
def test_a_source_that_is_none(workspace: Workspace, source: str) -> None:
    run = workspace.run("packs", "add", "--", source, code=1)
    assert "is no source of a pack" in run.err


def test_a_folder(workspace: Workspace, tmp_path: Path) -> None:
    theirs = Workspace(tmp_path / "near")
    for name, data in pack_files().items():
        theirs.write(name, data.decode())
    workspace.run("packs", "add", "../near")
    workspace.edit(SECTOR, "template: market_compliance", "template: meadow")
    workspace.run("build")
    theirs.write("index.html", "<h2>edited</h2>")
    assert "warning[OG434]" in workspace.run("build").err
    (theirs.root / "evil.css").symlink_to("/etc/passwd")
    assert "symbolic link" in workspace.run("packs", "update", code=1).err


def test_a_registry(workspace: Workspace, site: Site) -> None:
    workspace.run("packs", "add", site.at("/meadow.zip"))
    entry = json.loads(workspace.read(LOCK))["packs"]["meadow"]
    workspace.run("packs", "remove", "meadow")
    offer = {"id": "meadow", "name": "Meadow", "description": "Pages for seed shops."}
    offer |= {"source": entry["source"], "sha256": entry["sha256"], "version": "1.0.0"}
    other = offer | {"id": "harbour", "name": "Harbour", "sha256": "0" * 64}
    index = json.dumps({"version": 1, "packs": [offer, other]}).encode()
    site.pages["/index.json"] = bytes_reply(index)
    named = f"\npacks:\n  registry: {site.at('/index.json')}\n"
    workspace.write("omnigrid.yaml", workspace.read("omnigrid.yaml") + named)
    assert "meadow" in workspace.run("packs", "search", "seed", "shop").out
    assert workspace.run("packs", "search", "nothing").out == ""
    assert "did you mean meadow" in workspace.run("packs", "add", "mea", code=1).err
    assert 'not "harbour"' in workspace.run("packs", "add", "harbour", code=1).err
    workspace.run("packs", "add", "meadow")
    site.pages.clear()
    assert workspace.run("packs", "search", "seed", "--json").json["packs"][0]["id"] == "meadow"


def test_list_verify_and_the_cache(locked: Workspace) -> None:
    assert "meadow" in locked.run("packs", "list").out
    assert locked.run("packs", "list", "--json").json["packs"]["meadow"]["bytes"] > 0
    assert "intact" in locked.run("packs", "verify").out
    locked.run("build")
    size = locked.run("packs", "cache", "--json").json["cache"]
    assert size["packs"] == 1
    assert size["rate"] == 1.0
    locked.run("packs", "remove", "meadow")
    assert "1 pack forgotten" in locked.run("packs", "cache", "--prune").err
    assert "0 packs" in locked.run("packs", "cache").out

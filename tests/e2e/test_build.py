"""The installed command builds a portfolio: all of it, then only what changed."""

from support.workspace import Workspace


def test_a_new_portfolio_builds_at_once(workspace: Workspace) -> None:
    run = workspace.run("build")
    assert run.out == ""
    assert "3 sites in 2 sectors" in run.err
    built = set(workspace.tree())
    assert {
        "index.html",
        "portfolio.css",
        "heatmap/index.html",
        "sectors/garden-supplies/index.html",
        "sites/rainkeep/index.html",
        "sites/rainkeep/water-the-beds-in-august.html",
        "sites/rainkeep/404.html",
        "api/index.json",
        "api/brands/OUR-002.json",
        "api/sectors/Kitchen_Goods.json",
        "api/status.json",
        "api/match.json",
        "manifest.json",
    } <= built


def test_a_second_build_touches_no_file(workspace: Workspace) -> None:
    workspace.run("build")
    before = workspace.tree()
    run = workspace.run("build", "--json")
    assert workspace.tree() == before
    assert (run.json["written"], run.json["rendered"]) == ([], [])


def test_an_edit_renders_what_shows_it_and_explain_says_why(workspace: Workspace) -> None:
    workspace.run("build")
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    said = workspace.run("explain", "build/sites/panhonest/index.html").out
    assert "stale" in said
    assert "brand changed (brands/kitchen-goods/panhonest.yaml)" in said
    rendered = workspace.run("build", "--json").json["rendered"]
    assert "site:panhonest" in rendered
    assert "site:seedwell" not in rendered
    assert "Pots that say" in workspace.read("build/sites/panhonest/index.html")
    assert "fresh" in workspace.run("explain", "sites/panhonest/index.html").out


def test_incremental_equals_clean(workspace: Workspace) -> None:
    workspace.run("build")
    workspace.edit("sectors/kitchen-goods.yaml", "health: 88", "health: 70")
    workspace.edit("omnigrid.yaml", "name: Our brands", "name: All our brands")
    (workspace.root / "brands/garden-supplies/seedwell.yaml").unlink()
    workspace.run("build")
    workspace.run("build", "--out", "clean")
    assert {p: d for p, (d, _) in workspace.tree().items()} == {
        p: d for p, (d, _) in workspace.tree("clean").items()
    }
    assert not (workspace.root / "build/sites/seedwell").exists()


def test_the_same_bytes_in_another_folder_on_another_day(workspace: Workspace) -> None:
    workspace.run("build")
    elsewhere = ["-C", str(workspace.root), "build", "--out", "elsewhere/deep"]
    workspace.run_installed(*elsewhere, TZ="Asia/Tokyo", PYTHONHASHSEED="1")
    assert workspace.read("build/manifest.json") == workspace.read("elsewhere/deep/manifest.json")


def test_a_hand_edited_file_is_repaired_and_explained(workspace: Workspace) -> None:
    workspace.run("build")
    good = workspace.read("build/index.html")
    workspace.write("build/index.html", "defaced")
    assert "was changed by hand" in workspace.run("explain", "build/index.html").out
    assert workspace.run("build", "--json").json["written"] == ["index.html"]
    assert workspace.read("build/index.html") == good


def test_files_of_others_in_the_build_folder_are_kept(workspace: Workspace) -> None:
    workspace.run("build")
    workspace.write("build/CNAME", "brands.example\n")
    workspace.run("build")
    assert workspace.read("build/CNAME") == "brands.example\n"


def test_faults_are_refused_all_at_once_and_the_build_stays(workspace: Workspace) -> None:
    workspace.run("build")
    before = workspace.tree()
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "Kitchen_Goods", "Kichen_Goods")
    workspace.edit("brands/garden-supplies/seedwell.yaml", "OUR-001", "OUR-002")
    workspace.edit("brands/garden-supplies/rainkeep.yaml", "[11, 20]", "eleven")
    run = workspace.run("build", code=1)
    for said in (
        'brands/garden-supplies/rainkeep.yaml:15:12: error[OG105]: "classes" must be a list',
        "brands/garden-supplies/seedwell.yaml:1:5: error[OG201]",
        "brands/kitchen-goods/panhonest.yaml:3:9: error[OG104]",
        "3 faults in 3 files",
    ):
        assert said in run.err
    assert workspace.tree() == before


def test_a_broken_template_fails_its_sites_and_builds_the_others(workspace: Workspace) -> None:
    workspace.run("build")
    pack = "template_packs/market_compliance/index.html"
    workspace.write(pack, "one\n{{ brand.nmae }}\n")
    workspace.edit("brands/garden-supplies/seedwell.yaml", "Seeds that", "Plants that")
    run = workspace.run("build", code=1)
    assert f"{pack}:2:" in run.err
    assert "nmae" in run.err
    assert "Plants that" in workspace.read("build/sites/seedwell/index.html")
    assert "PanHonest" in workspace.read("build/sites/panhonest/index.html")


def test_strict_makes_warnings_fail(workspace: Workspace) -> None:
    workspace.write("content/lost.md", "---\ntitle: Lost\nintent: book a table for two\n---\n\nX\n")
    assert "no confident match" in workspace.run("build").err
    assert "1 warning" in workspace.run("build", "--strict", code=1).err
    assert "1 warning" in workspace.run("check", "--strict", code=1).err


def test_no_portfolio_here(workspace: Workspace) -> None:
    run = workspace.run("-C", "brands", "build", code=1)
    assert "no portfolio here" in run.err
    assert "omnigrid init" in run.err

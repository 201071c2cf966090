"""What a change does to the portfolio, as a reviewer reads it."""

import pytest

from support.workspace import Workspace

SECTOR = "sectors/garden-supplies.yaml"
BRAND = "brands/kitchen-goods/panhonest.yaml"
PAGE = "content/water-the-beds-in-august.md"


def test_nothing_changed(workspace: Workspace) -> None:
    assert "No brand, sector, page or site changes." in workspace.run("diff", "HEAD").out


def test_a_field_is_shown_before_and_after(workspace: Workspace) -> None:
    workspace.edit(BRAND, "Pans that say what they are made of", "Pans with nothing to hide")
    said = workspace.run("diff", "HEAD").out
    assert "1 brand changed:" in said
    assert "OUR-003 PanHonest™" in said
    assert "tagline: Pans that say what they are made of → Pans with nothing to hide" in said
    assert "1 site changed: panhonest" in said
    assert "bytes" in said


def test_a_renamed_sector_names_its_brands_and_sites(workspace: Workspace) -> None:
    workspace.edit(SECTOR, "id: Garden_Supplies", "id: Gardens")
    for brand in ("seedwell", "rainkeep"):
        path = f"brands/garden-supplies/{brand}.yaml"
        workspace.edit(path, "sector: Garden_Supplies", "sector: Gardens")
    workspace.commit("Rename the sector")
    found = workspace.run("diff", "HEAD~1", "HEAD", "--format", "json").json["difference"]
    items = {(item["kind"], item["action"], item["id"]) for item in found["items"]}
    assert items == {
        ("sector", "added", "Gardens"),
        ("sector", "removed", "Garden_Supplies"),
        ("brand", "changed", "OUR-001"),
        ("brand", "changed", "OUR-002"),
    }
    assert found["impact"]["changed"] == ["rainkeep", "seedwell"]
    fields = {field["field"] for item in found["items"] for field in item["fields"]}
    assert fields == {"sector"}


def test_brands_added_and_removed(workspace: Workspace) -> None:
    text = workspace.read(BRAND).replace("OUR-003", "OUR-004").replace("PanHonest", "PotHonest")
    workspace.write("brands/kitchen-goods/pothonest.yaml", text)
    (workspace.root / BRAND).unlink()
    said = workspace.run("diff", "HEAD").out
    assert "1 brand removed:\n  OUR-003 PanHonest™" in said
    assert "1 brand added:\n  OUR-004 PotHonest™" in said
    assert "1 site added: pothonest" in said
    assert "1 site removed: panhonest" in said


def test_a_page_that_goes_to_another_brand_or_to_none(workspace: Workspace) -> None:
    workspace.edit(PAGE, "intent: We need a way to store rain water", "intent: Book a table; water")
    workspace.edit("brands/garden-supplies/rainkeep.yaml", "rain barrel", "cellar")
    workspace.write(
        "content/pans.md", "---\ntitle: Pans\nintent: a cast iron frying pan\n---\n\nText.\n"
    )
    workspace.commit("Begin anew")
    workspace.edit("content/pans.md", "a cast iron frying pan", "packets of vegetable seeds")
    said = workspace.run("diff", "HEAD").out
    assert "1 page with another brand:" in said
    assert "PanHonest™ (OUR-003," in said
    assert "→ Seedwell™ (OUR-001," in said


def test_a_template_changes_the_sites_that_use_it(workspace: Workspace) -> None:
    path = "template_packs/market_compliance/styles.css"
    workspace.write(path, workspace.read(path) + "\n.new { color: inherit }\n")
    said = workspace.run("diff", "HEAD").out
    assert "1 site changed: panhonest" in said
    assert "4 files of them" in said


def test_licences_that_end_soon_are_named(workspace: Workspace) -> None:
    workspace.edit(BRAND, "tier: Standard", "tier: Standard\n  expires: 2026-01-20")
    said = workspace.run("diff", "HEAD", SOURCE_DATE_EPOCH="1767225600").out
    assert "Licences that end soon or have ended:\n  PanHonest™ (OUR-003): 2026-01-20" in said


def test_markdown_is_no_markup_of_others(workspace: Workspace) -> None:
    hostile = '"<img src=x> [x](javascript:y) @everyone `a` # | https://evil.example"'
    workspace.edit(BRAND, "tagline: Pans that say what they are made of", f"tagline: {hostile}")
    said = workspace.run("diff", "HEAD", "--format", "markdown").out
    assert said.startswith("### What this change does to the portfolio")
    for sign in ("<img", "[x](", "@everyone", "https://evil"):
        assert sign not in said


def test_the_default_base_is_where_the_branch_began(workspace: Workspace) -> None:
    workspace.git("checkout", "-q", "-b", "change")
    workspace.edit(BRAND, "Pans that say what they are made of", "Pans with nothing to hide")
    workspace.commit("Edit")
    assert "1 brand changed" in workspace.run("diff").out


def test_a_portfolio_in_a_subfolder(workspace: Workspace) -> None:
    inner = workspace.root / "inner"
    workspace.run("init", "inner")
    workspace.commit("Nest")
    nested = Workspace(inner)
    nested.edit(BRAND, "Pans that say what they are made of", "Pans with nothing to hide")
    assert "1 brand changed" in nested.run("diff", "HEAD").out


@pytest.mark.parametrize("name", ["nowhere", "-x", "HEAD~99", "a b"])
def test_an_unknown_commit(workspace: Workspace, name: str) -> None:
    run = workspace.run("diff", "--", name, code=1)
    assert "there is no commit" in run.err


def test_faults_are_shown_first(workspace: Workspace) -> None:
    workspace.edit(BRAND, "Kitchen_Goods", "Kichen_Goods")
    assert "error[OG104]" in workspace.run("diff", "HEAD", code=1).err
    workspace.commit("Break")
    workspace.edit(BRAND, "Kichen_Goods", "Kitchen_Goods")
    assert "HEAD has faults" in workspace.run("diff", "HEAD", code=1).err


def test_a_second_run_knows_the_documents_and_says_the_same(workspace: Workspace) -> None:
    workspace.edit(BRAND, "Pans that say what they are made of", "Pans with nothing to hide")
    first = workspace.run("diff", "HEAD").out
    assert workspace.run("diff", "HEAD").out == first
    (workspace.root / ".omnigrid/cache/documents").write_bytes(b"damaged")
    assert workspace.run("diff", "HEAD").out == first

"""New files, as an editor asks for them: valid as they stand, and never over another."""

import pytest

from support.workspace import Workspace

GREEN = "no faults: the portfolio can be built\n"


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (
            ["brand", "Claim Radar™", "--sector", "Kitchen_Goods"],
            "brands/kitchen-goods/claim-radar.yaml",
        ),
        (["sector", "Office & Desk"], "sectors/office-desk.yaml"),
        (
            ["page", "Barrels", "--intent", "store rain water for the garden"],
            "content/barrels.md",
        ),
        (
            ["page", "How we began: a story", "--brand", "OUR-001"],
            "content/how-we-began-a-story.md",
        ),
        (["pack", "Field Notes"], "template_packs/field_notes/pack.yaml"),
    ],
)
def test_a_new_file_is_valid_as_it_stands(
    workspace: Workspace, arguments: list[str], path: str
) -> None:
    run = workspace.run("new", *arguments)
    assert run.out.splitlines()[0] == path
    assert run.err == "next: fill it in, then `omnigrid check`\n"
    assert (workspace.root / path).is_file()
    run = workspace.run("check")
    assert (run.out, run.err) == ("", GREEN)


def test_a_brand_has_the_next_id_and_what_its_neighbours_have(workspace: Workspace) -> None:
    arguments = ("new", "brand", "Claim Radar™", "--sector", "Kitchen_Goods", "--priority", "high")
    workspace.run(*arguments, "--tagline", "Sees: claims", "--description", "It sees them.")
    text = workspace.read("brands/kitchen-goods/claim-radar.yaml")
    assert text.startswith("# yaml-language-server: $schema=../../schemas/brand.schema.json\n")
    for line in (
        "id: OUR-004",
        "name: Claim Radar™",
        'tagline: "Sees: claims"',
        "description: It sees them.",
        "priority: high",
        "owner: Our Company Ltd",
        "  tier: Standard",
    ):
        assert f"\n{line}\n" in text
    workspace.run("build")
    assert "Claim Radar" in workspace.read("build/sites/claim-radar/index.html")


def test_everything_new_at_once_makes_a_site(workspace: Workspace) -> None:
    workspace.run("new", "pack", "field_notes")
    workspace.run("new", "sector", "Garden Books", "--template", "field_notes", "--health", "97")
    workspace.run("new", "brand", "Leaf & Line™", "--sector", "Garden_Books")
    workspace.run("new", "page", "Reading list", "--brand", "OUR-004")
    assert workspace.run("check").err == GREEN
    workspace.run("build")
    site = workspace.read("build/sites/leaf-line/index.html")
    assert "Leaf &amp; Line" in site
    assert "Reading list" in site
    assert "field_notes" in workspace.read("build/sites/leaf-line/config.json")


def test_the_only_sector_needs_no_naming(workspace: Workspace) -> None:
    run = workspace.run("new", "brand", "Radar", code=1)
    assert run.err == (
        "error: say which sector the brand belongs to\n"
        "hint: add `--sector Garden_Supplies`; `omnigrid list sectors` shows all 2\n"
    )
    (workspace.root / "sectors/kitchen-goods.yaml").unlink()
    (workspace.root / "brands/kitchen-goods/panhonest.yaml").unlink()
    run = workspace.run("new", "brand", "Radar")
    assert run.out == "brands/garden-supplies/radar.yaml\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["brand", "Radar", "--sector", "Kichen_Goods"],
            'error: unknown sector "Kichen_Goods"\n'
            'hint: did you mean "Kitchen_Goods" (sectors/kitchen-goods.yaml)?\n',
        ),
        (
            ["sector", "Radar", "--template", "ip_traking"],
            'error: unknown template "ip_traking"\n'
            'hint: did you mean "ip_tracking" (template_packs/ip_tracking/)?\n',
        ),
        (
            ["page", "Radar", "--brand", "OUR-0001"],
            'error: unknown brand "OUR-0001"\n'
            'hint: did you mean "OUR-001" (brands/garden-supplies/seedwell.yaml)?\n',
        ),
        (
            ["page", "日本"],
            'error: the name "日本" has no letter a to z to make an address of\n'
            "hint: give the address yourself: `--slug my-address`\n",
        ),
        (
            ["page", "Radar", "--slug", "../radar"],
            'error: "../radar" cannot be an address\n'
            "hint: an address has lower-case letters a to z, digits and single hyphens\n",
        ),
        (
            ["page", "Con"],
            'error: the file name "con" is reserved\nhint: choose another address with `--slug`\n',
        ),
        (
            ["sector", "3D Prints"],
            'error: "id" must be an id such as Legal_Tech_Compliance, not "3D_Prints"\n'
            "hint: an id begins with a letter: choose another name, or an address with `--slug`\n",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    workspace: Workspace, arguments: list[str], said: str
) -> None:
    before = workspace.tree(".")
    assert workspace.run("new", *arguments, code=1).err == said
    assert workspace.tree(".") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["brand", "Rainkeep", "--sector", "Kitchen_Goods"],
            'the address "rainkeep" is already taken by brands/garden-supplies/rainkeep.yaml',
        ),
        (
            ["sector", "Garden Supplies"],
            'the address "garden-supplies" is already taken by sectors/garden-supplies.yaml',
        ),
        (
            ["sector", "Garden Supplies", "--slug", "garden-supplies-2"],
            "",
        ),
        (
            ["page", "Water the beds in August"],
            'the address "water-the-beds-in-august" is already taken by '
            "content/water-the-beds-in-august.md",
        ),
        (
            ["pack", "IP Tracking"],
            'the template pack "ip_tracking" is already taken by template_packs/ip_tracking/',
        ),
    ],
)
def test_nothing_is_overwritten(workspace: Workspace, arguments: list[str], said: str) -> None:
    before = workspace.tree(".")
    run = workspace.run("new", *arguments, code=3 if said else 0)
    if said:
        assert run.err.startswith(f"error: {said}\nhint: nothing was written;")
        assert workspace.tree(".") == before


def test_a_broken_file_elsewhere_is_no_obstacle(workspace: Workspace) -> None:
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "owner:", "ownr:")
    workspace.run("new", "brand", "Radar", "--sector", "Kitchen_Goods")
    assert "id: OUR-004" in workspace.read("brands/kitchen-goods/radar.yaml")


def test_a_portfolio_without_schemas_gets_no_line_for_them(workspace: Workspace) -> None:
    (workspace.root / "schemas/sector.schema.json").unlink()
    workspace.run("new", "sector", "Radar")
    assert workspace.read("sectors/radar.yaml").startswith("# The sector's id.")


def test_a_long_title_gives_a_short_address(workspace: Workspace) -> None:
    run = workspace.run("new", "page", "water for the garden beds " * 7, "--brand", "OUR-001")
    assert len(run.out) < 100
    assert run.out.endswith("-garden-beds.md\n")
    assert workspace.run("check").err == GREEN


def test_from_another_folder(workspace: Workspace) -> None:
    (workspace.root / "elsewhere").mkdir()
    run = workspace.run("-C", "elsewhere", "new", "pack", "Radar", code=1)
    assert "no portfolio here" in run.err
    run = workspace.run("-C", "../portfolio", "new", "sector", "Radar")
    assert run.out == "../portfolio/sectors/radar.yaml\n"


def test_an_empty_portfolio_is_filled_from_nothing(workspace: Workspace) -> None:
    empty = Workspace(workspace.root / "empty")
    empty.write("omnigrid.yaml", "name: Heron & Sons\n")
    assert "no template pack yet" in empty.run("new", "sector", "Boats", code=1).err
    assert "no sector yet" in empty.run("new", "brand", "Skiff", code=1).err
    empty.run("new", "pack", "Plain")
    empty.run("new", "sector", "Boats")
    empty.run("new", "brand", "Skiff")
    text = empty.read("brands/boats/skiff.yaml")
    assert "id: HER-001\n" in text
    assert "owner: Heron & Sons\n" in text
    assert empty.run("check").err == GREEN
    empty.run("build")


def test_a_folder_that_cannot_be_written(workspace: Workspace) -> None:
    (workspace.root / "brands/kitchen-goods/panhonest.yaml").unlink()
    (workspace.root / "brands/kitchen-goods").rmdir()
    (workspace.root / "brands/kitchen-goods").write_text("a file where a folder would be")
    run = workspace.run("new", "brand", "Radar", "--sector", "Kitchen_Goods", code=75)
    assert "cannot write brands/kitchen-goods/radar.yaml" in run.err

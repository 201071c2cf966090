"""`omnigrid check` for people and for programs."""

import json
import os
import re
from xml.etree import ElementTree as ET

import pytest

from support.workspace import Workspace

BRAND = "brands/kitchen-goods/panhonest.yaml"
FORMATS = ("full", "concise", "json", "github", "sarif", "junit")
TOKEN = "ghp_" + "a1B2" * 9


def test_a_report_names_paths_from_the_repository(workspace: Workspace) -> None:
    workspace.edit(BRAND, "Kitchen_Goods", "Kichen_Goods")
    above = Workspace(workspace.root.parent)
    for form in ("github", "sarif", "junit"):
        here = workspace.run("check", "--format", form, code=1).out
        assert f"portfolio/{BRAND}" not in here
        there = above.run("-C", "portfolio", "check", "--format", form, code=1).out
        assert f"portfolio/{BRAND}" in there
        base = {"GITHUB_WORKSPACE": str(above.root)}
        assert workspace.run("check", "--format", form, code=1, **base).out == there


def test_reports_of_a_sound_portfolio(workspace: Workspace) -> None:
    assert workspace.run("check", "--format", "github").out.strip() == ""
    assert workspace.run("check", "--format", "sarif").json["runs"][0]["results"] == []
    suites = ET.fromstring(workspace.run("check", "--format", "junit").out)  # noqa: S314
    assert suites.get("failures") == "0"


def test_warnings_fail_only_where_that_is_asked_for(workspace: Workspace) -> None:
    workspace.edit(BRAND, "license:\n  tier: Standard\n", "")
    assert workspace.run("check").err == "1 warning: the portfolio can be built\n"
    assert workspace.run("check", "--strict", code=1).err == "1 warning\n"


@pytest.mark.parametrize(
    ("owner", "code"),
    [
        (f"owner: [{TOKEN}]\nx: {TOKEN} # {TOKEN}", "OG221"),
        (f'owner: "{TOKEN}', "OG101"),
        (f"owner: {TOKEN}\nowner: {TOKEN}", "OG106"),
    ],
)
def test_no_secret_is_repeated_or_kept(workspace: Workspace, owner: str, code: str) -> None:
    workspace.edit(BRAND, "owner: Our Company Ltd", owner)
    for form in FORMATS:
        run = workspace.run("check", "--format", form, code=1)
        assert code in run.out
        assert TOKEN not in run.out + run.err
    state = workspace.root / ".omnigrid"
    assert all(TOKEN.encode() not in path.read_bytes() for path in state.rglob("*.json"))


def test_links_pipes_and_odd_names_are_refused(workspace: Workspace) -> None:
    (workspace.root / "secret.txt").write_text("hunter2\n", encoding="utf-8")
    (workspace.root / "brands/link.yaml").symlink_to(workspace.root / "secret.txt")
    (workspace.root / "brands/nowhere.yaml").symlink_to("nothing")
    os.mkfifo(workspace.root / "brands/pipe.yaml")
    (workspace.root / "brands/two\nlines.yaml").write_text("id: x\n", encoding="utf-8")
    with open(os.fsencode(workspace.root) + b"/brands/\xff.yaml", "wb") as file:  # noqa: PTH123
        file.write(b"id: x\n")
    for form in FORMATS:
        run = workspace.run("check", "--format", form, code=1)
        assert "link, and links are not followed" in run.out
        assert "it is not a file" in run.out
        assert "hunter2" not in run.out + run.err
    lines = workspace.run("check", "--format", "concise", code=1).out.splitlines()
    assert all(line.startswith("brands/") for line in lines)
    found = json.loads(workspace.run("check", "--format", "json", code=1).out)["diagnostics"]
    assert "brands/\\udcff.yaml" in {each["path"] for each in found}


def test_a_link_in_a_pack_stops_the_build_with_its_name(workspace: Workspace) -> None:
    (workspace.root / "template_packs/ip_tracking/x.css").symlink_to("/etc/hostname")
    run = workspace.run("build", code=1)
    assert "template_packs/ip_tracking/x.css cannot be read" in run.err


def test_a_tangled_page_is_refused_before_it_is_rendered(workspace: Workspace) -> None:
    workspace.write("content/x.md", "---\ntitle: X\nbrand: OUR-001\n---\n\n" + "[" * 100_000)
    run = workspace.run("build", code=1)
    assert "OG224" in run.err
    assert not (workspace.root / "build").exists()


def test_an_intent_that_no_longer_matches_what_it_matched(workspace: Workspace) -> None:
    brand = "brands/garden-supplies/rainkeep.yaml"
    workspace.run("build")
    assert "OG302" not in workspace.run("check").out
    text = workspace.read(brand)
    words = "[Rr]ain(?!keep)|[Ww]ater|garden|dry|wet|weeks|store|barrels?|storage|irrigation|roof"
    workspace.write(brand, re.sub(words, "payroll", text))
    found = workspace.run("check").out
    assert "content/water-the-beds-in-august.md:3:9: warning[OG302]" in found
    assert "in the last build this intent matched" in found
    workspace.run("build")
    assert "OG302" not in workspace.run("check").out

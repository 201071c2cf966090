"""The other commands, as a newcomer types them."""

import json
import subprocess
import sys

import pytest

from omnigrid.cli.app import COMMANDS
from omnigrid.model.codes import CODES
from support.workspace import Workspace


def test_help_and_version(workspace: Workspace) -> None:
    text = workspace.run("--help").out
    for name, line in COMMANDS.items():
        assert name in text
        assert line in text
        assert f"omnigrid {name}" in workspace.run(name, "--help").out
    assert workspace.run("--version").out.startswith("omnigrid ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], 'Did you mean "build"?'),
        (["xyzzy"], "--help"),
        (["list", "cats"], "brand, sector, pack, intent"),
        (["match"], "TEXT"),
        (["build", "--nope"], "--nope"),
    ],
)
def test_usage_faults(workspace: Workspace, arguments: list[str], said: str) -> None:
    assert said in workspace.run_installed(*arguments, code=2).err


@pytest.mark.parametrize(("command", "code"), [("--version", 0), ("check", 1)])
@pytest.mark.parametrize("threads", [False, True])
def test_the_process_ends_with_all_that_was_put_off(
    workspace: Workspace, command: str, code: int, *, threads: bool
) -> None:
    waits = "import threading as t; t.Thread(target=t.Event().wait, daemon=True).start();"
    script = f"import atexit; {waits if threads else ''} atexit.register(print, 'the end')\n"
    script += "from omnigrid.cli import run; run()"
    ended = subprocess.run(
        [sys.executable, "-c", script, "-C", str(workspace.root / "nowhere"), command],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert ended.returncode == code, ended.stderr
    assert ended.stdout.splitlines()[-1] == "the end"


def test_check_of_a_sound_portfolio(workspace: Workspace) -> None:
    run = workspace.run("check")
    assert (run.out, run.err) == ("", "no faults: the portfolio can be built\n")


def test_check_formats(workspace: Workspace) -> None:
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "Kitchen_Goods", "Kichen_Goods")
    concise = workspace.run("check", "--format", "concise", code=1).out
    assert concise == (
        'brands/kitchen-goods/panhonest.yaml:3:9: error[OG104]: unknown sector "Kichen_Goods"\n'
    )
    document = workspace.run("check", "--format", "json", code=1).json
    assert document["version"] == 1
    (found,) = document["diagnostics"]
    assert (found["code"], found["span"]["line"], found["span"]["column"]) == ("OG104", 3, 9)


def test_match(workspace: Workspace) -> None:
    run = workspace.run("match", "store rain water for the garden")
    assert "OUR-002  Rainkeep™" in run.out.splitlines()[0]
    assert "because of:" in run.out
    document = workspace.run("match", "store rain water", "--json", "--top", "1").json
    assert (document["version"], document["unmatched"]) == (1, False)
    (best,) = document["matches"]
    assert set(best) >= {"id", "name", "sector", "template", "confidence", "parts", "terms"}


def test_no_confident_match(workspace: Workspace) -> None:
    run = workspace.run("match", "book a table for two tonight")
    assert run.out.startswith("no confident match")
    assert workspace.run("match", "hello", "--json").json["unmatched"] is True


def test_match_with_an_unknown_sector(workspace: Workspace) -> None:
    run = workspace.run("match", "seeds", "--sector", "Garden_Suplies", code=1)
    assert 'did you mean "Garden_Supplies"?' in run.err


@pytest.mark.parametrize("kind", ["brand", "sectors", "pack", "intents"])
def test_list(workspace: Workspace, kind: str) -> None:
    lines = workspace.run("list", kind).out.splitlines()
    rows = workspace.run("list", kind, "--json").json[f"{kind.removesuffix('s')}s"]
    assert len(lines) == len(rows) + 1


def test_show(workspace: Workspace) -> None:
    assert "name: Rainkeep™" in workspace.run("show", "brand", "OUR-002").out
    by_slug = workspace.run("show", "brand", "rainkeep", "--json").json
    assert by_slug["brand"]["id"] == "OUR-002"
    assert "health: 96" in workspace.run("show", "sector", "Garden_Supplies").out
    assert "digest:" in workspace.run("show", "pack", "ip_tracking").out
    assert "OUR-002" in workspace.run("show", "intent", "water-the-beds-in-august").out
    assert 'did you mean "OUR-002"?' in workspace.run("show", "brand", "OUR-02", code=1).err


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_page(workspace: Workspace, code: str) -> None:
    assert workspace.run("explain", code.lower()).out.startswith(f"{code}: {CODES[code].title}")


def test_explain_of_nothing(workspace: Workspace) -> None:
    run = workspace.run("explain", "sites/rainkep/index.html", code=1)
    assert 'did you mean "sites/rainkeep/index.html"?' in run.err


def test_export(workspace: Workspace) -> None:
    workspace.run("export", "--out", "out")
    names = {path.name for path in (workspace.root / "out").iterdir()}
    assert names == {
        "faa_brands_registry.json",
        "sector_mappings.json",
        "template_registry.json",
        "codenest_api_config.json",
    }
    registry = json.loads(workspace.read("out/faa_brands_registry.json"))
    assert registry["brand_count"] == 3
    assert registry["brands"][0]["heatmap_color"] == "#4ECDC4"


def test_init_overwrites_nothing(workspace: Workspace) -> None:
    run = workspace.run("init", code=3)
    assert "nothing was written" in run.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(workspace: Workspace, shell: str) -> None:
    assert "_OMNIGRID_COMPLETE" in workspace.run("completion", shell).out


def test_completion_of_commands_and_kinds(workspace: Workspace) -> None:
    asked = {"_OMNIGRID_COMPLETE": "bash_complete", "COMP_CWORD": "1", "COMP_WORDS": "omnigrid bu"}
    assert "build" in workspace.run(**asked, code=None).out
    kinds = {
        "_OMNIGRID_COMPLETE": "bash_complete",
        "COMP_CWORD": "2",
        "COMP_WORDS": "omnigrid list ",
    }
    assert "sector" in workspace.run(**kinds, code=None).out


def test_no_colour_where_none_is_wanted(workspace: Workspace) -> None:
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "Kitchen_Goods", "Kichen_Goods")
    assert "\x1b" not in workspace.run("check", code=1, NO_COLOR="1").out


def test_quiet_says_nothing(workspace: Workspace) -> None:
    run = workspace.run("-q", "build")
    assert (run.out, run.err) == ("", "")


def test_source_date_epoch_is_the_date(workspace: Workspace) -> None:
    workspace.run("build", SOURCE_DATE_EPOCH="1767225600")
    assert json.loads(workspace.read("build/api/status.json"))["data_as_of"] == "2026-01-01"
    assert "SOURCE_DATE_EPOCH" in workspace.run("build", SOURCE_DATE_EPOCH="soon", code=1).err

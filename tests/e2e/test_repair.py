"""What the command mends in build/ and in its memory, and what it does not even read."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from support.workspace import Workspace

WATER = "store rain water for the garden"

_WATCHED = """
import os, sys
log = open(sys.argv.pop(1), "w")
def note(event, arguments):
    if event == "open":
        name = arguments[0]
        log.write(os.path.abspath(os.fsdecode(name)) + "\\n" if not isinstance(name, int) else "")
sys.addaudithook(note)
from omnigrid.cli import main
main()
"""


def read_by(workspace: Workspace, *arguments: str) -> set[str]:
    """Run the command, and return which files of the portfolio it opened, but for its memory."""
    log = workspace.root.with_name("opened")
    command = [sys.executable, "-c", _WATCHED, str(log), *arguments]
    workspace.run_program(command)
    root = f"{workspace.root}/"
    opened = [line.removeprefix(root) for line in log.read_text().splitlines() if line[:1] == "/"]
    own = (".omnigrid/", ".git/", "/")
    files = (path for path in opened if not (workspace.root / path).is_dir())
    return {path for path in files if not path.startswith(own)}


def settle() -> None:
    """Let the file system's clock go on: what was changed just now may change again unseen."""
    time.sleep(0.05)


def files(workspace: Workspace) -> dict[str, bytes]:
    return {path: data for path, (data, _) in workspace.tree().items()}


@pytest.mark.parametrize(
    ("path", "harm", "said"),
    [
        ("index.html", lambda path: path.write_text("defaced"), "was changed by hand"),
        ("api/match.json", lambda path: path.write_bytes(b""), "was changed by hand"),
        (
            "sites/rainkeep/404.html",
            lambda path: path.write_bytes(path.read_bytes()[:-1]),
            "was changed by hand",
        ),
        ("api/brands/OUR-002.json", lambda path: path.unlink(), "is missing"),
    ],
)
def test_a_harmed_file_is_explained_and_repaired(
    workspace: Workspace, path: str, harm: Callable[[Path], object], said: str
) -> None:
    workspace.run("build")
    good = files(workspace)
    harm(workspace.root / "build" / path)
    assert f"{path} {said}" in workspace.run("explain", f"build/{path}").out
    assert workspace.run("build", "--json").json["written"] == [path]
    assert files(workspace) == good
    assert "fresh" in workspace.run("explain", f"build/{path}").out


def _of_another_version(path: Path) -> None:
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {"version": 99}))


@pytest.mark.parametrize(
    "harm",
    [
        _of_another_version,
        lambda path: path.write_bytes(path.read_bytes()[:1000]),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    ],
    ids=["of another version", "truncated", "emptied", "deleted"],
)
def test_an_unknown_manifest_means_a_clean_build(
    workspace: Workspace, harm: Callable[[Path], object]
) -> None:
    workspace.run("build")
    good = files(workspace)
    harm(workspace.root / "build/manifest.json")
    assert "never rendered before" in workspace.run("explain", "build/index.html").out
    assert len(workspace.run("build", "--json").json["written"]) == len(good) - 1
    assert files(workspace) == good


@pytest.mark.parametrize("damage", [b"", b"damaged", b"\xff" * 5000, b"{}", b"SQLite format 3\0"])
def test_a_damaged_memory_is_no_error(workspace: Workspace, damage: bytes) -> None:
    settle()
    workspace.run("build")
    workspace.run("check")
    good = files(workspace)
    kept = [path for path in (workspace.root / ".omnigrid/cache").iterdir() if path.is_file()]
    assert len(kept) >= 4
    for path in kept:
        path.write_bytes(damage)
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    workspace.run("build")
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "Pots that say", "Pans that say")
    workspace.run("build")
    assert files(workspace) == good


def test_a_memory_that_cannot_be_a_folder_is_no_error(workspace: Workspace) -> None:
    workspace.write(".omnigrid", "a file where a folder should be")
    workspace.run("build")
    good = files(workspace)
    workspace.run("build")
    assert files(workspace) == good


def test_a_build_after_nothing_changed_reads_no_file(workspace: Workspace) -> None:
    settle()
    workspace.run("build")
    assert read_by(workspace, "build") == set()


def test_a_check_after_nothing_changed_reads_no_file(workspace: Workspace) -> None:
    settle()
    workspace.run("check")
    assert read_by(workspace, "check") == set()


def test_a_match_after_nothing_changed_reads_no_file(workspace: Workspace) -> None:
    settle()
    workspace.run("match", WATER)
    assert read_by(workspace, "match", WATER) == set()


def test_what_is_remembered_answers_as_what_is_read(workspace: Workspace) -> None:
    """After each change, the first answer is of what was read, and the second of what was kept."""
    brand, sector = "brands/garden-supplies/rainkeep.yaml", "sectors/garden-supplies.yaml"
    said = set()
    for path, old, new in (
        (brand, "Rainkeep", "Dropkeep"),
        (sector, "name: Garden", "name: Yard"),
        ("omnigrid.yaml", "name:", "matching: {threshold: 100}\nname:"),
    ):
        settle()
        answers = [workspace.run("match", WATER).out for _ in range(2)]
        assert answers[0] == answers[1]
        said.add(answers[0])
        text = workspace.read(path)
        workspace.write(path, text.replace(old, new))
    settle()
    said.add(workspace.run("match", WATER).out)
    assert len(said) == 4
    for harm in (b"", b"{}", b"\xff"):
        (workspace.root / ".omnigrid/cache/asked.json").write_bytes(harm)
        assert workspace.run("match", WATER).out in said
    workspace.write(brand, "id: [")
    assert brand in workspace.run("match", WATER, code=1).err


def test_an_edited_file_is_the_only_brand_that_is_read(workspace: Workspace) -> None:
    settle()
    workspace.run("build")
    settle()
    edited = "brands/kitchen-goods/panhonest.yaml"
    workspace.edit(edited, "Pans that say", "Pots that say")
    opened = read_by(workspace, "build")
    data = ("brands/", "sectors/", "content/")
    assert {path for path in opened if path.startswith(data)} == {edited}
    untouched = "build/sites/rainkeep/"
    assert not {path for path in opened if path.startswith(untouched)}


def test_a_touched_file_that_says_the_same_renders_nothing(workspace: Workspace) -> None:
    workspace.run("build")
    for path in ("brands/kitchen-goods/panhonest.yaml", "omnigrid.yaml"):
        (workspace.root / path).touch()
    assert workspace.run("build", "--json").json["rendered"] == []

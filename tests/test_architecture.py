"""The house as drawn in docs/ARCHITECTURE.md, held by reading the imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "omnigrid"

LAYERS = {
    "model": 0,
    "installed": 0,
    "check": 1,
    "match": 1,
    "plan": 1,
    "render": 1,
    "load": 1,
    "packs": 1,
    "run": 1,
    "output": 1,
    "hosting": 1,
    "journal": 1,
    "starter": 1,
    "intake": 1,
    "serve": 1,
    "inbox": 2,
    "warm": 2,
    "reading": 2,
    "workspace": 2,
    "matching": 2,
    "lint": 2,
    "fetching": 2,
    "finder": 3,
    "standing": 3,
    "survey": 4,
    "asking": 5,
    "supply": 3,
    "locking": 4,
    "new": 4,
    "drop": 4,
    "blueprint": 5,
    "press": 6,
    "build": 7,
    "merge": 5,
    "diff": 5,
    "linting": 5,
    "fanout": 2,
    "direct": 8,
    "targets": 5,
    "foretaste": 8,
    "deploy": 4,
    "consent": 4,
    "ledger": 4,
    "ready": 4,
    "campaign": 5,
    "settled": 8,
    "published": 8,
    "delivery": 9,
    "publish": 10,
    "rollback": 10,
    "serving": 10,
    "status": 11,
    "auditing": 10,
    "measuring": 12,
    "learner": 2,
    "answering": 9,
    "preview": 9,
    "phases": 2,
    "tracking": 2,
    "uploads": 5,
    "package": 11,
    "reception": 12,
    "launch_look": 12,
    "launch": 13,
    "launchpad": 14,
    "cli": 15,
}
PURE = {"model", "check", "match", "plan", "render", "lint"}
EDGE_MODULES = {"subprocess", "socket", "urllib.request", "http", "git", "tempfile", "shutil", "os"}
FACE_ONLY = {"os.environ", "time", "datetime.now", "sys.stdout", "sys.stdin"}


def source_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield f"{node.module}"


def room_imports(tree: ast.Module) -> set[str]:
    parts = (name.split(".") for name in imports_of(tree))
    return {part[1] for part in parts if part[0] == "omnigrid" and len(part) > 1}


def faults(room: str, tree: ast.Module) -> list[str]:
    found = []
    for other in room_imports(tree) - {room}:
        if LAYERS[other] >= LAYERS[room]:
            found.append(f"{room} imports {other}, which is not below it")
    modules = set(imports_of(tree))
    if room in PURE:
        found += [f"{room} is pure but imports {name}" for name in sorted(modules & EDGE_MODULES)]
        found += [f"{room} is pure but opens files" for node in ast.walk(tree) if _opens(node)]
    if room not in {"hosting"}:
        found += [f"{room} touches git" for name in modules if name.split(".")[0] == "git"]
    if room != "cli":
        names = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        found += [f"{room} uses {name}" for name in sorted(names & FACE_ONLY)]
        found += [f"{room} imports {name}" for name in sorted(modules & {"time"})]
    return found


def _opens(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    return called == "open" or called.endswith((".read_text", ".read_bytes", ".write_text"))


@pytest.mark.parametrize("path", source_files(), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_a_file_keeps_to_its_room(path: Path) -> None:
    if path.parent == SOURCE and path.stem in {"__init__", "__main__"}:
        return
    assert faults(room_of(path), ast.parse(path.read_text())) == []


def test_every_room_says_what_it_is_for() -> None:
    for room in LAYERS:
        folder = SOURCE / room
        if folder.is_dir():
            text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
            assert text, room
            assert len(text.splitlines()) <= 6, room


def test_no_file_becomes_a_drawer() -> None:
    long = {p.name: n for p in source_files() if (n := len(p.read_text().splitlines())) > 260}
    assert long == {}


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("check", "from omnigrid.load.yaml import parse_yaml"),
        ("render", "from omnigrid.output.folder import open_build"),
        ("plan", "import subprocess"),
        ("match", "from omnigrid.hosting.host import Host"),
        ("model", "from omnigrid.check.nearest import nearest"),
        ("output", "import git"),
        ("load", "import os\nx = os.environ"),
        ("build", "from omnigrid.cli.session import Session"),
        ("render", "text = open('x')"),
    ],
)
def test_the_rules_bite(room: str, line: str) -> None:
    assert faults(room, ast.parse(line)) != []

"""Packs that mean harm, by the installed command: their sites fail, all others are built."""

import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from support.hostile import BOMBS, BURIED, ESCAPES, SIGNS
from support.small import Files, Small, sector, write_files
from support.workspace import Run, Workspace

_SLOW = [name for name, hostile in BOMBS.items() if hostile.said in {"", "too much"}]
"""Those that are stopped once they took all of their steps: here, some of them."""
TEMPLATES = {
    name: hostile
    for name, hostile in {**BOMBS, **BURIED, **ESCAPES, **SIGNS}.items()
    if name not in _SLOW[1::3] and name not in _SLOW[2::3]
}
LARGEST_MEMORY = 512 * 1024
"""KiB of the largest process of a build. A template may keep some 100 MiB."""
_MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


def pack_of(number: int) -> str:
    return f"hostile{number:03d}"


def portfolio() -> Files:
    """Return a portfolio with a pack, a sector and a brand for each hostile template."""
    small = Small()
    for number, hostile in enumerate(TEMPLATES.values()):
        add_pack(small, number, {"index.html": hostile.source.encode()})
    return small.files()


def add_pack(small: Small, number: int, files: Files) -> None:
    """Add a pack with these files, and a brand in a sector of its own that uses it."""
    pack, plain = pack_of(number), small.packs["plain"]
    facts = plain["pack.yaml"].replace(b'"plain"', f'"{pack}"'.encode())
    small.packs[pack] = {"pack.yaml": facts, "index.html": plain["index.html"], **files}
    small.sectors[pack] = sector(f"Sector{number}", pack)
    small.brands[pack] = small.brands["spade"] | {
        "id": f"BAD-{number:03d}",
        "name": f"Hostile {number}",
        "sector": f"Sector{number}",
    }


def measured(workspace: Workspace, *arguments: str) -> tuple[Run, int]:
    """Build, and return the run and the memory of its largest process, in KiB."""
    command = str(Path(sys.executable).with_name("omnigrid"))
    run = workspace.run_program([sys.executable, "-c", _MEASURED, command, *arguments], None)
    return run, int(run.out.split()[-1])


class Built(NamedTuple):
    """What a build with all hostile packs left."""

    workspace: Workspace
    run: Run
    memory: int

    def said(self) -> list[str]:
        return re.findall(r"^template_packs/.*: error\[OG402\]: .*$", self.run.err, re.MULTILINE)


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _build(tmp_path_factory.mktemp("serial"), "--executor", "serial")


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _build(tmp_path_factory.mktemp("processes"), "--jobs", "3")


def _build(root: Path, *options: str) -> Built:
    workspace = Workspace(root / "portfolio")
    workspace.root.mkdir()
    write_files(workspace.root, portfolio())
    return Built(workspace, *measured(workspace, "build", *options))


def test_every_hostile_pack_is_named_with_its_file_and_line(serial: Built) -> None:
    assert serial.run.code == 1
    expected = [
        f"template_packs/{pack_of(number)}/index.html:{hostile.line}:1"
        for number, hostile in enumerate(TEMPLATES.values())
    ]
    assert sorted(line.split(": ")[0] for line in serial.said()) == sorted(expected)


def test_the_verdict_is_the_same_wherever_it_is_rendered(serial: Built, processes: Built) -> None:
    assert serial.said() == processes.said()
    assert processes.run.code == 1


def test_the_other_sites_are_built(serial: Built, processes: Built) -> None:
    for built in (serial, processes):
        sites = {path.name for path in (built.workspace.root / "build" / "sites").iterdir()}
        assert sites == {"spade", "rainkeep", "seedwell", "panhonest", "kettle"}
        assert "Spade for everyone" in built.workspace.read("build/sites/spade/index.html")
        assert (built.workspace.root / "build" / "index.html").is_file()


def test_a_build_with_hostile_packs_stays_small(serial: Built, processes: Built) -> None:
    assert max(serial.memory, processes.memory) < LARGEST_MEMORY


_MANY = b"{% for i in range(99999) %}{% include 'part' ~ i ~ '.html' %}{% endfor %}"
FILES: dict[str, tuple[Files, str]] = {
    "bytes that are no text": ({"index.html": b"one\n\xff\xfe"}, "index.html:2"),
    "a part that is no text": ({"index.html": b"{% include 'a' %}", "a": b"\xff"}, "a:1"),
    "settings that are deep": ({"config.json": b"[" * 100_000}, "config.json:1"),
    "many files": (
        {"index.html": _MANY} | {f"part{number}.html": b"x" for number in range(2_000)},
        "index.html:1",
    ),
    "a lost page": ({"404.html": b"\n\n{{ brand.name * 10**9 }}"}, "404.html:3"),
    "an evil name": (
        {"index.html": b"{% include 'a\\n\\x1b[2Jb.html' %}", "a\n\x1b[2Jb.html": b"{{"},
        "",
    ),
}


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A second build, after packs that were sound got files that mean harm."""
    root = tmp_path_factory.mktemp("changed")
    workspace, small = Workspace(root), Small()
    for number, _ in enumerate(FILES):
        add_pack(small, number, {})
    write_files(root, small.files())
    workspace.run("build", "--executor", "serial")
    for number, (files, _) in enumerate(FILES.values()):
        add_pack(small, number, files)
    small.brands["spade"]["tagline"] = "Sharper than before"
    write_files(root, small.files())
    return Built(workspace, *measured(workspace, "build", "--executor", "serial"))


@pytest.mark.parametrize("kind", FILES)
def test_files_that_mean_harm(changed: Built, kind: str) -> None:
    pack = pack_of([*FILES].index(kind))
    place = f"template_packs/{pack}/{FILES[kind][1]}"
    assert changed.run.code == 1
    assert any(line.startswith(place) for line in changed.said()), changed.run.err
    # The site stays as the last build left it.
    assert "Hostile" in changed.workspace.read(f"build/sites/{pack}/index.html")


def test_the_sites_beside_them_are_built_anew(changed: Built) -> None:
    assert "Sharper than before" in changed.workspace.read("build/sites/spade/index.html")
    assert "\x1b[2J" not in changed.run.err, "no name of a file is sent to the terminal as it is"
    assert changed.memory < LARGEST_MEMORY


def test_a_pack_cannot_write_into_the_compiled_templates(tmp_path: Path) -> None:
    """They are kept for the user; what a portfolio has in their place is not looked at."""
    small = Small()
    workspace = Workspace(tmp_path / "portfolio")
    poisoned = {".omnigrid/cache/templates/__jinja2_x.cache": b"poison", ".omnigrid/cache/x": b"y"}
    cache = workspace.keep_apart()
    write_files(workspace.root, small.files() | poisoned)
    workspace.run("build")
    kept = [path for path in cache.rglob("*") if path.is_file() and "template" in str(path)]
    assert kept
    for path in kept:
        path.write_bytes(b"damaged")
    small.packs["plain"]["index.html"] += b"!"
    write_files(workspace.root, small.files())
    workspace.run("build")
    assert workspace.read("build/sites/spade/index.html").endswith("!")

"""Reading a tree: kinds by place, and files that are no text."""

import weakref
from pathlib import Path

import pytest

from omnigrid.load.disk import DiskTree
from omnigrid.model.digests import digest_bytes
from omnigrid.model.errors import InputError
from omnigrid.model.findings import Finding
from omnigrid.model.source import Claims, Kind, Readings
from omnigrid.reading import CHUNK, begin_reading, read_files
from omnigrid.run.processes import ProcessExecutor


def write(root: Path, path: str, data: bytes = b"id: x\n") -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def findings_of(root: Path) -> list[Finding]:
    files = read_files(DiskTree(root)).files
    return [found for each in files if each.kind is not Kind.CONFIG for found in each.findings]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "omnigrid.yaml", b"name: Test\n")
    return tmp_path


def test_a_folder_without_configuration_is_no_portfolio(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no portfolio here") as caught:
        read_files(DiskTree(tmp_path))
    assert "omnigrid init" in caught.value.hint


def test_files_are_what_their_place_says_at_any_depth(root: Path) -> None:
    write(root, "brands/deep/down/one.yaml")
    write(root, "brands/two.yml")
    write(root, "brands/.hidden.yaml")
    write(root, "brands/notes.txt")
    write(root, "sectors/a.yaml")
    write(root, "content/x/page.md", b"---\ntitle: T\n---\n\nBody\n")
    write(root, "template_packs/p/pack.yaml")
    found = {(d.kind, d.path) for d in read_files(DiskTree(root)).files}
    assert found == {
        (Kind.CONFIG, "omnigrid.yaml"),
        (Kind.BRAND, "brands/deep/down/one.yaml"),
        (Kind.BRAND, "brands/two.yml"),
        (Kind.SECTOR, "sectors/a.yaml"),
        (Kind.PAGE, "content/x/page.md"),
        (Kind.PACK, "template_packs/p/pack.yaml"),
    }


def test_a_page_is_front_matter_and_body(root: Path) -> None:
    write(root, "content/page.md", b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\n\r\nBody\r\n")
    page = next(d for d in read_files(DiskTree(root)).files if d.kind is Kind.PAGE)
    assert (page.body, page.claims) == (digest_bytes(b"Body\n"), Claims())


@pytest.mark.parametrize(
    ("path", "data", "code", "line"),
    [
        ("brands/a.yaml", b"a: \xff\xfe", "OG109", 1),
        ("brands/a.yaml", b"ok: 1\nname: caf\xe9\n", "OG109", 2),
        ("brands/a.yaml", b"x" * (256 * 1024 + 1), "OG108", 1),
        ("content/a.md", b"no fence\n", "OG110", 1),
        ("content/a.md", b"---\ntitle: no end\n", "OG110", 1),
        ("content/a.md", b"\x89PNG\r\n\x1a\n\x00", "OG109", 1),
        ("content/a.md", b"---\nx: 1\ntitle: a: b\n---\n", "OG101", 3),
    ],
)
def test_what_cannot_be_read_is_a_finding(
    root: Path, path: str, data: bytes, code: str, line: int
) -> None:
    write(root, path, data)
    (finding,) = findings_of(root)
    assert (finding.place.path, finding.code) == (path, code)
    assert finding.place.span is not None
    assert finding.place.span.line == line


def test_a_pack_without_its_file_is_a_finding(root: Path) -> None:
    write(root, "template_packs/p/index.html", b"x")
    (finding,) = findings_of(root)
    assert finding.code == "OG401"


def said(readings: Readings) -> list[object]:
    return [(each.path, each.file, each.digest, each.findings) for each in readings.files]


def test_a_reading_that_began_in_processes_ends_with_what_all_files_say(root: Path) -> None:
    for number in range(4 * CHUNK):
        write(root, f"brands/garden/b-{number}.yaml", f"id: GAR-{number:03d}\nname: N\n".encode())
    tree = DiskTree(root)
    begun = begin_reading(tree, executor=ProcessExecutor(2))
    assert said(begun()) == said(read_files(tree))
    held = weakref.ref(tree)
    del tree
    assert held() is None, "who ended it may be held to the end of a build, and holds nothing"

"""Any file becomes a page: dropped by the command, checked, built; and what is refused."""

import os
from pathlib import Path

import pytest

from support.dropped import MORE, everyday_files, packed, photograph
from support.hostile_files import TOKEN
from support.workspace import Workspace

GREEN = "no faults: the portfolio can be built\n"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the portfolio where files lie."""
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def test_twenty_files_become_pages_that_are_built(workspace: Workspace, outside: Path) -> None:
    files = everyday_files()
    assert len(files) == 20
    paths = [put(outside, name, data) for name, data in files.items()]
    run = workspace.run("drop", *paths, "--brand", "OUR-001", "--alt", "What is shown", "--json")
    pages = run.json["pages"]
    assert run.json["refused"] == []
    assert len(pages) == 21  # Two of them from the archive.
    assert workspace.run("check").err == GREEN
    workspace.run("build")
    site = workspace.root / "build/sites/seedwell"
    for page in pages:
        html = (site / f"{Path(page['path']).stem}.html").read_text()
        assert page["title"] in html
        assert "<script>" not in html
        assert "onclick" not in html


def built_page(workspace: Workspace, outside: Path, name: str) -> str:
    path = put(outside, name, everyday_files()[name])
    run = workspace.run("drop", path, "--brand", "OUR-001", "--alt", "A harbour", "--json")
    workspace.run("build")
    return workspace.read(f"build/sites/seedwell/{Path(run.json['pages'][0]['path']).stem}.html")


def test_the_built_page_of_a_word_file(workspace: Workspace, outside: Path) -> None:
    html = built_page(workspace, outside, "onboarding.docx")
    assert html.count("Supplier onboarding for the spring season</h1>") == 1
    assert "<h2" in html
    assert "<li>a certificate of origin</li>" in html
    assert "<td>Review | audit</td>" in html


def test_the_built_page_of_a_workbook(workspace: Workspace, outside: Path) -> None:
    html = built_page(workspace, outside, "plan.xlsx")
    assert "A workbook with 2 tables: Staff, Shops." in html
    assert html.count("<table>") == 2
    assert "<td>North &amp; West</td>" in html


def test_the_built_page_of_a_photograph(workspace: Workspace, outside: Path) -> None:
    html = built_page(workspace, outside, "harbour.jpg")
    assert 'alt="A harbour"' in html
    assert "2025-08-17" in html
    pictures = list((workspace.root / "build/sites/seedwell/pictures").iterdir())
    assert pictures
    assert not any(b"SecretCamera" in each.read_bytes() for each in pictures)
    kept = workspace.root / "content/drops/harbour/harbour.jpg"
    assert b"SecretCamera" not in kept.read_bytes()


def test_it_says_what_it_did_and_what_to_do(workspace: Workspace, outside: Path) -> None:
    text = b"Rain barrels for dry summers\n\nWe want to store rain water for our garden beds.\n"
    run = workspace.run("drop", put(outside, "need.txt", text))
    assert run.out.startswith("content/drops/rain-barrels-for-dry-summers.md\n")
    assert "  from     need.txt (text)\n" in run.out
    assert "OUR-002" in run.out
    assert "because of:" in run.out
    assert run.err == (
        "next: read and edit content/drops/rain-barrels-for-dry-summers.md, then "
        "`omnigrid check`, commit and open a pull request\n"
    )
    assert workspace.run("check").err == GREEN


def test_what_matches_nothing_is_said(workspace: Workspace, outside: Path) -> None:
    run = workspace.run("drop", put(outside, "zq.bin", bytes(range(256)) * 9), "--json")
    assert run.json["pages"][0]["unmatched"] is True
    assert run.json["pages"][0]["brand"] is None
    run = workspace.run("drop", put(outside, "zz.bin", bytes(range(256)) * 8))
    assert "no confident match" in run.out
    assert "reword its `intent:`" in run.err


def test_what_is_stated_is_written(workspace: Workspace, outside: Path) -> None:
    options = ("--sector", "Garden_Supplies", "--priority", "high", "--folder", "needs/2026")
    path = put(outside, "a.txt", MORE.encode())
    run = workspace.run("drop", path, *options, "--json")
    page = run.json["pages"][0]
    assert page["path"].startswith("content/needs/2026/")
    assert page["matches"][0]["parts"]["priority"] is not None
    assert "sector: Garden_Supplies\n" in workspace.read(page["path"])
    assert "priority: high\n" in workspace.read(page["path"])


def test_a_dry_run_writes_nothing(workspace: Workspace, outside: Path) -> None:
    before = workspace.tree("content")
    run = workspace.run("drop", put(outside, "a.txt", MORE.encode()), "--dry-run")
    assert "content/drops/" in run.out
    assert run.err == "dry run: nothing was written\n"
    assert workspace.tree("content") == before


def test_nothing_is_overwritten(workspace: Workspace, outside: Path) -> None:
    first = put(outside, "memo.txt", MORE.encode())
    workspace.run("drop", first)
    before = workspace.tree("content")
    run = workspace.run("drop", first, code=3)
    assert "memo.txt: it was dropped before, as content/drops/memo-text.md" in run.err
    assert workspace.tree("content") == before
    workspace.run("drop", put(outside, "memo.txt", b"Something else is written in this memo."))
    assert (workspace.root / "content/drops/memo-text-2.md").is_file()
    assert workspace.tree("content")["drops/memo-text.md"] == before["drops/memo-text.md"]


def test_one_bad_file_does_not_stop_the_others(workspace: Workspace, outside: Path) -> None:
    good = put(outside, "good.txt", MORE.encode())
    run = workspace.run("drop", put(outside, "empty.txt", b""), good, code=1)
    assert (workspace.root / "content/drops/good-text.md").is_file()
    assert "error: empty.txt: it is empty\nhint: see that it was saved" in run.err
    assert "error: 1 not taken, 1 written" in run.err


def test_a_broken_file_elsewhere_is_no_obstacle(workspace: Workspace, outside: Path) -> None:
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "owner:", "ownr:")
    run = workspace.run("drop", put(outside, "a.txt", MORE.encode()))
    assert "not known: the portfolio has faults" in run.out


def test_own_front_matter_is_kept_where_it_is_valid(workspace: Workspace, outside: Path) -> None:
    run = workspace.run("drop", put(outside, "a.md", everyday_files()["timber.md"]))
    text = workspace.read("content/drops/timber-by-the-book.md")
    assert "\nintent: report where the timber of our shops comes from\n" in text
    assert "\ntags: [timber, audit]\n" in text
    assert "colour" not in text
    assert "Nowhere" not in text
    assert 'unknown key "colour"' in run.out


def test_a_page_that_the_check_refuses_is_not_written(workspace: Workspace, outside: Path) -> None:
    before = workspace.tree("content")
    deep = "> " * 40 + "quoted\n"
    run = workspace.run("drop", put(outside, "deep.md", f"# Deep\n\n{deep}".encode()), code=1)
    assert "nested more than" in run.err
    assert workspace.tree("content") == before


@pytest.mark.parametrize("kind", ["link", "pipe", "device", "folder", "missing"])
def test_what_is_no_file_is_refused(workspace: Workspace, outside: Path, kind: str) -> None:
    path = outside / "thing.txt"
    if kind == "link":
        path.symlink_to("/etc/passwd")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    before = workspace.tree("content")
    run = workspace.run("drop", str(path), code=1)
    assert "cannot be read" in run.err
    assert workspace.tree("content") == before


@pytest.mark.parametrize("link", ["content", "content/drops"])
def test_nothing_is_written_through_a_link(workspace: Workspace, outside: Path, link: str) -> None:
    elsewhere = outside / "elsewhere"
    elsewhere.mkdir()
    target = workspace.root / link
    if target.is_dir():
        target.rename(outside / "before")
    target.symlink_to(elsewhere)
    path = put(outside, "a.txt", MORE.encode())
    run = workspace.run("drop", path, code=3)
    assert f"{link} is a link to another place" in run.err
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("folder", ["..", "../x", "/tmp", "a//b", "A b", ".git"])  # noqa: S108
def test_a_folder_is_only_a_name(workspace: Workspace, outside: Path, folder: str) -> None:
    path = put(outside, "a.txt", MORE.encode())
    assert "is no folder" in workspace.run("drop", path, "--folder", folder, code=2).err


def test_unknown_references_are_usage(workspace: Workspace, outside: Path) -> None:
    path = put(outside, "a.txt", MORE.encode())
    run = workspace.run("drop", path, "--sector", "Garden_Suplies", code=1)
    assert 'unknown sector "Garden_Suplies"\nhint: did you mean "Garden_Supplies"' in run.err


def test_a_secret_never_reaches_the_portfolio(workspace: Workspace, outside: Path) -> None:
    data = packed({"notes.txt": f"{MORE} The token is {TOKEN}.".encode(), "b.jpg": photograph()})
    run = workspace.run("drop", put(outside, f"{TOKEN}.zip", data))
    assert TOKEN not in run.out + run.err
    for _, (content, _) in workspace.tree("content").items():
        assert TOKEN.encode() not in content


def test_no_portfolio(workspace: Workspace, outside: Path) -> None:
    path = put(outside, "a.txt", MORE.encode())
    assert "no portfolio here" in workspace.run("-C", str(outside), "drop", path, code=1).err

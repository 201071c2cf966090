"""Files beside a page: handed out by its site, rebuilt when edited, gone when deleted."""

from pathlib import Path

import pytest

from omnigrid.check.portfolio import check_portfolio
from omnigrid.load.disk import DiskTree
from omnigrid.model.findings import Severity
from omnigrid.model.source import Readings
from omnigrid.reading import read_files
from support.small import Small, build, tree, write_files

SITE = "build/sites/panhonest"
LIST = "content/news/Price List™ (final).PDF"
PDF = b"%PDF-1.7\nwhole\n%%EOF\n"
HOSTILE = {
    "page.html": b"<script>alert(1)</script>",
    "drawing.svgz": b"x",
    "tool.exe": b"MZ",
    "run.js": b"alert(1)",
    "really-a-page.csv": b"\n <html><script>alert(1)</script>",
    "not-a.pdf": b"<html>",
    "script.pdf": b"%PDF-1.7 /OpenAction /JavaScript (x)",
    "macro.docx": b"PK\x03\x04 word/vbaProject.bin",
    "secret.txt": b"token ghp_0123456789abcdefghijABCDEFGHIJ012345",
    "binary.json": b"{\0}",
    "empty.txt": b"",
}


@pytest.fixture
def small(tmp_path: Path) -> Small:
    small = Small()
    small.beside = {LIST: PDF, "content/news/a.csv": b"a,b\n1,2\n"}
    small.bodies["news"] = "See [the list](news/Price%20List%E2%84%A2%20(final).PDF).\n"
    write_files(tmp_path, small.files())
    return small


def downloads(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / SITE / "downloads").glob("*")}


def readings(root: Path) -> Readings:
    return read_files(DiskTree(root))


def test_a_site_hands_out_what_stands_beside_its_page(small: Small, tmp_path: Path) -> None:
    build(tmp_path)
    found = downloads(tmp_path)
    pdf, table = sorted(found, key=lambda name: name.endswith("csv"))
    assert pdf.startswith("price-list-final-")
    assert pdf.endswith(".pdf")
    assert found == {pdf: PDF, table: b"a,b\n1,2\n"}
    page = (tmp_path / SITE / "news.html").read_text()
    assert page.count(f'href="downloads/{pdf}" download="Price List™ (final).PDF"') == 2
    assert "PDF, 21 bytes" in page
    assert "CSV table, 8 bytes" in page
    headers = (tmp_path / SITE / "_headers").read_text()
    rule = headers[headers.index("/downloads/*") :].split("\n/")[0]
    assert "Content-Disposition: attachment" in rule
    assert "X-Content-Type-Options: nosniff" in headers
    assert (
        f"{SITE.removeprefix('build/')}/downloads/{pdf}"
        in (tmp_path / "build/manifest.json").read_text()
    )


def test_an_edit_rebuilds_its_site_alone_and_equals_a_clean_build(
    small: Small, tmp_path: Path
) -> None:
    build(tmp_path)
    before = downloads(tmp_path)
    small.beside["content/news/a.csv"] = b"a,b\n3,4\n"
    write_files(tmp_path, small.files())
    assert [each.job.id for each in build(tmp_path).rendered] == ["site:panhonest"]
    after = downloads(tmp_path)
    assert len(after.keys() - before.keys()) == len(before.keys() - after.keys()) == 1
    build(tmp_path, out="part-clean")
    assert tree(tmp_path / "build") == tree(tmp_path / "part-clean")
    small.beside.clear()
    write_files(tmp_path, small.files())
    build(tmp_path)
    assert downloads(tmp_path) == {}
    assert "downloads" not in (tmp_path / SITE / "_headers").read_text()


def test_what_is_not_published_is_said_and_stops_nothing(small: Small, tmp_path: Path) -> None:
    small.beside |= {f"content/news/{name}": data for name, data in HOSTILE.items()}
    small.beside["content/elsewhere/tool.exe"] = b"MZ"
    write_files(tmp_path, small.files())
    portfolio, findings = check_portfolio(readings(tmp_path), None, doubts=False)
    said = {each.place.path: each for each in findings if each.code == "OG251"}
    assert said.keys() == {f"content/news/{name}" for name in HOSTILE}
    assert {each.severity for each in said.values()} == {Severity.WARNING}
    assert not any("ghp_" in each.message + each.hint for each in findings)
    assert portfolio is not None
    build(tmp_path)
    assert sorted(name.partition("-")[0] for name in downloads(tmp_path)) == ["a", "price"]


def test_a_page_hands_out_only_so_much(small: Small, tmp_path: Path) -> None:
    small.beside = {f"content/news/{n:02d}.txt": b"%d" % n for n in range(22)}
    write_files(tmp_path, small.files())
    findings = check_portfolio(readings(tmp_path), None, doubts=False).findings
    assert [each.place.path for each in findings] == ["content/news/20.txt", "content/news/21.txt"]
    build(tmp_path)
    assert len(downloads(tmp_path)) == 20

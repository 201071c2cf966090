"""`omnigrid preview`, run as somebody runs it beside an editor, and asked over HTTP."""

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.previewed import Previewed, previewed, wait_until
from support.workspace import Workspace

SITES = "written"
"""A word of the line that is printed after each build."""


@pytest.fixture
def preview(workspace: Workspace) -> Iterator[Previewed]:
    with previewed(workspace) as running:
        yield running


def brands(workspace: Workspace) -> list[Path]:
    return sorted((workspace.root / "brands").rglob("*.yaml"))


def slug(workspace: Workspace) -> str:
    return brands(workspace)[0].stem


def retitle(brand: Path, tagline: str) -> None:
    lines = brand.read_text(encoding="utf-8").splitlines()
    changed = [f"tagline: {tagline}" if line.startswith("tagline:") else line for line in lines]
    brand.write_text("\n".join(changed) + "\n", encoding="utf-8")


def faults_of(running: Previewed) -> int:
    count: int = json.loads(running.ask("/health").body)["faults"]
    return count


def shows(running: Previewed, path: str, text: str) -> None:
    wait_until(lambda: text.encode() in running.ask(path).body, running.said)


def test_it_serves_what_build_makes_and_adds_a_script_on_the_way(
    workspace: Workspace, preview: Previewed
) -> None:
    page = f"/sites/{slug(workspace)}/index.html"
    served = preview.ask(page)
    assert served.status == 200
    assert served.headers["content-type"] == "text/html; charset=utf-8"
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in served.headers
    written = (workspace.root / f"build{page}").read_bytes()
    assert b"__omnigrid" in served.body
    assert b"__omnigrid" not in written
    lines = served.body.splitlines(keepends=True)
    assert b"".join(line for line in lines if b"__omnigrid" not in line) == written
    assert preview.ask(page[: -len("index.html")]).body == served.body


def test_a_known_file_is_not_sent_again(preview: Previewed) -> None:
    first = preview.ask("/portfolio.css")
    again = preview.ask("/portfolio.css", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    head = preview.ask("/portfolio.css", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(first.body))


def test_a_saved_brand_is_rebuilt_as_a_clean_build_has_it(
    workspace: Workspace, preview: Previewed, tmp_path: Path
) -> None:
    retitle(brands(workspace)[0], "Entirely other words")
    shows(preview, f"/sites/{slug(workspace)}/", "Entirely other words")
    preview.wait_for(SITES, times=2)
    workspace.run("-q", "build", "--out", str(tmp_path / "clean"))
    shutil.copytree(workspace.root / "build", tmp_path / "left")
    clean, left = (Workspace(tmp_path).tree(name) for name in ("clean", "left"))
    assert {path: data for path, (data, _) in left.items()} == {
        path: data for path, (data, _) in clean.items()
    }


def test_it_ends_by_ctrl_c_with_0_and_says_where_it_is(
    workspace: Workspace, preview: Previewed
) -> None:
    assert preview.address.startswith("http://127.0.0.1:")
    assert preview.stop() == 0
    assert "Traceback" not in preview.said()


def test_it_ends_although_a_page_listens(preview: Previewed) -> None:
    host, port = preview.address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), 30) as listening:
        listening.sendall(f"GET /__omnigrid/events HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert b"200 OK" in listening.recv(4096)
        assert preview.stop() == 0


def test_a_second_one_says_where_the_first_is(workspace: Workspace, preview: Previewed) -> None:
    second = workspace.run("preview", code=75)
    assert preview.address in second.err
    assert str(preview.process.pid) in second.err


def test_a_port_that_is_taken_is_said(workspace: Workspace, preview: Previewed) -> None:
    port = preview.address.rstrip("/").rpartition(":")[2]
    second = workspace.run("preview", "--port", port, code=75)
    assert port in second.err
    assert "--port" in second.err


def test_where_no_portfolio_is_nothing_is_served(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no portfolio here" in Workspace(empty).run("preview", code=1).err
    assert list(empty.iterdir()) == []


def test_it_starts_with_a_broken_portfolio_shows_all_faults_and_recovers(
    workspace: Workspace,
) -> None:
    brand, sector = brands(workspace)[0], sorted((workspace.root / "sectors").iterdir())[0]
    good = brand.read_text(encoding="utf-8")
    brand.write_text(good.replace("sector: ", "sector: Un"), encoding="utf-8")
    told = sector.read_text(encoding="utf-8")
    sector.write_text(told + "nonsense: 1\n", encoding="utf-8")
    with previewed(workspace) as preview:
        shown = preview.ask("/")
        assert shown.status == 503
        for path in (brand, sector):
            name = path.relative_to(workspace.root).as_posix()
            assert f'href="vscode://file{path}:'.encode() in shown.body
            assert f">{name}:".encode() in shown.body
        assert b"hint: " in shown.body
        assert b"nonsense: 1\n^^^" in shown.body
        assert preview.ask("/brand/X").status == 503
        assert faults_of(preview) >= 2
        brand.write_text(good, encoding="utf-8")
        sector.write_text(told, encoding="utf-8")
        wait_until(lambda: faults_of(preview) == 0, preview.said)
        assert preview.ask("/").status == 200


def test_a_fault_leaves_the_last_build_as_it_was(workspace: Workspace, preview: Previewed) -> None:
    before, brand = workspace.tree(), brands(workspace)[0]
    good = brand.read_text(encoding="utf-8")
    brand.write_text(good + "nonsense: 1\n", encoding="utf-8")
    wait_until(lambda: faults_of(preview) == 1, preview.said)
    assert workspace.tree() == before
    assert preview.ask(f"/sites/{brand.stem}/").status == 200
    brand.write_text(good, encoding="utf-8")
    wait_until(lambda: faults_of(preview) == 0, preview.said)


def test_a_burst_is_one_rebuild(workspace: Workspace) -> None:
    for number in range(200):
        workspace.write(f"content/many/page-{number}.md", _page(number, "first"))
    workspace.commit("Many pages")
    workspace.git("checkout", "-q", "-b", "other")
    for number in range(200):
        workspace.write(f"content/many/page-{number}.md", _page(number, "second"))
    workspace.commit("All of them anew")
    with previewed(workspace) as preview:
        workspace.git("checkout", "-q", "main")
        preview.wait_for(SITES, times=2)
        retitle(brands(workspace)[0], "One more")
        preview.wait_for(SITES, times=3)
        shows(preview, f"/sites/{slug(workspace)}/", "One more")
        assert preview.said().count(SITES) == 3


def _page(number: int, word: str) -> str:
    return f"---\ntitle: Page {number} {word}\nbrand: {{brand}}\n---\n\nText.\n".replace(
        "brand: {brand}", "intent: store rain water"
    )


def test_editors_that_write_elsewhere_and_rename_are_understood(
    workspace: Workspace, preview: Previewed
) -> None:
    brand = brands(workspace)[0]
    retitle(brand, "Written by vim")
    text = brand.read_text(encoding="utf-8")
    (brand.parent / "4913").write_text("")
    (brand.parent / "4913").unlink()
    brand.rename(brand.with_name(f"{brand.name}~"))
    brand.write_text(text.replace("vim", "vi"), encoding="utf-8")
    brand.with_name(f"{brand.name}~").unlink()
    shows(preview, f"/sites/{brand.stem}/", "Written by vi")
    (brand.parent / f".{brand.name}.swp").write_bytes(b"b0VIM 9.0")
    aside = brand.with_name(f".{brand.name}.tmp")
    aside.write_text(text.replace("vim", "another"), encoding="utf-8")
    aside.replace(brand)
    shows(preview, f"/sites/{brand.stem}/", "Written by another")
    assert "fault" not in preview.said()


def test_folders_that_go_and_come_again_are_followed(
    workspace: Workspace, preview: Previewed
) -> None:
    aside = workspace.root / "aside"
    (workspace.root / "brands").rename(aside)
    wait_until(lambda: preview.ask(f"/sites/{slug_in(aside)}/").status != 200, preview.said)
    aside.rename(workspace.root / "brands")
    wait_until(lambda: preview.ask(f"/sites/{slug(workspace)}/").status == 200, preview.said)
    retitle(brands(workspace)[0], "Seen after all")
    shows(preview, f"/sites/{slug(workspace)}/", "Seen after all")


def slug_in(folder: Path) -> str:
    return sorted(folder.rglob("*.yaml"))[0].stem


def test_drafts_are_shown_on_request_and_never_reach_build(workspace: Workspace) -> None:
    brand = brands(workspace)[0]
    said = brand.read_text(encoding="utf-8").splitlines()
    brand_id = next(line for line in said if line.startswith("id:")).partition(": ")[2]
    head = f"---\ntitle: Half a thought\nbrand: {brand_id}\ndraft: true\n---\n\nWords.\n"
    workspace.write("content/half.md", head)
    page = f"/sites/{brand.stem}/half.html"
    with previewed(workspace) as plain:
        assert plain.ask(page).status == 404
    with previewed(workspace, "--drafts") as preview:
        assert b"Half a thought" in preview.ask(page).body
    assert not (workspace.root / f"build{page}").exists()
    workspace.run("-q", "build")
    assert not (workspace.root / f"build{page}").exists()


def test_an_editor_may_be_named_but_no_script(workspace: Workspace) -> None:
    assert "--editor" in workspace.run("preview", "--editor", "javascript:{path}", code=2).err
    assert "--editor" in workspace.run("preview", "--editor", "vim", code=2).err

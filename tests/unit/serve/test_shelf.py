"""The files that are served: nothing but plain files below the folder."""

import os
from pathlib import Path

import pytest

from omnigrid.model.names import OutPath
from omnigrid.serve.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    site = tmp_path / "build" / "sites" / "actuary"
    site.mkdir(parents=True)
    (site / "index.html").write_bytes(b"page")
    (site / "404.html").write_bytes(b"lost")
    (tmp_path / "secret").write_bytes(b"secret")
    return Shelf(tmp_path / "build")


def test_a_file_is_read(shelf: Shelf) -> None:
    assert shelf.read(("sites", "actuary", "index.html")) == b"page"
    assert shelf.read(("sites", "actuary", "none.html")) is None
    assert shelf.read(("sites",)) is None
    assert shelf.read(("sites", "actuary", "index.html", "x")) is None


def test_no_link_is_followed(shelf: Shelf, tmp_path: Path) -> None:
    build = tmp_path / "build"
    (build / "link").symlink_to(tmp_path / "secret")
    (build / "inner").symlink_to(build / "sites" / "actuary" / "index.html")
    (build / "folder").symlink_to(tmp_path)
    (build / "site").symlink_to(build / "sites")
    assert shelf.read(("link",)) is None
    assert shelf.read(("inner",)) is None
    assert shelf.read(("folder", "secret")) is None
    assert shelf.read(("site", "actuary", "index.html")) is None


def test_a_pipe_is_no_file_and_nobody_waits_for_it(shelf: Shelf, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "build" / "pipe")
    assert shelf.read(("pipe",)) is None


def test_newer_files_lie_over_the_folder_until_they_are_taken_away(shelf: Shelf) -> None:
    names = ("sites", "actuary", "index.html")
    shelf.lay_over({OutPath("sites/actuary/index.html"): b"newer"})
    shelf.lay_over({OutPath("sites/other/index.html"): b"other"})
    assert shelf.read(names) == b"newer"
    assert shelf.is_folder(("sites", "other"))
    shelf.clear()
    assert shelf.read(names) == b"page"
    assert not shelf.is_folder(("sites", "other"))


def test_who_is_lost_gets_the_nearest_page(shelf: Shelf) -> None:
    assert shelf.lost(("sites", "actuary", "no", "where.html")) == b"lost"
    assert shelf.lost(("sites", "none", "index.html")) is None


def test_a_folder_that_is_missing_holds_nothing(tmp_path: Path) -> None:
    assert Shelf(tmp_path / "none").read(("index.html",)) is None

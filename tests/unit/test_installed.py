"""Versions of libraries, as their folders are named and as they say themselves."""

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from omnigrid import installed
from omnigrid.installed import installed_version

OURS = ("click", "comrak-ext", "Jinja2", "markdown", "MarkupSafe", "msgspec", "nh3", "PyYAML")


@pytest.fixture(autouse=True)
def _asked_anew() -> None:
    installed._told.cache_clear()
    installed_version.cache_clear()


@pytest.mark.parametrize("library", OURS)
def test_a_version_is_what_the_library_says_itself(library: str) -> None:
    assert installed_version(library) == version(library)


def test_a_library_that_is_not_there_has_none() -> None:
    assert installed_version("no-such-library") == ""


def test_what_stands_first_on_the_way_is_what_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, told in (("first", "2.0"), ("second", "1.0")):
        (tmp_path / place / f"Zope_Thing-{told}.dist-info").mkdir(parents=True)
    (tmp_path / "second" / "other-1.dist-info").mkdir()
    places = [str(tmp_path / each) for each in ("none", "first", "second")]
    monkeypatch.setattr(sys, "path", places)
    assert installed_version("zope.thing") == "2.0"
    assert installed_version("other") == "1"


def test_a_folder_that_is_named_otherwise_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Debian names them."""
    described = tmp_path / "thing-3.egg-info"
    described.mkdir()
    (described / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: thing\nVersion: 3\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert installed_version("thing") == "3"

"""What is seen below a portfolio's folder, and what is not."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from omnigrid.serve.watch import Touched, Watch, is_watched

SEEN = [
    "omnigrid.yaml",
    "measurements.json",
    "approvals.yaml",
    "brands",
    "brands/legal/actuary.yaml",
    "content/a.md",
    "logos/a.svg",
    "sectors/legal.yaml",
    "template_packs/plain/styles.css",
    "template_packs/packs.lock",
]
UNSEEN = [
    "build/index.html",
    ".omnigrid/cache/readings",
    ".git/index",
    "README.md",
    "brands/legal/4913",
    "brands/legal/actuary.yaml~",
    "brands/legal/.actuary.yaml.swp",
    "brands/legal/#actuary.yaml#",
    "brands/legal/.#actuary.yaml",
    "brands/legal/actuary.yaml___jb_tmp___",
    "brands/.DS_Store",
    "brandsx/a.yaml",
]


@pytest.mark.parametrize("path", SEEN)
def test_files_of_the_portfolio_are_watched(path: str) -> None:
    assert is_watched(path)


@pytest.mark.parametrize("path", UNSEEN)
def test_output_and_files_of_editors_are_not(path: str) -> None:
    assert not is_watched(path)


NOTHING: Touched = frozenset()
"""What a watch tells when it begins: whatever was touched before has to be looked for."""


@pytest.fixture
def told(tmp_path: Path) -> Iterator["SimpleQueue[Touched]"]:
    (tmp_path / "brands" / "legal").mkdir(parents=True)
    (tmp_path / "build").mkdir()
    queue: SimpleQueue[Touched] = SimpleQueue()
    watch = Watch(tmp_path, queue.put)
    watch.start()
    assert {queue.get(timeout=30), queue.get(timeout=30)} == {NOTHING}, "two watches begin"
    yield queue
    watch.stop()


def _until(queue: "SimpleQueue[Touched]", path: str) -> set[str]:
    """Wait until a path is told, and return all that was."""
    seen: set[str] = set()
    while path not in seen:
        seen |= queue.get(timeout=30)
    return seen


def test_what_is_saved_is_told(tmp_path: Path, told: "SimpleQueue[Touched]") -> None:
    (tmp_path / "build" / "index.html").write_text("ours")
    (tmp_path / "brands" / "legal" / "4913").write_text("vim asks whether it may write here")
    (tmp_path / "brands" / "legal" / "actuary.yaml").write_text("id: 1")
    assert _until(told, "brands/legal/actuary.yaml") == {"brands/legal/actuary.yaml"}
    (tmp_path / "omnigrid.yaml").write_text("name: Ours")
    assert _until(told, "omnigrid.yaml") == {"omnigrid.yaml"}


def test_what_is_renamed_over_a_file_is_told(tmp_path: Path, told: "SimpleQueue[Touched]") -> None:
    (tmp_path / "brands" / ".a.tmp").write_text("id: 1")
    (tmp_path / "brands" / ".a.tmp").replace(tmp_path / "brands" / "a.yaml")
    _until(told, "brands/a.yaml")


def test_a_folder_that_went_and_came_again_is_watched(
    tmp_path: Path, told: "SimpleQueue[Touched]"
) -> None:
    shutil.rmtree(tmp_path / "brands")
    _until(told, "brands")
    (tmp_path / "brands").mkdir()
    _until(told, "brands")
    while told.get(timeout=30) != NOTHING:
        pass
    (tmp_path / "brands" / "again.yaml").write_text("id: 1")
    _until(told, "brands/again.yaml")

"""An answer is kept while no file changes, and only then."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from omnigrid.load.answers import Answers, Seen
from omnigrid.load.disk import DiskTree, disk_time
from omnigrid.model.findings import Diagnostic, Severity, Span
from omnigrid.model.names import SourcePath

FOUND = (
    Diagnostic(SourcePath("a.yaml"), Span(1, 2, 3), "OG101", Severity.ERROR, "bad", "mend", "x"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in ("omnigrid.yaml", "brands/a.yaml", "brands/b.yaml", "content/p.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("id: x\n")
    age(tmp_path)
    return tmp_path


def age(root: Path) -> None:
    """Let the file system's clock tick past the last change below ``root``."""
    mark = root / ".tick"
    newest = max(path.stat().st_ctime_ns for path in root.rglob("*") if path != mark)
    while True:
        mark.write_text("")
        if mark.stat().st_mtime_ns > newest:
            return
        time.sleep(0.001)


def ask(root: Path, question: str = "1") -> Answers[tuple[Diagnostic, ...]]:
    started = disk_time(root / ".omnigrid")
    kept = root / ".omnigrid" / "verdict.json"
    return Answers(kept, tuple[Diagnostic, ...], started, Seen(DiskTree(root)), question)


def asked(root: Path, question: str = "1") -> bool:
    """Ask, keep the answer when it is not known, and return whether it was known."""
    answers = ask(root, question)
    known = answers.known()
    assert known in {None, FOUND}
    if known is None:
        answers.keep(FOUND)
    return known is not None


def test_an_answer_is_kept_while_nothing_changes(root: Path) -> None:
    assert not asked(root)
    assert asked(root)
    assert not asked(root, "another question")


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "brands/a.yaml").write_text("id: y\n"),
        lambda root: (root / "brands/a.yaml").unlink(),
        lambda root: (root / "brands/c.yaml").write_text(""),
        lambda root: (root / "brands/a.yaml").rename(root / "brands/z.yaml"),
        lambda root: (
            (root / "template_packs/p").mkdir(parents=True)
            or (root / "template_packs/p/x.html").write_text("")
        ),
        lambda root: os.utime(root / "brands/a.yaml"),
        lambda root: (root / ".omnigrid/verdict.json").write_text("{"),
        lambda root: (root / ".omnigrid/verdict.json").write_bytes(b"\xff\xfe"),
        lambda root: (root / ".omnigrid/verdict.json").unlink(),
    ],
)
def test_any_change_asks_again(root: Path, change: Callable[[Path], object]) -> None:
    assert not asked(root)
    change(root)
    assert not asked(root)


def test_an_edit_that_keeps_size_and_time_is_seen(root: Path) -> None:
    path = root / "brands/a.yaml"
    before = path.stat()
    assert not asked(root)
    path.write_text("id: z\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not asked(root)


def test_files_outside_the_portfolio_do_not_count(root: Path) -> None:
    assert not asked(root)
    (root / "build").mkdir()
    (root / "build/index.html").write_text("x")
    (root / "README.md").write_text("x")
    assert asked(root)


def test_a_file_of_this_very_moment_is_not_trusted(root: Path) -> None:
    future = time.time_ns() + 3_600_000_000_000
    os.utime(root / "brands/a.yaml", ns=(future, future))
    assert not asked(root)
    assert not asked(root)


def test_a_place_that_cannot_be_written_is_no_fault(root: Path) -> None:
    (root / ".omnigrid").write_text("a file where a folder should be")
    assert not asked(root)
    assert not asked(root)


def test_an_answer_of_another_shape_is_not_known(root: Path) -> None:
    asked(root)
    kept = root / ".omnigrid" / "verdict.json"
    started = disk_time(root / ".omnigrid")
    assert Answers(kept, int, started, Seen(DiskTree(root)), "1").known() is None
    kept.write_bytes(kept.read_bytes().replace(b'"OG101"', b"101"))
    assert ask(root).known() is None


def test_the_moment_that_counts_is_that_before_the_first_look(root: Path) -> None:
    tree = DiskTree(root)
    started = max(path.stat().st_ctime_ns for path in root.rglob("brands/*"))
    tree.paths()
    late = Answers(root / ".omnigrid/verdict.json", int, started, Seen(tree), "1")
    late.keep(1)  # Whoever changed a file just then may have done so after it was read.
    assert late.known() is None


def test_a_name_that_is_no_text_is_part_of_the_question(root: Path) -> None:
    (root / os.fsdecode(b"brands/caf\xe9.yaml")).write_text("id: x\n")
    age(root)
    assert not asked(root)
    assert asked(root)
    (root / os.fsdecode(b"brands/caf\xe9.yaml")).rename(root / os.fsdecode(b"brands/caf\xe8.yaml"))
    assert not asked(root)

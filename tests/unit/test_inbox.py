"""What is to be done, as it comes: single files at once, bursts as one."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from omnigrid.hosting.at_work import git_is_at_work
from omnigrid.inbox import Closed, Errand, GivingWay, Inbox, Superseded, Touched
from omnigrid.model.names import SourcePath


def touched(*names: str) -> Touched:
    return frozenset(map(SourcePath, names))


def never() -> bool:
    return False


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    for name in "abcdefgh":
        (tmp_path / name).write_text("x")
    return Inbox(tmp_path, never)


def test_nothing_comes_of_nothing(inbox: Inbox) -> None:
    assert inbox.take(0.0) is None
    assert not inbox.waits


def test_a_saved_file_is_not_waited_with(inbox: Inbox) -> None:
    inbox.put(touched("a"))
    inbox.put(touched("b"))
    assert inbox.waits
    assert inbox.take(None) == touched("a")
    assert inbox.take(None) == touched("b")


def test_many_files_are_one_burst(inbox: Inbox) -> None:
    inbox.put(touched("a", "b", "c", "d"))
    for name in "efgh":
        inbox.put(touched(name))
    assert inbox.take(None) == touched(*"abcdefgh")
    assert not inbox.waits


def test_a_file_that_is_half_written_is_waited_for(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    inbox.put(touched("a"))
    inbox.put(touched("a"))
    inbox.put(touched("gone"))
    assert inbox.take(None) == touched("a", "gone")


def test_what_comes_behind_a_burst_is_next(inbox: Inbox) -> None:
    errand = Errand(lambda: None)
    inbox.put(touched("a", "b", "c", "d"))
    inbox.put(errand)
    assert not inbox.closes
    inbox.put(Closed())
    assert inbox.closes
    assert inbox.take(None) == touched("a", "b", "c", "d")
    assert inbox.waits
    assert inbox.take(None) is errand
    assert inbox.take(None) == Closed()


def test_as_long_as_git_is_at_work_all_is_one_burst(tmp_path: Path) -> None:
    lock = tmp_path / ".git" / "index.lock"
    lock.parent.mkdir()
    lock.touch()
    (tmp_path / "portfolio").mkdir()
    root = tmp_path / "portfolio"
    inbox, taken = Inbox(root, lambda: git_is_at_work(root)), []
    inbox.put(touched("a"))
    taker = Thread(target=lambda: taken.append(inbox.take(None)))
    taker.start()
    taker.join(0.5)
    assert taker.is_alive(), "it waits for git"
    inbox.put(touched("b"))
    lock.unlink()
    taker.join(30)
    assert taken == [touched("a", "b")]


def _supersede(after: int) -> Callable[[], bool]:
    left = iter([True] * after + [False])
    return lambda: next(left)


def test_work_gives_way_to_what_is_newer() -> None:
    results = GivingWay(_supersede(2)).run(str, [1, 2, 3, 4])
    assert [next(results), next(results)] == ["1", "2"]
    with pytest.raises(Superseded):
        next(results)

"""A build that is killed at any moment: the next one gives what a clean one gives."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from omnigrid.model.errors import Transient
from omnigrid.run.executors import Executor, SerialExecutor
from support.kill import count_events, kill_at
from support.small import Busy, Files, Small, build, clean_build, tree, write_files


def _begun() -> Small:
    return Small()


def _edited() -> Small:
    """Return another state: a brand more, one less, one with another address, all sites stale."""
    small = Small()
    small.brands["added"] = {**small.brands["spade"], "id": "TST-009", "name": "Added"}
    del small.brands["seedwell"]
    small.brands["renamed"] = small.brands.pop("kettle")
    small.brands["spade"]["tagline"] = "Dig"
    small.packs["plain"]["styles.css"] = b"b{}"
    small.pages["moved"] = small.pages.pop("news")
    small.config["name"] = "All our brands"
    return small


def _third() -> Small:
    """Return a state that lacks what the two others have."""
    small = Small()
    for slug in ("spade", "rainkeep"):
        del small.brands[slug]
    small.pages.clear()
    small.sectors["kitchen"]["health"] = 70
    return small


STATES = (_begun, _edited, _third)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> list[Files]:
    """What a clean build makes of each state."""
    return [clean_build(tmp_path_factory.mktemp("clean"), state().files()) for state in STATES]


def build_when_free(root: Path) -> None:
    """Build as soon as no process of the killed family holds the build folder any more."""
    for _ in range(10_000):
        with suppress(_HeldError):
            return _build_if_free(root)
        time.sleep(0.005)
    pytest.fail("the build folder is held for ever")


class _HeldError(Exception):
    """Another process holds the build folder."""


def _build_if_free(root: Path) -> None:
    try:
        build(root)
    except Transient as error:
        raise (_HeldError if "is at work" in error.message else error) from None


def begin(root: Path, before: int | None, killed: int) -> Callable[[Executor], object]:
    """Bring a folder to the moment before a build is killed, and return that build."""
    if before is not None:
        write_files(root, STATES[before]().files())
        build(root)
    write_files(root, STATES[killed]().files())
    return partial(build, root)


CASES: dict[str, tuple[int | None, int, Executor, int]] = {
    "a first build": (None, 1, SerialExecutor(), 60),
    "a later build": (0, 1, SerialExecutor(), 70),
    "a first build by processes": (None, 1, Busy(2), 35),
    "a later build by processes": (0, 1, Busy(3), 35),
}
"""The state before, the state whose build is killed, by whom it is built, and how many moments."""


@pytest.mark.parametrize("case", CASES)
def test_the_next_build_is_a_clean_one(case: str, tmp_path: Path, clean: list[Files]) -> None:
    before, killed, executor, moments = CASES[case]
    whole = begin(tmp_path / "counted", before, killed)
    events = count_events(partial(whole, executor))
    assert events > 2 * moments
    met = 0
    for number in range(moments):
        root = tmp_path / f"{number}"
        doomed = begin(root, before, killed)
        moment = number * events // moments
        met += kill_at(partial(doomed, executor), moment)
        after = number % len(STATES)  # The portfolio may have changed meanwhile.
        write_files(root, STATES[after]().files())
        build_when_free(root)
        assert tree(root / "build") == clean[after], f"killed at event {moment} of {events}"
    assert met >= moments - 2  # Processes do not always have as many events.


def test_a_killed_worker_is_one_message_and_the_next_build_is_a_clean_one(
    tmp_path: Path, clean: list[Files]
) -> None:
    events = count_events(partial(begin(tmp_path / "counted", 0, 1), Busy(2)))
    for number in range(8):
        root = tmp_path / f"{number}"
        doomed = partial(begin(root, 0, 1), Busy(2))
        kill_at(doomed, number * events // 8, any_process=True)
        build_when_free(root)
        assert tree(root / "build") == clean[1]

"""Fixtures that several folders of tests share."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from support.servers.fixtures import *  # noqa: F403
from support.workspace import Workspace

# No test depends on the machine's speed; every run tries the same examples.
settings.register_profile("omnigrid", deadline=None, derandomize=True)
settings.load_profile("omnigrid")

LONG = ("test_faults.py", "test_kill.py", "test_law.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker waits for it at the end."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compiled templates and all else that is kept for a user: once for the tests of a worker."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def _starter(_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("starter")
    Workspace(root).run("init", "portfolio")
    Workspace(root / "portfolio").commit("Begin")
    return root / "portfolio"


@pytest.fixture
def workspace(_starter: Path, tmp_path: Path) -> Workspace:
    """A new portfolio, as `omnigrid init` makes it, with its first commit."""
    root = tmp_path / "portfolio"
    shutil.copytree(_starter, root, symlinks=True)
    return Workspace(root)

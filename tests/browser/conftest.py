"""A real Chromium, and the example portfolio, built."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from seeing.example import build_at
from seeing.host import hosted
from support.axe import Axe
from support.pages import Deployed, Watched
from support.tabs import Tab, Tabs
from support.workspace import Workspace

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

expect.set_options(timeout=60_000)  # Other tests may run beside these.


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        if os.environ.get("OMNIGRID_BROWSER") == "required":
            pytest.fail("no Chromium here, and OMNIGRID_BROWSER=required")
        pytest.skip("no Chromium here; on Debian: apt install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def _tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture
def watch(_tabs: Tabs, request: pytest.FixtureRequest) -> Iterator[Callable[..., Watched]]:
    """Opens watched pages with options of a context; each is given back after the test."""
    given: list[Tab] = []
    before = request.session.testsfailed

    def open_page(**options: Any) -> Watched:
        given.append(_tabs.take(options))
        return given[-1].watched

    yield open_page
    for tab in given:
        # What a test leaves that was broken off, nobody knows.
        if request.session.testsfailed > before:
            tab.close()
        else:
            _tabs.give_back(tab)


@pytest.fixture
def tab(watch: Callable[..., Watched]) -> Callable[..., Page]:
    """Opens pages with options of a context."""
    return lambda **options: watch(**options).page


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example portfolio of this repository, built into a folder of its own."""
    out = tmp_path_factory.mktemp("example") / "build"
    root = Path(__file__).parents[2]
    Workspace(root).run("-q", "build", "--out", str(out))
    return out


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """The example portfolio, built for the address at which it is served."""
    root = tmp_path_factory.mktemp("deployed")
    with hosted(root / "build") as address:
        yield Deployed(build_at(address, root), address)


@pytest.fixture(scope="session")
def axe() -> Axe:
    return Axe()

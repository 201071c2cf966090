"""The preview in a real Chromium, beside somebody who edits."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from support.axe import Axe
from support.pages import Watched
from support.previewed import PATIENCE, Previewed, free_port, previewed, wait_until
from support.workspace import Workspace

LONG = PATIENCE * 1000


@pytest.fixture
def preview(workspace: Workspace) -> Iterator[Previewed]:
    with previewed(workspace, "--port", free_port()) as running:
        yield running


@pytest.fixture
def opened(browser: Browser, preview: Previewed) -> Iterator[Callable[[str], Watched]]:
    """Opens pages of the preview, each in a tab of its own that is looked at."""
    context = browser.new_context(viewport={"width": 900, "height": 300})
    context.set_default_timeout(LONG)

    def open_page(path: str) -> Watched:
        watched = Watched(context.new_page())
        with watched.page.expect_response(lambda answer: "/events?" in answer.url):
            watched.page.goto(preview.address + path)
        watched.page.evaluate("window.sameDocument = true")
        return watched

    yield open_page
    context.close()


def is_same_document(page: Page) -> bool:
    same: bool = page.evaluate("window.sameDocument === true")
    return same


def holds(page: Page, expression: str) -> bool:
    """Tell whether something is true in a page; not while it loads anew."""
    try:
        return page.evaluate(expression) is True
    except Error:
        return False


def brand(workspace: Workspace, number: int = 0) -> Path:
    return sorted((workspace.root / "brands").rglob("*.yaml"))[number]


def edit(path: Path, key: str, value: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = [f"{key}: {value}" if line.startswith(f"{key}:") else line for line in lines]
    path.write_text("\n".join(changed) + "\n", encoding="utf-8")


def site(path: Path) -> str:
    return f"sites/{path.stem}/index.html"


def test_a_saved_brand_shows_where_it_is_looked_at_and_the_place_is_kept(
    workspace: Workspace, opened: Callable[[str], Watched]
) -> None:
    saved = brand(workspace)
    watched = opened(site(saved))
    page = watched.page
    page.evaluate("scrollTo(0, 120)")
    edit(saved, "tagline", "Words of a new day")
    expect(page.get_by_text("Words of a new day").first).to_be_attached(timeout=LONG)
    # The words come first, into the page that is there; then it loads anew.
    wait_until(lambda: holds(page, "window.sameDocument !== true && scrollY === 120"))
    assert watched.faults == []


def test_a_page_that_shows_nothing_of_it_is_left_alone(
    workspace: Workspace, preview: Previewed, opened: Callable[[str], Watched]
) -> None:
    sectors = sorted((workspace.root / "sectors").iterdir())
    saved = brand(workspace)
    other = next(
        each
        for each in sorted((workspace.root / "brands").rglob("*.yaml"))
        if each.parent != saved.parent
    )
    assert len(sectors) > 1
    bystander, shown = opened(site(other)).page, opened(site(saved)).page
    edit(saved, "tagline", "Of no concern to others")
    expect(shown.get_by_text("Of no concern to others").first).to_be_attached(timeout=LONG)
    preview.wait_for("written", times=2)
    assert is_same_document(bystander)


def test_a_style_sheet_is_exchanged_under_the_page(
    workspace: Workspace, opened: Callable[[str], Watched]
) -> None:
    saved = brand(workspace)
    config = workspace.root / "build" / "sites" / saved.stem / "config.json"
    pack = json.loads(config.read_bytes())["template"]["id"]
    styles = workspace.root / "template_packs" / pack / "styles.css"
    watched = opened(site(saved))
    colour = "getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)'"
    styles.write_text(
        styles.read_text(encoding="utf-8") + "\nbody { background: rgb(1 2 3) !important }\n",
        encoding="utf-8",
    )
    wait_until(lambda: holds(watched.page, colour))
    expect(watched.page.locator("link[rel=stylesheet]")).to_have_count(1, timeout=LONG)
    assert is_same_document(watched.page)
    assert watched.faults == []


def test_a_fault_is_laid_over_the_page_until_it_is_mended(
    workspace: Workspace, opened: Callable[[str], Watched], axe: Axe
) -> None:
    saved = brand(workspace)
    good = saved.read_text(encoding="utf-8")
    page = opened(site(saved)).page
    saved.write_text(good + "nonsense: 1\n", encoding="utf-8")
    overlay = page.get_by_role("alertdialog")
    expect(overlay).to_contain_text("nonsense", timeout=LONG)
    line = good.count("\n") + 1
    link = overlay.get_by_role("link").first
    name = saved.relative_to(workspace.root).as_posix()
    expect(link).to_have_text(f"{name}:{line}:1")
    expect(link).to_have_attribute("href", f"vscode://file{saved}:{line}:1")
    assert axe.violations(page) == []
    page.keyboard.press("Escape")
    expect(overlay).to_have_count(0)
    saved.write_text(good + "rubbish: 1\n", encoding="utf-8")
    expect(overlay).to_contain_text("rubbish", timeout=LONG)
    saved.write_text(good, encoding="utf-8")
    expect(overlay).to_have_count(0, timeout=LONG)
    assert is_same_document(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_portfolio_that_never_was_built_shows_its_faults_and_recovers(
    workspace: Workspace, browser: Browser, axe: Axe, scheme: str
) -> None:
    saved = brand(workspace)
    good = saved.read_text(encoding="utf-8")
    saved.write_text(good + "nonsense: 1\n", encoding="utf-8")
    with previewed(workspace) as preview:
        page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
        watched = Watched(page)
        page.goto(preview.address + site(saved))
        expect(page.get_by_role("heading")).to_have_text("1 fault in the portfolio")
        assert axe.violations(page) == []
        assert [fault for fault in watched.faults if "503" not in fault] == []
        saved.write_text(good, encoding="utf-8")
        expect(page.locator("body.faults")).to_have_count(0, timeout=LONG)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("1 fault in the portfolio")
        page.close()


def test_a_page_comes_back_when_the_preview_does(
    workspace: Workspace, opened: Callable[[str], Watched], preview: Previewed
) -> None:
    saved = brand(workspace)
    page = opened(site(saved)).page
    port = preview.address.rstrip("/").rpartition(":")[2]
    preview.stop()
    edit(saved, "tagline", "Written meanwhile")
    with previewed(workspace, "--port", port):
        expect(page.get_by_text("Written meanwhile").first).to_be_attached(timeout=LONG)


def test_nothing_is_asked_of_others(
    workspace: Workspace, preview: Previewed, opened: Callable[[str], Watched]
) -> None:
    watched = opened("index.html")
    watched.page.wait_for_load_state("load")
    assert watched.strangers(preview.address) == []
    assert watched.faults == []
    assert watched.page.context.cookies() == []

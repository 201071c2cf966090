"""A release in Chromium: it looks and reads as plain pages do, and refuses what was changed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.pages import Watched, served
from support.workspace import Workspace

PAGES = [
    "index.html",
    "sectors/ip-patent-systems/index.html",
    "sites/actuary/",
    "sites/actuary/compliance-dashboard.html",
    "sites/actuary/404.html",
    "sites/annuitytide/",
    "sites/carbonloom/",
    "sites/proofkernel/",
    "sites/funnelscope/",
    "sites/boardquorum/",
    "sites/coldvigil/",
    "sites/labellex/",
]
BOXES = """[...document.querySelectorAll("body, body :not(svg *)")].map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [each.localName, x, y, width, height].map((n) => n.toFixed?.(1) ?? n).join(" ");
})"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("release") / "build"
    Workspace(Path(__file__).parents[2]).run("-q", "build", "--release", "--out", str(out))
    return out


@pytest.fixture(scope="module")
def addresses(build: Path, release: Path) -> Iterator[tuple[str, str]]:
    with served(build) as plain, served(release) as small:
        yield plain, small


@pytest.mark.parametrize("path", PAGES)
def test_a_small_page_looks_as_the_plain_one(
    watch: Callable[..., Watched], addresses: tuple[str, str], path: str
) -> None:
    plain, small = addresses
    seen = []
    for address in (plain, plain, small):
        watched = watch(viewport={"width": 900, "height": 800}, reduced_motion="reduce")
        watched.page.goto(address + path)
        seen.append((watched.page.inner_text("body"), watched.page.evaluate(BOXES)))
        assert watched.faults == []
    # The first visit may be set in another font of the system: Chromium knows them all only then.
    assert seen[1] == seen[2]


@pytest.mark.parametrize("name", ["app.js", "styles.css"])
def test_a_release_refuses_a_file_that_was_changed_on_its_way(
    browser: Browser, addresses: tuple[str, str], name: str
) -> None:
    page = browser.new_page()
    watched = Watched(page)
    page.route(f"**/{name}*", lambda route: route.fulfill(body="/* changed */"))
    page.goto(f"{addresses[1]}sites/actuary/")
    assert len(watched.faults) == 1
    assert "integrity" in watched.faults[0]
    page.close()


def test_the_pages_of_a_site_refer_to_its_feeds_and_its_stamp(
    browser: Browser, addresses: tuple[str, str]
) -> None:
    page = browser.new_page()
    page.goto(f"{addresses[1]}sites/actuary/")
    found = page.eval_on_selector_all(
        "link[rel=alternate], link[rel=author], link[rel=manifest]", "all => all.map(l => l.href)"
    )
    assert len(found) == 4
    assert all(page.request.get(url).ok for url in found)
    page.close()

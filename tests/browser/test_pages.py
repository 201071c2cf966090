"""Built pages in Chromium: complete, quiet, asking nothing of others, at every width."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from support.pages import DASHBOARDS, Watched, served

PAGES = [
    "index.html",
    "heatmap/index.html",
    "launch/index.html",
    *DASHBOARDS,
    "sectors/ip-patent-systems/index.html",
    "sectors/ai-compliance/index.html",
    "sites/actuary/index.html",
    "sites/actuary/compliance-dashboard.html",
    "sites/actuary/404.html",
    "sites/annuitytide/index.html",
    "sites/carbonloom/index.html",
    "sites/proofkernel/index.html",
    "sites/funnelscope/index.html",
    "sites/boardquorum/index.html",
    "sites/coldvigil/index.html",
    "sites/labellex/index.html",
]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_from_a_folder(
    watch: Callable[..., Watched], build: Path, path: str, width: int
) -> None:
    watched = watch(viewport={"width": width, "height": 800})
    page = watched.page
    page.goto((build / path).as_uri())
    assert watched.faults == []
    assert all(url.startswith("file://") for url in watched.requests)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.locator("h1").count() == 1
    assert page.title()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "no style sheet"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_complete_without_javascript(
    tab: Callable[..., Page], build: Path, path: str
) -> None:
    page = tab(java_script_enabled=False)
    page.goto((build / path).as_uri())
    assert len(page.inner_text("main")) > 40


def test_links_within_a_site_and_to_its_neighbours_lead_somewhere(
    browser: Browser, build: Path
) -> None:
    page = browser.new_page()
    for path in PAGES:
        start = (build / path).as_uri()
        page.goto(start)
        for href in page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)"):
            target = href.split("#")[0]
            if target.startswith("file://"):
                assert Path(target.removeprefix("file://")).is_file(), f"{path} → {href}"
    page.close()


def test_a_site_stands_at_any_address(browser: Browser, build: Path) -> None:
    with served(build) as address:
        page = browser.new_page()
        watched = Watched(page)
        page.goto(f"{address}sites/actuary/")
        assert watched.faults == []
        assert all(url.startswith(address) for url in watched.requests)
        page.close()


def test_the_heatmap_counts_what_the_portfolio_says(browser: Browser, build: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((build / "heatmap/index.html").as_uri())
    assert page.locator("table tbody tr").count() == 16
    text = page.inner_text("main")
    assert "95 %" in text
    statuses = page.locator("table tbody tr").all_inner_texts()
    assert sum("Emerald" in row for row in statuses) == 13
    assert sum("Amber" in row for row in statuses) == 3
    context.close()


def test_a_served_heatmap_shows_news_pauses_and_says_when_it_is_stale(
    browser: Browser, build: Path
) -> None:
    status = build / "api" / "status.json"
    before = status.read_bytes()
    try:
        with served(build) as address:
            page = browser.new_page()
            page.goto(f"{address}heatmap/")
            pause = page.get_by_role("button", name="Pause")
            refresh = page.get_by_role("button", name="Refresh now")
            pause.click()
            assert page.get_by_role("button", name="Resume").is_visible()
            news = json.loads(before)
            worst = next(s for s in news["sectors"] if s["id"] == "Global_Expansion")
            worst.update(health=41, status="red")
            status.write_text(json.dumps(news))
            refresh.click()
            page.get_by_text("41 %").first.wait_for()
            row = page.locator("table tbody tr", has_text="Global Expansion")
            assert "Red" in row.inner_text()
            assert "41" in row.inner_text()
        refresh.click()
        page.get_by_text("stale since").first.wait_for()
        assert "41" in page.locator("table tbody tr", has_text="Global Expansion").inner_text()
        page.close()
    finally:
        status.write_bytes(before)


def test_the_finder_of_brands_works_by_keyboard(browser: Browser, build: Path) -> None:
    page = browser.new_page()
    page.goto((build / "index.html").as_uri())
    field = page.get_by_label("Find a brand")
    field.focus()
    page.keyboard.type("actuary")
    visible = page.locator("main a:visible", has_text="Actuary")
    assert visible.count() >= 1
    assert page.locator("main a:visible", has_text="CarbonLoom").count() == 0
    page.close()


def test_a_page_honours_the_scheme_of_the_visitor(browser: Browser, build: Path) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto((build / "sites/carbonloom/index.html").as_uri())
        grounds[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.close()
    assert grounds["light"] != grounds["dark"]


@pytest.mark.parametrize(
    ("path", "name", "links"),
    [
        ("index.html", "Portfolio", 5),
        ("heatmap/index.html", "Portfolio", 5),
        ("dashboard/orchestration/index.html", "Dashboards", 4),
    ],
)
def test_the_navigation_is_one_row_on_a_phone(
    browser: Browser, build: Path, path: str, name: str, links: int
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for width in (360, 480) if name == "Dashboards" else (320, 360, 480):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto((build / path).as_uri())
        found = page.get_by_role("navigation", name=name).get_by_role("link").all()
        boxes = [box for link in found if (box := link.bounding_box())]
        assert len(boxes) == links
        assert len({round(box["y"]) for box in boxes}) == 1, f"more than one row at {width}"
        assert all(min(box["width"], box["height"]) >= 24 for box in boxes)
        ends = [0.0, *(box["x"] + box["width"] for box in boxes)]
        assert all(box["x"] >= end for box, end in zip(boxes, ends, strict=False)), "overlaps"
        assert ends[-1] <= width
    context.close()

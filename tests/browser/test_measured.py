"""A measured portfolio in Chromium: sectors opened to their brands, figures that grow old."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from seeing.example import build_at
from seeing.host import hosted
from support.pages import Deployed, Watched
from support.showcase import write_showcase


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    root = tmp_path_factory.mktemp("measured")
    with hosted(root / "build") as address:
        yield Deployed(build_at(address, root, write_showcase(root / "written", "en")), address)


def test_a_sector_opens_to_its_brands_without_javascript(
    browser: Browser, measured: Deployed
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{measured.address}heatmap/index.html")
    rows = page.locator(".found li")
    assert not rows.first.is_visible()
    page.locator("summary").first.press("Enter")
    first = rows.first.inner_text()
    assert "Red" in first
    assert "could not be built" in first or "something else is served" in first
    figures = [int(text.split()[0]) for text in page.locator(".found .n").all_inner_texts()]
    assert figures == sorted(figures)
    trend = page.locator(".drill .spark").first.get_attribute("aria-label") or ""
    assert "70 % on 1 May 2026, 90 % on 4 May 2026" in trend
    rows.first.locator("a").press("Enter")
    page.wait_for_url(lambda url: "heatmap" not in url)
    context.close()


def test_a_new_measurement_is_told_and_an_old_one_is_stale(
    browser: Browser, measured: Deployed
) -> None:
    status = measured.build / "api/status.json"
    before = status.read_bytes()
    page = browser.new_page()
    watched = Watched(page)
    page.clock.set_fixed_time("2026-05-05T00:00:00Z")
    try:
        page.goto(f"{measured.address}heatmap/")
        page.get_by_role("button", name="Refresh now").click()
        page.get_by_text("Up to date at").wait_for()
        assert not page.get_by_text("Stale: measured").is_visible()
        news = json.loads(before) | {"measured_at": "2026-05-04T22:00:00Z"}
        status.write_text(json.dumps(news))
        page.get_by_role("button", name="Refresh now").click()
        page.get_by_text("Changed: a new measurement").wait_for()
        assert page.get_by_role("link", name="Load the page again").is_visible()
        assert "22:00 UTC" in page.locator("[data-when]").inner_text()
        page.clock.set_fixed_time("2026-05-07T00:00:00Z")
        page.reload()
        page.get_by_text("Stale: measured 2 days ago").wait_for()
        assert watched.faults == []
    finally:
        status.write_bytes(before)
        page.close()


def test_the_visitor_chooses_how_often_it_asks_and_a_hidden_tab_never_does(
    browser: Browser, measured: Deployed
) -> None:
    page = browser.new_page()
    page.clock.install()
    watched = Watched(page)
    page.goto(f"{measured.address}heatmap/")

    def asked() -> int:
        return sum(url.endswith("status.json") for url in watched.requests)

    page.get_by_text("Checked at").wait_for()
    assert asked() == 1
    page.get_by_role("combobox").select_option("30")
    assert page.get_by_text("Next in 30 s").is_visible()
    page.clock.run_for(20_000)
    assert asked() == 1
    with page.expect_response("**/status.json"):
        page.clock.run_for(12_000)
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.clock.run_for(120_000)
    assert asked() == 2
    page.close()


def test_the_dashboards_say_what_was_found(browser: Browser, measured: Deployed) -> None:
    page = browser.new_page()
    page.goto(f"{measured.address}dashboard/index.html")
    main = page.inner_text("main")
    for said in ("Drifted", "Unreachable", "1,234", "omnigrid publish", "could not be built"):
        assert said in main
    page.get_by_role("navigation", name="Dashboards").get_by_text("Orchestration").click()
    page.wait_for_url("**/orchestration/index.html")
    words = ("Critical", "Late", "Near the deadline", "In time")
    found = page.locator("[aria-labelledby=publishes-title] li").all_inner_texts()
    assert [next(word for word in words if word in text) for text in found] == [*words]
    built = page.locator("[aria-labelledby=builds-title] li").all_inner_texts()
    shown = [next(word for word in words if word in text) for text in built]
    assert shown == ["Critical", "Near the deadline", "In time"]
    assert "brands changed (12,345)" in built[0].lower()
    assert "13,713 jobs rendered, 178,334 files written" in built[0]
    page.close()


def test_dashboards_are_light(measured: Deployed) -> None:
    pages = Path(measured.build, "dashboard").rglob("*.html")
    sizes = {page.parent.name: page.stat().st_size for page in pages}
    assert len(sizes) == 4
    assert max(sizes.values()) < 40 * 1024

"""The search of brands in Chromium: all of them, counted, by keyboard, kept in the address."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support.axe import Axe
from support.pages import Watched, served
from support.small import Small, build, write_files

EACH = 40
"""Brands of a sector: more than the front page lists."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root, small = tmp_path_factory.mktemp("directory"), Small()
    spade = small.brands["spade"]
    small.pages.clear()
    small.sectors["garden"]["health"], small.sectors["kitchen"]["health"] = 97, 88
    small.brands = {
        f"{sector.lower()}-{number}": {
            **spade,
            "id": f"{sector[:3].upper()}-{number:03d}",
            "name": f"{sector} Brand {number}",
            "tagline": f"Everything about number {number}",
            "sector": sector,
            "priority": "critical" if number % 10 == 9 else "medium",
            "template": "rich" if number % 2 else "plain",
        }
        for sector in ("Garden", "Kitchen")
        for number in range(EACH)
    }
    write_files(root, small.files())
    build(root)
    with served(root / "build") as found:
        yield found


@pytest.fixture
def watched(watch: Callable[..., Watched], address: str) -> Iterator[Watched]:
    found = watch(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    found.page.goto(address)
    yield found
    assert found.faults == []
    assert found.strangers(address) == []


def names(page: Page) -> list[str]:
    shown = page.locator(".names li:visible a > span")
    return [text.split("\n")[0] for text in shown.all_inner_texts()]


def asks_for_sectors(watched: Watched) -> list[str]:
    return [url.rpartition("/")[2] for url in watched.requests if "/api/sectors/" in url]


def test_the_search_covers_brands_that_are_not_listed(watched: Watched, address: str) -> None:
    page = watched.page
    assert page.get_by_text("and 10 more in Garden").count() == 1
    assert asks_for_sectors(watched) == []
    assert not any("directory.js" in url for url in watched.requests)
    field = page.get_by_label("Find a brand")
    field.focus()
    page.keyboard.type("number 39")
    expect(page.locator("#found")).to_have_text("2 of 80 brands, in 2 sectors")
    assert names(page) == ["Garden Brand 39", "Kitchen Brand 39"]
    assert sorted(asks_for_sectors(watched)) == ["Garden.json", "Kitchen.json"]
    page.keyboard.press("Enter")
    expect(page.locator("a:focus")).to_contain_text("Garden Brand 39")
    assert page.locator("a:focus").get_attribute("href") == f"{address}sites/garden-39/index.html"
    page.get_by_role("link", name="Heatmap", exact=True).click()
    page.wait_for_url("**/heatmap/index.html")
    page.go_back()
    expect(page.get_by_label("Find a brand")).to_have_value("number 39")
    assert names(page) == ["Garden Brand 39", "Kitchen Brand 39"]


def test_what_is_typed_before_the_script_is_there_is_kept(browser: Browser, address: str) -> None:
    page, held = browser.new_page(), []
    page.route("**/directory.js", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(address)
    field = page.get_by_label("Find a brand")
    field.focus()
    page.keyboard.type("number 39")
    expect(field).to_have_value("number 39")
    page.wait_for_function("document.querySelector('script[src$=\"directory.js\"]')")
    held[0].continue_()
    page.unroute("**/directory.js")
    expect(page.locator("#found")).to_have_text("2 of 80 brands, in 2 sectors")
    assert page.url == f"{address}?q=number+39"
    page.get_by_role("link", name="Heatmap", exact=True).click()
    page.wait_for_url("**/heatmap/index.html")
    page.go_back()
    expect(field).to_have_value("number 39")
    page.go_back()
    expect(field).to_have_value("")
    page.close()


def test_filters_count_and_lead_to_the_others(watched: Watched) -> None:
    page = watched.page
    page.get_by_label("Health of its sector").select_option(label="Amber")
    expect(page.locator("#found")).to_have_text("40 of 80 brands")
    assert asks_for_sectors(watched) == ["Kitchen.json"]
    assert len(names(page)) == 30
    page.locator("#by-priority").select_option("critical")
    expect(page.locator("#found")).to_have_text("4 of 80 brands")
    assert names(page) == [f"Kitchen Brand {number}" for number in (9, 19, 29, 39)]
    assert page.locator("[data-group=Kitchen] [data-count]").inner_text() == "4 of 40 brands"
    rich = page.locator("#by-template option", has_text="Rich")
    assert rich.inner_text() == "Rich (4)"
    page.locator("#by-priority").select_option("")
    more = page.get_by_role("link", name="and 10 more in Kitchen")
    assert "status=amber" in (more.get_attribute("href") or "")


def test_the_address_holds_the_search_and_back_leads_to_the_one_before(
    watched: Watched, address: str
) -> None:
    page = watched.page
    page.goto(f"{address}?q=brand+7&template=rich")
    expect(page.locator("#found")).to_have_text("8 of 80 brands, in 2 sectors")
    page.locator("#by-sector").select_option("Garden")
    expect(page.locator("#found")).to_have_text("4 of 80 brands")
    assert page.url.endswith("?q=brand+7&sector=Garden&template=rich")
    page.go_back()
    expect(page.locator("#found")).to_have_text("8 of 80 brands, in 2 sectors")
    assert page.locator("#by-sector").input_value() == ""
    page.get_by_role("button", name="Clear", exact=True).click()
    assert page.url == address
    expect(page.get_by_label("Find a brand")).to_be_focused()
    expect(page.locator("#found")).to_have_text("")
    assert page.get_by_text("and 10 more in Garden").is_visible()


def test_what_is_not_found_and_what_cannot_be_loaded_is_said(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.route("**/api/sectors/**", lambda route: route.abort())
    page.goto(address)
    page.get_by_label("Find a brand").fill("number 39")
    expect(page.locator("#found")).to_contain_text("the others could not be loaded")
    page.unroute("**/api/sectors/**")
    page.get_by_label("Find a brand").fill("number 38")
    expect(page.locator("#found")).to_have_text("2 of 80 brands, in 2 sectors")
    page.get_by_label("Find a brand").fill("<b>zzzz")
    expect(page.get_by_text("No brand matches “<b>zzzz”.")).to_be_visible()
    page.get_by_role("button", name="Clear the search").click()
    expect(page.get_by_text("and 10 more in Garden")).to_be_visible()
    page.close()


def test_a_sector_takes_over_the_search(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}sectors/garden/?q=number&priority=critical")
    expect(page.locator("#found")).to_have_text("4 of 40 brands")
    shown = page.locator("li.card:visible h3").all_inner_texts()
    assert shown == [f"Garden Brand {number}" for number in (9, 19, 29, 39)]
    assert asks_for_sectors(watched) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_search_fits_a_telephone_and_everybody(
    browser: Browser, address: str, axe: Axe, scheme: str
) -> None:
    page = browser.new_page(
        viewport={"width": 360, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(f"{address}?q=brand&priority=critical")
    expect(page.locator("#found")).to_contain_text("8 of 80")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe.violations(page) == []
    page.close()


def test_without_javascript_all_lists_are_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert len(names(page)) == 60
    assert page.get_by_label("Find a brand").is_hidden()
    page.get_by_role("link", name="and 10 more in Garden").click()
    assert page.locator("li.card").count() == EACH
    context.close()

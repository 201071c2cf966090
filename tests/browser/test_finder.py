"""The finder on the front page in Chromium: by keyboard alone, and quiet until somebody asks."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.pages import Watched, served

FIELD = "What you need, in your own words"
NEED = "our contracts renew before anybody notices"
GOLDEN = Path(__file__).parents[1] / "vectors" / "match.json"


@pytest.fixture(scope="module")
def address(build: Path) -> Iterator[str]:
    with served(build) as found:
        yield found


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    found = Watched(page)
    page.goto(address)
    yield found
    assert found.faults == []
    assert all(url.startswith(address) for url in found.requests)
    page.close()


def names(page: Page) -> list[str]:
    return page.locator("[data-answers] h3").all_inner_texts()


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent || document.activeElement.id")
    return text


def type_need(page: Page, text: str = NEED) -> None:
    page.get_by_label(FIELD).focus()
    page.keyboard.insert_text(text)  # At once: else a part of it may be answered, too.
    expect(page.locator("[data-said]")).not_to_have_text("")


def test_nothing_is_loaded_before_somebody_comes_to_the_field(watched: Watched) -> None:
    page = watched.page
    page.get_by_label("Find a brand").fill("actuary")
    page.wait_for_timeout(300)
    wanted = ("match.js", "finder-worker.js", "match.json", "words.bin")
    assert not [url for url in watched.requests if url.endswith(wanted)]
    with page.expect_request("**/api/match/words.bin"):
        page.get_by_label(FIELD).focus()
    type_need(page)
    assert sum(url.endswith("words.bin") for url in watched.requests) == 1


def test_a_need_finds_its_brand_by_keyboard_alone(watched: Watched) -> None:
    page = watched.page
    type_need(page)
    wanted = next(
        each for each in json.loads(GOLDEN.read_bytes()) if each["intent"]["text"] == NEED
    )
    links = [link.get_attribute("href") or "" for link in page.locator("[data-answers] a").all()]
    assert [link for link in links if link.endswith("/index.html")] == links
    expect(page.get_by_role("status").filter(has_text="answers it")).to_have_count(1)
    assert f"{wanted['matches'][0]['confidence']:.0f} of 100" in page.inner_text("[data-answers]")
    first, second, *_ = names(page)
    page.keyboard.press("ArrowDown")
    assert focused(page) == first
    page.keyboard.press("ArrowDown")
    assert focused(page) == second
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "need"
    page.keyboard.press("Enter")
    expect(page.locator("[data-answers] a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{links[0]}")
    assert first in page.inner_text("body")


def test_escape_clears_and_returns_to_the_field(watched: Watched) -> None:
    page = watched.page
    type_need(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert focused(page) == "need"
    assert page.get_by_label(FIELD).input_value() == ""
    assert page.locator("[data-results]").is_hidden()


def test_what_no_brand_answers_is_said_plainly(watched: Watched) -> None:
    page = watched.page
    type_need(page, "zzzz qqqq xkcd")
    expect(page.locator("[data-verdict]")).to_contain_text("No confident match")
    assert "not near enough" in page.inner_text("[data-answers]")


def test_a_stated_sector_changes_the_order(watched: Watched) -> None:
    page = watched.page
    type_need(page, "risk")
    before = names(page)
    page.locator("#need-sector").select_option("Sustainability_Innovation")
    expect(page.locator("[data-answers] .meta").first).to_have_text("Sustainability Innovation")
    assert names(page) != before


def test_the_latest_question_wins(watched: Watched) -> None:
    page = watched.page
    field = page.get_by_label(FIELD)
    for text in ("carbon", "patents in forty countries", NEED):
        field.fill(text)
        field.dispatch_event("input")
    expect(page.locator("[data-answers] mark").first).to_have_text("renew")


def test_answers_do_not_move_what_is_below(watched: Watched) -> None:
    page = watched.page
    page.get_by_label(FIELD).focus()
    page.keyboard.type("c")
    below = page.locator("[data-finder]").first
    before = below.bounding_box()
    page.keyboard.type("arbon of our suppliers")
    expect(page.locator("[data-answers] li")).to_have_count(5)
    assert below.bounding_box() == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_answers_fit_a_telephone(browser: Browser, address: str, scheme: str) -> None:
    dark = scheme == "dark"
    page = browser.new_page(
        viewport={"width": 360, "height": 800},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    watched = Watched(page)
    page.goto(address)
    type_need(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.locator("[data-need] :is(input, select, summary, a)").evaluate_all(
        "all => all.filter(n => n.offsetHeight && !n.closest('li') && n.offsetHeight < 44).length"
    )
    assert small == 0
    assert watched.faults == []
    page.close()


def test_from_a_folder_it_says_what_it_needs(browser: Browser, build: Path) -> None:
    page = browser.new_page()
    page.goto((build / "index.html").as_uri())
    page.get_by_label(FIELD).focus()
    page.keyboard.type("carbon")
    expect(page.locator("[data-verdict]")).to_contain_text("python -m http.server")
    page.get_by_label("Find a brand").fill("actuary")
    expect(page.locator("#found")).to_contain_text("1 of 149")
    page.close()


def test_without_javascript_there_is_no_field(browser: Browser, build: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((build / "index.html").as_uri())
    assert page.get_by_label(FIELD).is_hidden()
    assert page.get_by_role("link", name="Sectors").first.is_visible()
    context.close()


def test_a_finder_that_cannot_load_says_so_and_tries_again(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.route("**/words.bin", lambda route: route.abort())
    page.get_by_label(FIELD).focus()
    page.keyboard.type("carbon")
    expect(page.locator("[data-verdict]")).to_contain_text("could not be loaded")
    page.unroute("**/words.bin")
    page.keyboard.type(" of our suppliers")
    expect(page.locator("[data-answers] li")).to_have_count(5)
    page.close()

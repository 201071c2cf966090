"""Every pack without a mouse: the way of Tab, and what shows where it is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from seeing.example import packs
from support.keyboard import out_of_order, stops, walk
from support.pages import Deployed

WIDTHS = (360, 1280)


@pytest.mark.parametrize("pack", ["portfolio", *packs()])
def test_tab_goes_down_the_page_and_is_always_seen(
    tab: Callable[..., Page], deployed: Deployed, pack: str
) -> None:
    page = tab(reduced_motion="reduce")
    found = []
    for address, width in zip(deployed.pages(pack), (*WIDTHS, *WIDTHS), strict=False):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        expected = stops(page)
        assert len(expected) > 3
        where = f"{address.removeprefix(deployed.address)} {width}"
        found += [f"{where}: {fault}" for fault in out_of_order(expected) + walk(page, expected)]
    assert found == []


@pytest.mark.parametrize("pack", ["portfolio", *packs()])
def test_the_first_tab_skips_to_the_content(
    tab: Callable[..., Page], deployed: Deployed, pack: str
) -> None:
    page = tab(reduced_motion="reduce")
    for address in deployed.pages(pack):
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null"), address


def test_a_page_for_the_mouse_alone_would_be_found(tab: Callable[..., Page]) -> None:
    page = tab()
    page.set_content(
        "<main style='display:flex;flex-direction:row-reverse'>"
        "<a href='#1'>one</a><a href='#2' style='outline:none'>two</a>"
        "<a href='#3' tabindex='1'>three</a></main>"
    )
    expected = stops(page)
    assert any("'two' stands before 'one'" in fault for fault in out_of_order(expected))
    assert "should reach 'one'" in walk(page, expected)[-1]

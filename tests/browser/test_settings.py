"""What visitors set for themselves: calm, large, plain, their own colours, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from seeing.example import packs
from support.fits import misfits
from support.pages import Deployed

ALL = ["portfolio", *packs()]
NewTab = Callable[..., Page]


def restyle(page: Page, css: str) -> None:
    """Set the visitor's own style, as a browser's extension does, which no policy forbids."""
    page.evaluate(
        "css => { const own = new CSSStyleSheet(); own.replaceSync(css);"
        " document.adoptedStyleSheets = [own]; }",
        css,
    )


@pytest.mark.parametrize("pack", ALL)
def test_magnified_to_400_per_cent_nothing_is_out_of_reach(
    tab: NewTab, deployed: Deployed, pack: str
) -> None:
    """WCAG 1.4.10: a window of 1280 pixels at 400 % is one of 320; at 200 %, one of 640."""
    page = tab()
    found = []
    for address in deployed.pages(pack):
        page.goto(address)
        for width in (320, 640):
            page.set_viewport_size({"width": width, "height": 256})
            found += misfits(page, f"{address} {width}")
    assert found == []


@pytest.mark.parametrize("pack", ALL)
def test_large_and_widely_spaced_letters_fit(tab: NewTab, deployed: Deployed, pack: str) -> None:
    """WCAG 1.4.4 and 1.4.12."""
    page = tab(viewport={"width": 1280, "height": 800})
    found = []
    for address in deployed.pages(pack):
        page.goto(address)
        restyle(
            page,
            "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
            " word-spacing: .16em !important } p { margin-block-end: 2em !important }",
        )
        found += misfits(page, f"{address} spaced")
        restyle(page, "")
        sizes = page.context.new_cdp_session(page)
        sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 30
        found += misfits(page, f"{address} at 200 %")
        sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    assert found == []


@pytest.mark.parametrize("pack", ALL)
def test_who_wants_no_motion_sees_none(tab: NewTab, deployed: Deployed, pack: str) -> None:
    page = tab(reduced_motion="reduce", viewport={"width": 1280, "height": 600})
    for address in deployed.pages(pack):
        page.goto(address)
        page.mouse.wheel(0, 900)
        page.locator("a:visible").nth(1).hover()
        running = "document.getAnimations().filter(a => a.playState === 'running').length"
        assert page.evaluate(running) == 0, address
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("pack", ALL)
def test_nothing_moves_for_ever(tab: NewTab, deployed: Deployed, pack: str) -> None:
    """WCAG 2.2.2: what moves by itself ends within five seconds."""
    page = tab(reduced_motion="no-preference")
    for address in deployed.pages(pack):
        page.goto(address)
        assert page.evaluate(LASTING) == [], address


LASTING = """() => document.getAnimations()
  .filter((each) => each.timeline instanceof DocumentTimeline
    && each.effect.getComputedTiming().endTime > 5000)
  .map((each) => each.animationName ?? each.transitionProperty)"""

PRINTED = """() => ({
  text: [...document.querySelectorAll('main :is(h1, h2, h3, dd), .prose :is(p, li, td)')]
    .filter((node) => node.checkVisibility() && !node.closest('#related, aside, nav'))
    .map((node) => node.textContent),
  controls: [...document.querySelectorAll('body > header nav, .skip, button, .masthead nav')]
    .filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 80)),
  ground: getComputedStyle(document.body).backgroundColor,
  ink: getComputedStyle(document.querySelector('main p')).color,
})"""


def lightness(page: Page, colour: str) -> int:
    """Return how light a CSS colour is on white paper, of 255."""
    found: int = page.evaluate(
        "colour => { const brush = document.createElement('canvas').getContext('2d');"
        " brush.fillStyle = '#fff'; brush.fillRect(0, 0, 1, 1);"
        " brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);"
        " const [r, g, b] = brush.getImageData(0, 0, 1, 1).data;"
        " return Math.round(.2126 * r + .7152 * g + .0722 * b); }",
        colour,
    )
    return found


@pytest.mark.parametrize("pack", ALL)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_the_text_in_dark_ink_and_no_menus(
    tab: NewTab, deployed: Deployed, pack: str, scheme: str
) -> None:
    dark = scheme == "dark"
    page = tab(
        viewport={"width": 680, "height": 960},
        color_scheme="dark" if dark else "light",
        java_script_enabled=False,
    )
    for address in deployed.pages(pack)[:2]:
        page.goto(address)
        on_screen = page.evaluate(PRINTED)["text"]
        page.emulate_media(media="print")
        paper = page.evaluate(PRINTED)
        assert paper["controls"] == [], address
        assert lightness(page, paper["ground"]) > 235, address
        assert lightness(page, paper["ink"]) < 110, address
        assert set(on_screen) - set(paper["text"]) == set(), address
        assert misfits(page, f"{address} on paper") == []
        page.emulate_media(media="screen")


FOREIGN = """() => {
  const probe = document.body.appendChild(document.createElement('p'));
  const system = ['CanvasText', 'LinkText', 'ButtonText', 'GrayText', 'HighlightText', 'MarkText']
    .map((name) => { probe.style.color = name; return getComputedStyle(probe).color; });
  probe.remove();
  return [...document.querySelectorAll('body *')].filter((node) =>
    [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim())
    && node.checkVisibility() && getComputedStyle(node).forcedColorAdjust === 'auto'
    && !(node instanceof SVGElement) && !system.includes(getComputedStyle(node).color))
    .map((node) => node.outerHTML.slice(0, 80));
}"""
"""Text in no colour of the visitor's own."""

SHAPELESS = """() => [...document.querySelectorAll('a.button')].filter((node) => {
  const {borderTopStyle, textDecorationLine} = getComputedStyle(node);
  return borderTopStyle === 'none' && textDecorationLine === 'none';
}).map((node) => node.textContent)"""
"""Buttons that are told by their ground alone, which is not there any more."""


@pytest.mark.parametrize("pack", ALL)
def test_colours_of_the_visitor_are_taken(tab: NewTab, deployed: Deployed, pack: str) -> None:
    page = tab(forced_colors="active", reduced_motion="reduce")
    for address in deployed.pages(pack):
        page.goto(address)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert page.evaluate(FOREIGN) == [], address
        assert page.evaluate(SHAPELESS) == [], address


@pytest.mark.parametrize("pack", packs())
def test_the_switch_gives_the_colours_that_the_system_would(
    tab: NewTab, deployed: Deployed, pack: str
) -> None:
    page = tab(color_scheme="dark", reduced_motion="reduce")
    colours = """[...document.querySelectorAll('body, body *')].map((node) => {
      const {color, backgroundColor, borderTopColor, fill, stroke} = getComputedStyle(node);
      return [node.localName, color, backgroundColor, borderTopColor, fill, stroke].join(' ');
    })"""
    page.goto(deployed.pages(pack)[0])
    dark = page.evaluate(colours)
    page.emulate_media(color_scheme="light")
    page.locator("button.scheme").click()
    page.mouse.move(0, 0)
    page.locator("body").evaluate("() => document.activeElement.blur()")
    assert page.evaluate(colours) == dark
    page.reload()
    assert page.evaluate(colours) == dark, "the choice is forgotten"

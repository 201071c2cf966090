"""A visitor who has no mouse: what Tab reaches, in which order, and whether it shows."""

from itertools import pairwise
from typing import NamedTuple

from playwright.sync_api import Page

STOPS = """() => {
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const all = [...document.querySelectorAll(kinds)].filter(
    (node) => node.checkVisibility({visibilityProperty: true}) && !node.disabled);
  scrollTo(0, 0);
  return all.map((node, number) => {
    node.dataset.stop = number;
    const box = node.getBoundingClientRect();
    const region = node.closest('nav, section, ul, ol, dl, address, footer, header, main');
    const regions = [...document.querySelectorAll('*')];
    return {name: (node.textContent.trim() || node.ariaLabel || node.localName).slice(0, 40),
      region: regions.indexOf(region), left: box.left, top: box.top + scrollY,
      right: box.right, bottom: box.bottom + scrollY};
  });
}"""

FOCUSED = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  const box = node.getClientRects()[0];
  const at = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  const styles = [getComputedStyle(node), getComputedStyle(node, '::after'),
    getComputedStyle(node.parentElement), getComputedStyle(node.closest('li') ?? node)];
  return {stop: Number(node.dataset.stop ?? -1),
    ring: styles.some((each) => parseFloat(each.outlineWidth) >= 2
      && !['none', 'hidden'].includes(each.outlineStyle)),
    seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
    covered: at !== null && !node.contains(at) && !at.contains(node)};
}"""
"""The ring may stand around the element, or around the card that the element makes one link."""


class Stop(NamedTuple):
    """Something that Tab reaches, where it stands on the page in pixels."""

    name: str
    region: int
    left: float
    top: float
    right: float
    bottom: float


def stops(page: Page) -> list[Stop]:
    """Return what Tab should reach, in the order of the document, and number it in the page."""
    return [Stop(**each) for each in page.evaluate(STOPS)]


def walk(page: Page, expected: list[Stop]) -> list[str]:
    """Press Tab through the page and return what is wrong, in one line each."""
    faults: list[str] = []
    for number, stop in enumerate(expected):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found is None or found["stop"] != number:
            return [*faults, f"Tab {number + 1} should reach {stop.name!r}, and found {found}"]
        if not found["seen"] or found["covered"]:
            faults.append(f"{stop.name!r} has the focus and cannot be seen")
        if not found["ring"]:
            faults.append(f"{stop.name!r} has the focus and no ring")
    return faults


def out_of_order(expected: list[Stop], *, rtl: bool = False) -> list[str]:
    """Return where, within a region, Tab goes up or back in a row; a new column may begin above."""
    faults = []
    for first, second in pairwise(expected):
        left_of, right_of = second.right <= first.left, second.left >= first.right
        back, forth = (right_of, left_of) if rtl else (left_of, right_of)
        above, below = second.bottom <= first.top, second.top >= first.bottom
        if first.region == second.region and ((above and not forth) or (back and not below)):
            faults.append(f"{second.name!r} stands before {first.name!r}")
    return faults

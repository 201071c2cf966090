"""Whether what a page says stands within the window."""

from playwright.sync_api import Page

OUTSIDE = """() => [...document.querySelectorAll('body *')].filter((node) => {
  const own = [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
  if (!own || !node.checkVisibility({visibilityProperty: true})) return false;
  const box = node.getBoundingClientRect();
  if (box.bottom + scrollY < 0) return false;
  for (let up = node; up !== document.body; up = up.parentElement) {
    const {overflowX} = getComputedStyle(up), edge = up.getBoundingClientRect();
    if (edge.width <= 1 || ['auto', 'scroll'].includes(overflowX)) return false;
    if (overflowX === 'visible') continue;
    if (box.left < edge.left - 1 || box.right > edge.right + 1) return true;
    const inner = up === node && !node.children.length ? node.scrollWidth - node.clientWidth : 0;
    if (inner > 1) return true;
  }
  return box.right > innerWidth + 1 || box.left < -1;
}).map((node) => node.outerHTML.slice(0, 120))"""
"""Text that is cut off or stands beyond the sides of the window, in no box that scrolls."""


def misfits(page: Page, where: str) -> list[str]:
    """Return what does not fit the window."""
    found = [f"{where}: out of sight: {each}" for each in page.evaluate(OUTSIDE)]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{where}: scrolls sideways")
    return found

"""Takes pictures of built pages in Chromium, from the folder, as a visitor without a server."""

import shutil
import sys
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, ViewportSize, sync_playwright

BUILD = Path("build")


class Look(NamedTuple):
    """How a page is looked at; ``height`` in pixels, None for the whole page."""

    width: int
    scheme: Literal["light", "dark"]
    height: int | None = None


README = {
    "site": ("sites/actuary/index.html", Look(1280, "light", 800)),
    "heatmap": ("heatmap/index.html", Look(1280, "dark", 800)),
}
LOOKS = tuple(Look(width, scheme) for width in (360, 1280) for scheme in ("light", "dark"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    """Take the README's pictures, or those of every kind of page into a folder."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium here; on Debian: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        if len(sys.argv) > 1:
            take_all(browser, Path(sys.argv[1]))
        else:
            for name, (path, look) in README.items():
                take(browser, path, look, Path(f"docs/images/{name}.png"))
        browser.close()


def take_all(browser: Browser, folder: Path) -> None:
    """Take every kind of page, at each width and in each scheme."""
    pages = ["index.html", "heatmap/index.html", "sectors/ip-patent-systems/index.html"]
    pages += sorted(path.relative_to(BUILD).as_posix() for path in one_site_a_pack())
    for path in pages:
        name = path.removesuffix("index.html").strip("/").replace("/", "-") or "home"
        for look in LOOKS:
            take(browser, path, look, folder / f"{name}-{look.width}-{look.scheme}.png")


def one_site_a_pack() -> list[Path]:
    """Return the front page of the first site of each pack."""
    found: dict[str, Path] = {}
    for config in sorted(BUILD.glob("sites/*/config.json")):
        pack = config.read_text().split('"template": {')[1].split('"id": "')[1].split('"')[0]
        found.setdefault(pack, config.with_name("index.html"))
    return list(found.values())


def take(browser: Browser, path: str, look: Look, target: Path) -> None:
    """Take one picture."""
    size: ViewportSize = {"width": look.width, "height": look.height or 800}
    page = browser.new_page(viewport=size, color_scheme=look.scheme)
    page.goto((BUILD / path).resolve().as_uri())
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(target), full_page=look.height is None)
    page.close()
    sys.stderr.write(f"{target}\n")


if __name__ == "__main__":
    main()

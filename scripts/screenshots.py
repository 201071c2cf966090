"""Takes pictures of built pages in Chromium, from the folder, as a visitor without a server."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from seeing.example import packs, pages_of, site_of
from seeing.launching import launch, previewed
from seeing.sheet import Picture, write_sheets

BUILD = Path("build")
IMAGES = Path("docs/images")


class Look(NamedTuple):
    """How a page is looked at; ``height`` in pixels, None for the whole page."""

    width: int
    scheme: Literal["light", "dark"]
    height: int | None = None
    paper: bool = False

    @property
    def name(self) -> str:
        return "paper" if self.paper else f"{self.width}-{self.scheme}"


README = {
    "site": ("sites/actuary/index.html", Look(1280, "light", 800)),
    "heatmap": ("heatmap/index.html", Look(1280, "dark", 800)),
}
OURS = {
    "home": "index.html",
    "heatmap": "heatmap/index.html",
    "sector": "sectors/ip-patent-systems/index.html",
    "operations": "dashboard/index.html",
    "intents": "dashboard/intents/index.html",
}
A4 = 794
LOOKS = (
    *(Look(width, scheme) for width in (360, 768, 1440) for scheme in ("light", "dark")),
    Look(A4, "light", paper=True),
)
KINDS = ("front", "page", "lost")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    """Take the README's pictures, or those of every pack and kind of page into a folder."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium here; on Debian: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        if len(sys.argv) > 1:
            take_all(browser, Path(sys.argv[1]), sys.argv[2:])
        else:
            for name, (path, look) in README.items():
                take(browser, path, look, IMAGES / f"{name}.png")
            take_launch(browser, IMAGES / "launch.png")
            for picture in IMAGES.glob("*.png"):
                shrink(picture)
        browser.close()


def take_all(browser: Browser, folder: Path, names: list[str]) -> None:
    """Take every kind of page of each pack in each look, and lay them out side by side."""
    pages = {} if names else {(name, "portfolio"): path for name, path in OURS.items()}
    for pack in names or packs():
        paths = pages_of(BUILD, site_of(BUILD, pack))
        pages |= {(pack, kind): path for kind, path in zip(KINDS, paths, strict=True)}
    pictures = []
    for look in LOOKS:
        for (pack, kind), path in pages.items():
            picture = Picture(pack, kind, look.name, f"{pack}-{kind}-{look.name}.png")
            take(browser, path, look, folder / picture.file)
            pictures.append(picture)
    for sheet in write_sheets(folder, pictures):
        take(browser, sheet, Look(2400, "light"), sheet.with_suffix(".png"))


def take_launch(browser: Browser, target: Path) -> None:
    """Take a picture of a launch that has come to its end, in a real preview."""
    with TemporaryDirectory() as folder, previewed(Path(folder)) as address:
        page = browser.new_page(viewport={"width": 1536, "height": 960}, reduced_motion="reduce")
        launch(page, address)
        page.screenshot(path=str(target))
        page.close()
    sys.stderr.write(f"{target}\n")


def shrink(picture: Path) -> None:
    """Write a picture with 256 colours: pages need no more, and it is a third as large."""
    with Image.open(picture) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(picture, optimize=True)


def take(browser: Browser, path: str | Path, look: Look, target: Path) -> None:
    """Take one picture of a page of the build, or of any file."""
    size: ViewportSize = {"width": look.width, "height": look.height or 800}
    page = browser.new_page(viewport=size, color_scheme=look.scheme, reduced_motion="reduce")
    page.emulate_media(media="print" if look.paper else "screen")
    page.goto((path if isinstance(path, Path) else BUILD / path).resolve().as_uri())
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(target), full_page=look.height is None)
    page.close()
    sys.stderr.write(f"{target}\n")


if __name__ == "__main__":
    main()

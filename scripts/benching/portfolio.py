"""The portfolio that every generator builds: made up, written, and put into git."""

import subprocess
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import catalogue

PACK_LINE = ".edited "
"""How the line of a pack's styles begins that the suites edit."""
_AS_PEERS_DO = "markdown: gfm\nimages: off\n"
"""What the other generators write, too: GitHub's Markdown, and no pictures made of words."""


class Brand(NamedTuple):
    """A brand and its page as text; ``sector`` is the sector's slug, ``page`` the page's."""

    id: str
    slug: str
    name: str
    sector: str
    template: str
    text: str
    page: str
    title: str
    body: str

    @property
    def plain_name(self) -> str:
        """Return the name without ™."""
        return self.name.removesuffix("™")


class Content(NamedTuple):
    """What a portfolio says. ``sectors`` and ``packs`` hold their files by slug and id."""

    folder: Path
    name: str
    brands: tuple[Brand, ...]
    sectors: dict[str, str]
    packs: dict[str, dict[str, str]]

    @property
    def sample(self) -> Brand:
        """Return the brand that is edited: the first of the sector of middling size."""
        sizes = Counter(brand.sector for brand in self.brands)
        sector = sorted(sizes, key=lambda sector: (sizes[sector], sector))[len(sizes) // 2]
        return next(brand for brand in self.brands if brand.sector == sector)


def write_portfolio(count: int, folder: Path) -> Path:
    """Write a portfolio of ``count`` brands with a page each, committed to git; return it."""
    catalogue.write(count, folder, pages=True)
    with (folder / "omnigrid.yaml").open("a", encoding="utf-8") as config:
        config.write(_AS_PEERS_DO)
    for pack in (folder / "template_packs").iterdir():
        with (pack / "styles.css").open("a", encoding="utf-8") as styles:
            styles.write(f"{PACK_LINE}{{ order: 2 }}\n")
    (folder / ".gitignore").write_text("/build/\n/.omnigrid/\n", encoding="utf-8")
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    """Put a folder under git, as it is."""
    who = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "Portfolio"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)  # noqa: S603, S607


def read_content(folder: Path) -> Content:
    """Return what the files of a portfolio with a page for each brand say."""
    config = yaml.safe_load((folder / "omnigrid.yaml").read_text(encoding="utf-8"))
    return Content(
        folder=folder,
        name=config["name"],
        brands=tuple(_brand(folder, path) for path in sorted((folder / "brands").rglob("*.yaml"))),
        sectors={path.stem: path.read_text() for path in sorted((folder / "sectors").iterdir())},
        packs={
            pack.name: {path.name: path.read_text(encoding="utf-8") for path in pack.iterdir()}
            for pack in sorted((folder / "template_packs").iterdir())
        },
    )


def _brand(folder: Path, path: Path) -> Brand:
    text = path.read_text(encoding="utf-8")
    facts: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    sector, page = path.parent.name, f"about-{path.stem}"
    front, _, body = (
        (folder / f"content/{sector}/{page}.md")
        .read_text(encoding="utf-8")[4:]
        .partition("\n---\n")
    )
    return Brand(
        id=facts["id"],
        slug=path.stem,
        name=facts["name"],
        sector=sector,
        template=facts["template"],
        text=text,
        page=page,
        title=yaml.safe_load(front)["title"],
        body=body.lstrip("\n"),
    )

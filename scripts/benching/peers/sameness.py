"""Holds a peer's output against ours: the same files, the same content, the same weight."""

from collections import Counter
from html import unescape
from pathlib import Path

from benching.portfolio import Brand, Content

_TOLERANCE = 0.2
_OURS_ALONE = {"_headers"}
"""Files that a peer is not asked for: we do more, in our own time."""
_LITE = {"index.html", "styles.css", "app.js", "config.json"}


class DifferentError(Exception):
    """The outputs do not hold the same; to compare times would mean nothing."""


def compare_outputs(content: Content, ours: Path, theirs: Path) -> str:
    """Return how heavy the peer's files are beside ours, by kind; raises DifferentError."""
    wanted, found = _files(ours), _files(theirs)
    if odd := sorted(wanted.keys() ^ found.keys()):
        raise DifferentError(f"{len(odd)} files are in one output only, such as {odd[:3]}")
    for brand in content.brands:
        pages = {"index.html": (brand.name, brand.title), f"{brand.page}.html": _texts(brand)}
        for output in (ours, theirs):
            _must_hold(output / "sites" / brand.slug, pages)
    return _weights(wanted, found)


def check_lite(content: Content, theirs: Path) -> None:
    """Check an output of four files a site; raises DifferentError."""
    for brand in content.brands:
        site = theirs / "sites" / brand.slug
        if {path.name for path in site.iterdir()} != _LITE:
            raise DifferentError(f"{site} does not hold exactly {', '.join(sorted(_LITE))}")
        _must_hold(site, {"index.html": _texts(brand)})


def _texts(brand: Brand) -> tuple[str, ...]:
    heading = next(line for line in brand.body.splitlines() if line.startswith("## "))
    return brand.name, heading.removeprefix("## ")


def _files(output: Path) -> dict[str, int]:
    """Return the size of each file that must be there: those of sites and brands, and the pages."""
    below = [path for folder in ("sites", "api/brands") for path in (output / folder).rglob("*")]
    pages = [output / "index.html", output / "heatmap/index.html"]
    pages += (output / "sectors").rglob("index.html")
    asked = (path for path in (*below, *pages) if path.name not in _OURS_ALONE)
    files = (path for path in asked if path.is_file())
    return {path.relative_to(output).as_posix(): path.stat().st_size for path in files}


def _must_hold(folder: Path, pages: dict[str, tuple[str, ...]]) -> None:
    for name, texts in pages.items():
        page = unescape((folder / name).read_text(encoding="utf-8"))
        for text in texts:
            if text not in page:
                raise DifferentError(f"{folder / name} does not hold {text!r}")


def _weights(ours: dict[str, int], theirs: dict[str, int]) -> str:
    wanted, found = _by_kind(ours), _by_kind(theirs)
    shares = {kind: found[kind] / size for kind, size in sorted(wanted.items())}
    for kind, share in shares.items():
        if abs(share - 1) > _TOLERANCE:
            raise DifferentError(f"{kind} weighs {share:.2f} × ours; change peers/markup/")
    return ", ".join(f"{kind} {share:.2f}" for kind, share in shares.items())


def _by_kind(files: dict[str, int]) -> Counter[str]:
    """Return the bytes of all sites together, by the name of the file."""
    sizes: Counter[str] = Counter()
    for path, size in files.items():
        name = path.rpartition("/")[2]
        if path.startswith("sites/"):
            sizes["page" if name.startswith("about-") else name] += size
        elif path.startswith("api/"):
            sizes["API"] += size
    return sizes

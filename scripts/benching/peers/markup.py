"""Pages written once, for every template language.

A word in [[brackets]] stands for a value, a loop or its end; each peer has a table of the words.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from benching.measure import ROOT

_MARKUP = Path(__file__).with_name("markup")
_WORD = re.compile(r"\[\[([a-z_. ]+)\]\]")
_BASE = ROOT / "src/omnigrid/packs/builtin/base"
_PORTFOLIO = ROOT / "src/omnigrid/packs/builtin/portfolio"
_INNER = {"head.home": "index.html", "head.kind": "inner"}


class Page(NamedTuple):
    """A page: its text between head and foot, and what its head says."""

    main: str
    head: Mapping[str, str]


SITE_PAGES = {
    "index": Page(
        "home.html",
        {
            "head.title": "[[plain_name]]: [[tagline]]",
            "head.about": "[[description]]",
            "head.social": "[[social]]",
            "head.type": "website",
            "head.home": "",
            "head.kind": "home",
        },
    ),
    "page": Page(
        "page.html",
        _INNER
        | {
            "head.title": "[[title]]: [[plain_name]]",
            "head.about": "[[summary]]",
            "head.social": "[[social]]",
            "head.type": "article",
        },
    ),
    "lost": Page(
        "lost.html",
        _INNER
        | {
            "head.title": "Page not found: [[plain_name]]",
            "head.about": "[[description]]",
            "head.social": '<meta name="robots" content="noindex">\n',
        },
    ),
}
PORTFOLIO_PAGES = {
    "home": Page("sectors.html", {"head.title": "[[portfolio]]", "head.root": ""}),
    "sector": Page("cards.html", {"head.title": "[[listed.name]]", "head.root": "../../"}),
    "heatmap": Page("heatmap.html", {"head.title": "Sector heatmap", "head.root": "../"}),
}


def site_page(name: str, words: Mapping[str, str], *, answers: str | None = None) -> str:
    """Return a page of a site in the language of ``words``.

    ``answers`` takes the place of the list of the site's pages.
    """
    page = SITE_PAGES[name]
    listed = answers if answers is not None else _text("answers.html")
    parts = {"answers": listed, "social": _text("social.html")}
    return _filled("site.html", page, parts, words)


def portfolio_page(name: str, words: Mapping[str, str]) -> str:
    """Return a page of the portfolio in the language of ``words``."""
    return _filled("portfolio.html", PORTFOLIO_PAGES[name], {"cards": _text("cards.html")}, words)


def plain_file(name: str, words: Mapping[str, str]) -> str:
    """Return one of the small files of a site in the language of ``words``."""
    return in_language(_text(name), words)


def in_language(text: str, words: Mapping[str, str]) -> str:
    """Return a text with every word in brackets replaced; raises KeyError for an unknown one."""
    while _WORD.search(text):
        text = _WORD.sub(lambda found: words[found[1]], text)
    return text


def base_file(name: str) -> str:
    """Return a file of the pack that every site of ours is based on."""
    return (_BASE / name).read_text(encoding="utf-8")


def portfolio_assets() -> dict[str, str]:
    """Return the files beside the portfolio's pages that are the same for every portfolio."""
    icon = in_language(_text("favicon.svg"), {"accent": "#0b7285", "initials": "P"})
    files = {
        "portfolio.css": "styles.css",
        "portfolio.js": "app.js",
        "heatmap/heatmap.js": "heatmap.js",
    }
    texts = {path: (_PORTFOLIO / name).read_text(encoding="utf-8") for path, name in files.items()}
    return texts | {"favicon.svg": icon}


def _filled(frame: str, page: Page, parts: Mapping[str, str], words: Mapping[str, str]) -> str:
    return in_language(_text(frame), {**words, **parts, **page.head, "main": _text(page.main)})


def _text(name: str) -> str:
    return (_MARKUP / name).read_text(encoding="utf-8").rstrip("\n") + "\n"

"""Markdown to clean HTML: a library writes it, nh3 takes out what could do harm."""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, assert_never

import nh3
from markupsafe import Markup

from omnigrid.model.files import MarkdownFlavour
from omnigrid.render.gfm import render_gfm

if TYPE_CHECKING:
    from markdown import Markdown

_EXTENSIONS = ("extra", "sane_lists", "toc")
_TAGS = frozenset(
    "a abbr blockquote br code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr img ins "
    "kbd li mark ol p pre q s samp small span strong sub sup table tbody td tfoot th thead tr ul "
    "var".split()
)
_ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
_VALUES = {"li": {"class": {"task"}}}
_SCHEMES = frozenset({"https", "http", "mailto", "tel"})
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    tag_attribute_values=_VALUES,
    url_schemes=_SCHEMES,
    link_rel="noopener",
)
_STYLED_CELL = re.compile(r'(<t[dh]) style="text-align: (left|right|center);"')
_BLOCK = re.compile(
    r"<(/?)(?:(h[2-6]|ul|ol|blockquote|table|pre|figure)|p|div|hr|dl|dt|dd)\b[^>]*>"
)
"""A tag between paragraphs; named, where what is inside it is no summary of a page."""
_NOTE_LINK = re.compile(r'<sup[^>]*><a [^>]*href="#fn[^<]*</a></sup>')
_TAG = re.compile(r"<[^>]*>")


@lru_cache(maxsize=1)
def _converter() -> "Markdown":
    # Takes 60 ms to import, and a portfolio in GitHub's dialect needs none of it.
    import markdown  # noqa: PLC0415

    return markdown.Markdown(
        extensions=list(_EXTENSIONS),
        output_format="html",
    )


def render_markdown(text: str, flavour: MarkdownFlavour = MarkdownFlavour.EXTRA) -> Markup:
    """Return the sanitised HTML of ``text``; its highest headings are h2, below the title."""
    match flavour:
        case MarkdownFlavour.EXTRA:
            made = _converter().reset().convert(text)
        case MarkdownFlavour.GFM:
            made = render_gfm(text)
        case _:
            assert_never(flavour)
    clean = _CLEANER.clean(_headings_from_two(_cell_alignment(made)))
    return Markup(_scrollable_tables(clean))  # noqa: S704  (sanitised on the line above)


def summarise(clean: str, length: int = 160) -> str:
    """Return the first words of a rendered text, without markup, for a description.

    Headings, lists, quotations, tables, pictures and code are passed over.
    """
    words = _first_words(str(clean))  # as plain text it is not markup, and much faster
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _first_words(clean: str) -> str:
    start = depth = 0
    for tag in _BLOCK.finditer(clean):
        if depth == 0 and (words := _words(clean[start : tag.start()])):
            return words
        start = tag.end()
        if tag[2]:
            depth += -1 if tag[1] else 1
    return _words(clean[start:])


def _words(clean: str) -> str:
    """Return the text of sanitised HTML, whose attributes hold no sign < or >, on one line."""
    if "<" in clean:
        clean = _TAG.sub("", _NOTE_LINK.sub("", clean))
    return " ".join(html.unescape(clean).split())


def _headings_from_two(made: str) -> str:
    """Shift all headings by the same number of levels, so that the highest is an h2."""
    highest = next((level for level in range(1, 7) if f"<h{level}" in made), 2)
    shift = 2 - highest
    if shift == 0:
        return made
    # In the direction in which no heading is shifted twice; an h6 cannot go further down.
    for level in range(5, 0, -1) if shift > 0 else range(highest, 7):
        made = made.replace(f"<h{level}", f"<h{level + shift}")
        made = made.replace(f"</h{level}", f"</h{level + shift}")
    return made


def _cell_alignment(made: str) -> str:
    """Turn style attributes of table cells, which our content policy forbids, into ``align``."""
    return _STYLED_CELL.sub(r'\1 align="\2"', made) if "text-align" in made else made


def _scrollable_tables(clean: str) -> str:
    """Put each table into a box that a small screen can scroll, and a keyboard can reach.

    A tag is what it looks like here, as nh3 writes &lt; within attributes (from version 0.3.7 on).
    The boxes of a page are landmarks, which are told apart by their names.
    """
    first, *others = clean.split("<table>")
    boxes = [
        f'<div class="table" role="region" aria-label="{name}" tabindex="0"><table>{rest}'
        for name, rest in zip(_table_names(), others, strict=False)
    ]
    return "".join([first, *boxes]).replace("</table>", "</table></div>")


def _table_names() -> Iterator[str]:
    """Yield "Table", "Table 2", "Table 3" and so on."""
    yield "Table"
    yield from (f"Table {number}" for number in count(2))

"""Markdown to clean HTML: Python-Markdown writes it, nh3 takes out what could do harm."""

import html
import re
from functools import lru_cache

import markdown
import nh3
from markupsafe import Markup

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
_SCHEMES = frozenset({"https", "http", "mailto", "tel"})


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    return markdown.Markdown(
        extensions=list(_EXTENSIONS),
        output_format="html",
    )


def render_markdown(text: str) -> Markup:
    """Return the sanitised HTML of ``text``; its highest headings are h2, below the title."""
    converter = _converter()
    converter.reset()
    made = converter.convert(text)
    clean = nh3.clean(
        _headings_from_two(_cell_alignment(made)),
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        link_rel="noopener",
    )
    return Markup(_scrollable_tables(clean))  # noqa: S704  (sanitised on the line above)


def summarise(text: str, length: int = 160) -> str:
    """Return the first words of ``text``'s first paragraph, without markup, for a description."""
    for block in re.split(r"\n\s*\n", text.strip()):
        if re.match(r"\s*(#|[-*+] |\d+\. |>|\||```|---)", block):
            continue
        plain = nh3.clean(str(render_markdown(block)), tags=set())
        words = " ".join(html.unescape(plain).split())
        if len(words) <= length:
            return words
        return words[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    return ""


def _headings_from_two(made: str) -> str:
    """Shift all headings by the same number of levels, so that the highest is an h2."""
    levels = [int(level) for level in re.findall(r"<h([1-6])", made)]
    shift = 2 - min(levels, default=2)
    return re.sub(
        r"(</?h)([1-6])", lambda tag: f"{tag.group(1)}{min(int(tag.group(2)) + shift, 6)}", made
    )


def _cell_alignment(made: str) -> str:
    """Turn style attributes of table cells, which our content policy forbids, into ``align``."""
    return re.sub(r'(<t[dh]) style="text-align: (left|right|center);"', r'\1 align="\2"', made)


def _scrollable_tables(clean: str) -> str:
    """Put each table into a box that a small screen can scroll, and a keyboard can reach."""
    opened = clean.replace(
        "<table>", '<div class="table" role="region" aria-label="Table" tabindex="0"><table>'
    )
    return opened.replace("</table>", "</table></div>")

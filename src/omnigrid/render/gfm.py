"""GitHub's dialect of Markdown to HTML, by comrak. What comes out is not sanitised yet."""

import html
import re
from collections.abc import Iterator
from unicodedata import category

import comrak

_SYNTAX = comrak.ExtensionOptions(
    alerts=True, autolink=True, footnotes=True, strikethrough=True, table=True, tasklist=True
)
_PARSING = comrak.ParseOptions()
_RENDERING = comrak.RenderOptions(unsafe_=True)
"""Raw HTML is let through: the sanitiser decides about it, as with the other dialect."""

_HEADING_TAG = re.compile(r"<(/?)h([1-6])(>?)")
_TAG = re.compile(r"<[^<>]*>")
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9_ -]")
_SLUG_CATEGORIES = frozenset({"Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd", "Nl", "Pc"})
_OPEN = '<input type="checkbox" disabled="" /> '
_DONE = '<input type="checkbox" checked="" disabled="" /> '
_TASK_SIGNS = (
    (f"<li>{_OPEN}\n<p>", '<li class="task">\n<p>☐ '),
    (f"<li>{_DONE}\n<p>", '<li class="task">\n<p>☑ '),
    (f"<li>{_OPEN}", '<li class="task">☐ '),
    (f"<li>{_DONE}", '<li class="task">☑ '),
)
_NOTES = (
    ('<section class="footnotes" data-footnotes>', "<hr />"),
    (' aria-label="Back to reference', ' title="Back to reference'),
)
_ALERT = re.compile(r'<p class="markdown-alert-title">([^<]*)</p>')


def render_gfm(text: str) -> str:
    """Return the HTML of ``text``, headings with the ids that links on GitHub lead to."""
    made = _with_ids(comrak.markdown_to_html(text, _SYNTAX, _PARSING, _RENDERING))
    if ' type="checkbox"' in made:
        made = _replaced(made, _TASK_SIGNS)
    if "data-footnotes" in made:
        made = _replaced(made, _NOTES)
    if "markdown-alert" in made:
        made = _ALERT.sub(r"<p><strong>\1</strong></p>", made)
    return made


def _replaced(made: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        made = made.replace(old, new)
    return made


def _with_ids(made: str) -> str:
    """Give each heading the first of ``slug``, ``slug-1``, ``slug-2`` that is not taken."""
    taken: dict[str, int] = {}
    parts: list[str] = []
    done = 0
    for start, inner in _headings(made):
        slug = unique = heading_slug(inner)
        while unique in taken:
            taken[slug] += 1
            unique = f"{slug}-{taken[slug]}"
        taken[unique] = 0
        if slug:
            parts += [made[done : start - 1], f' id="{unique}">']
            done = start
    return "".join([*parts, made[done:]])


def _headings(made: str) -> Iterator[tuple[int, str]]:
    """Yield where the inside of each heading begins, and that inside.

    Tag by tag: one pattern for a whole heading takes for ever on some texts, or needs possessive
    quantifiers, which Python 3.11 has wrong up to 3.11.4.
    """
    opened: re.Match[str] | None = None
    for tag in _HEADING_TAG.finditer(made):
        closing, level, whole = tag.groups()
        if not closing:
            opened = tag if whole else None
            continue
        if opened is not None and whole and opened[2] == level:
            yield opened.end(), made[opened.end() : tag.start()]
        opened = None


def heading_slug(inner: str) -> str:
    """Return the slug of a heading's HTML: letters, digits, _ and - in lower case (as GitHub's)."""
    text = html.unescape(_TAG.sub("", inner)) if "<" in inner or "&" in inner else inner
    text = text.lower()
    if text.isascii():
        return _NOT_IN_SLUGS.sub("", text).replace(" ", "-")
    kept = (sign for sign in text if sign in " -" or category(sign) in _SLUG_CATEGORIES)
    return "".join(kept).replace(" ", "-")

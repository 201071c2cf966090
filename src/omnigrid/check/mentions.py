"""The pictures that a page's Markdown names, each with its place."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from omnigrid.model.findings import Span
from omnigrid.model.source import Document, Mention

_IMAGE = re.compile(
    r"!\[(?P<alt>[^\]]{0,500})\]\(\s*(?:<(?P<in>[^<>\n]*)>|(?P<bare>[^\s()<>]+))"
    r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_TAG = re.compile(
    r"<img\b[^<>]{0,2000}?\ssrc\s*=\s*[\"'](?P<in>[^\"'\n]*)[\"'][^<>]{0,2000}>", re.I
)
_TAG_ALT = re.compile(r"\salt\s*=\s*[\"'](?P<alt>[^\"']*)[\"']", re.I)
_NOTED = re.compile(
    r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?(?P<in>[^\s<>]+\.(?:svg|png|jpe?g|webp))>?", re.I | re.M
)
_CODE = re.compile(
    r"^(?P<fence>~{3,}|`{3,})[^\n]*\n.*?^(?P=fence)|(`+)(?!`).+?(?<!`)\2(?!`)", re.M | re.S
)
_SIGN = re.compile(r"[^\n]")
MAX_MENTIONS = 200
"""Pictures of one page that are looked at."""


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Return the pictures of a page, in their order; those within code are none."""
    body = document.body
    if "![" not in body and "<img" not in body.lower() and "]:" not in body:
        return ()
    first = document.text.count("\n", 0, len(document.text) - len(body)) + 1
    found = sorted(_mentions(_blanked(body)), key=lambda each: each[0])[:MAX_MENTIONS]
    return tuple(
        Mention(_file(written), described, _place(body, first, start, end))
        for start, end, written, described in found
    )


def _mentions(prose: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield start, end, address as written, and whether there are words for it."""
    for found in _IMAGE.finditer(prose):
        written = found["in"] if found["in"] is not None else found["bare"]
        yield found.start(), found.end(), written, bool(found["alt"].strip())
    for found in _TAG.finditer(prose):
        alt = _TAG_ALT.search(found.group())
        yield found.start(), found.end(), found["in"], bool(alt and alt["alt"].strip())
    for found in _NOTED.finditer(prose):
        yield found.start("in"), found.end("in"), found["in"], True


def _blanked(body: str) -> str:
    """Return the text with spaces in place of code and comments."""
    prose = _CODE.sub(lambda code: _SIGN.sub(" ", code.group()), body)
    parts, at = [], 0
    while (start := prose.find("<!--", at)) >= 0 and (end := prose.find("-->", start)) >= 0:
        parts += [prose[at:start], _SIGN.sub(" ", prose[start : end + 3])]
        at = end + 3
    return "".join([*parts, prose[at:]])


def _file(written: str) -> str:
    """Return an address without what browsers add to the name of a file."""
    return unquote(written.partition("#")[0].partition("?")[0])


def _place(body: str, first: int, start: int, end: int) -> Span:
    line, before = body.count("\n", 0, start), body.rfind("\n", 0, start)
    line_end = body.find("\n", start)
    last = min(end, line_end if line_end >= 0 else len(body))
    return Span(first + line, start - before, last - before)

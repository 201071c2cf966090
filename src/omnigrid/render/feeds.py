"""The feeds of a site with dated pages: Atom (RFC 4287) and JSON Feed 1.1."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from markupsafe import escape as escape_html

from omnigrid.model.views import PageFacts, SiteView
from omnigrid.render.data import pretty_json
from omnigrid.render.version import GENERATOR

ATOM, JSON = "feed.xml", "feed.json"
MOST = 20
"""Entries of a feed, the newest first: it is fetched again and again."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML document may hold, however it is written (W3C, XML 1.0, section 2.2)."""
Summaries = Mapping[str, str]
"""The first words of each page, by its file."""


def feed_files(view: SiteView, summaries: Summaries) -> dict[str, bytes]:
    """Return the feeds of a site by their names; none where no page has a date."""
    dated = dated_pages(view)
    if not dated:
        return {}
    return {ATOM: _atom(view, dated, summaries), JSON: _json(view, dated, summaries)}


def feed_links(view: SiteView) -> list[dict[str, str]]:
    """Return what pages say of the feeds: their addresses within the site and their types."""
    if not dated_pages(view):
        return []
    return [
        {"url": ATOM, "type": "application/atom+xml", "title": f"{view.brand.plain_name}: Atom"},
        {"url": JSON, "type": "application/feed+json", "title": f"{view.brand.plain_name}: JSON"},
    ]


def dated_pages(view: SiteView) -> list[PageFacts]:
    """Return the pages that a feed lists: the newest with a date."""
    return [page for page in view.pages if page.date is not None][:MOST]


def _atom(view: SiteView, pages: list[PageFacts], summaries: Summaries) -> bytes:
    brand, address = view.brand, view.address or ""
    name, version = GENERATOR.split(" ")
    entries = "".join(_entry(view, page, summaries) for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(view.portfolio.language)}">\n'
        f"  <id>{escape(identity(view, ''))}</id>\n"
        f"  <title>{escape(brand.plain_name)}</title>\n"
        f"  <subtitle>{escape(brand.tagline)}</subtitle>\n"
        f"  <updated>{_moment(pages[0])}</updated>\n"
        f"  <author><name>{escape(brand.owner)}</name></author>\n"
        f'  <link rel="self" type="application/atom+xml" href="{escape(address)}{ATOM}"/>\n'
        f'  <link rel="alternate" type="text/html" href="{escape(address or "index.html")}"/>\n'
        f"  <icon>{escape(address)}favicon.svg</icon>\n"
        f'  <generator version="{escape(version)}">{escape(name)}</generator>\n'
        f"{entries}</feed>\n"
    ).encode()


def _entry(view: SiteView, page: PageFacts, summaries: Summaries) -> str:
    link, moment = escape((view.address or "") + page.file), _moment(page)
    tags = "".join(f'    <category term="{escape(tag)}"/>\n' for tag in page.tags)
    return (
        "  <entry>\n"
        f"    <id>{escape(identity(view, page.file))}</id>\n"
        f"    <title>{escape(page.title)}</title>\n"
        f"    <published>{moment}</published>\n"
        f"    <updated>{moment}</updated>\n"
        f'    <link rel="alternate" type="text/html" href="{link}"/>\n'
        f"{tags}"
        f"    <summary>{escape(_summary(page, summaries))}</summary>\n"
        "  </entry>\n"
    )


def _json(view: SiteView, pages: list[PageFacts], summaries: Summaries) -> bytes:
    brand, address = view.brand, view.address
    known = {"home_page_url": address, "feed_url": address + JSON} if address else {}
    icon = {"favicon": f"{address}favicon.svg"} if address else {}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": brand.plain_name,
        **known,
        "description": brand.tagline,
        **icon,
        "authors": [{"name": brand.owner}],
        "language": view.portfolio.language,
        "items": [_item(view, page, summaries) for page in pages],
    }
    return pretty_json(feed)


def _item(view: SiteView, page: PageFacts, summaries: Summaries) -> dict[str, Any]:
    return {
        "id": identity(view, page.file),
        **({"url": view.address + page.file} if view.address else {}),
        "title": page.title,
        "content_text": _summary(page, summaries),
        "date_published": _moment(page),
        **({"tags": page.tags} if page.tags else {}),
    }


def escape(text: str) -> Markup:
    """Return a text as it may stand in XML, without the signs that may not."""
    return escape_html(_NOT_XML.sub("", text))


def _summary(page: PageFacts, summaries: Summaries) -> str:
    """Return what stands for a page: a reader follows the link for more."""
    return summaries[page.file] or page.intent or page.title


def _moment(page: PageFacts) -> str:
    """Return a page's date as RFC 3339 wants it: a day begins in UTC."""
    return f"{page.date}T00:00:00Z"


def identity(view: SiteView, path: str) -> str:
    """Return what names a page for ever: its address, or a tag where that is unknown.

    A tag (RFC 4151) needs a name that nobody else has: the brand's id, below a domain that is
    reserved for names that lead nowhere (RFC 2606).
    """
    if view.address:
        return view.address + path
    return f"tag:{view.brand.id.lower()}.invalid,2026:{path}"

"""Feeds hold what their specifications ask for, whatever the words of a page."""

import datetime as dt
import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given

from omnigrid.render.feeds import MOST, feed_files
from support.rendered import ADDRESS, DATED, LINES, rendered, site_view
from support.values import page

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"tag:[a-z0-9-]+(\.[a-z0-9-]+)*,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9._/-]*")


def atom_of(files: dict[str, bytes]) -> ElementTree.Element:
    return ElementTree.fromstring(files["feed.xml"])  # noqa: S314  (we wrote it)


def words(element: ElementTree.Element, name: str) -> str:
    """Return the words of an element that must stand there exactly once."""
    (found,) = element.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in element.findall(f"{ATOM}link")}


@pytest.mark.parametrize("domain", [None, "spade.example"])
def test_the_atom_feed_has_what_rfc_4287_asks_for(domain: str | None) -> None:
    feed = atom_of(rendered(DATED, domain=domain))
    (entry,) = feed.findall(f"{ATOM}entry")
    for element in (feed, entry):
        assert words(element, "title")
        assert MOMENT.fullmatch(words(element, "updated"))
        assert words(element, "id").startswith(ADDRESS if domain else "tag:")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert words(entry, "published") == "2026-05-04T00:00:00Z"
    assert [each.get("term") for each in entry.findall(f"{ATOM}category")] == ["a", "b"]
    address = ADDRESS if domain else ""
    assert links(feed) == {
        "self": f"{address}feed.xml",
        "alternate": address or "index.html",
    }
    assert links(entry) == {"alternate": f"{address}dated.html"}


@pytest.mark.parametrize("domain", [None, "spade.example"])
def test_the_json_feed_has_what_version_1_1_asks_for(domain: str | None) -> None:
    feed = json.loads(rendered(DATED, domain=domain)["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["authors"] == [{"name": "Tester"}]
    (item,) = feed["items"]
    assert item["id"]
    assert item["content_text"]
    assert MOMENT.fullmatch(item["date_published"])
    known = [feed.get("home_page_url"), feed.get("feed_url"), item.get("url")]
    expected = [ADDRESS, f"{ADDRESS}feed.json", f"{ADDRESS}dated.html"]
    assert known == (expected if domain else [None, None, None])


def test_a_site_without_an_address_names_its_pages_by_tags() -> None:
    feed = atom_of(rendered(DATED))
    names = [words(feed, "id"), *(words(each, "id") for each in feed.findall(f"{ATOM}entry"))]
    assert all(TAG.fullmatch(name) for name in names)
    assert len({*names}) == 2


def test_a_site_without_a_dated_page_has_no_feed_and_links_to_none() -> None:
    files = rendered(page("plain"))
    assert not {"feed.xml", "feed.json"} & files.keys()
    assert b'rel="alternate"' not in files["index.html"]
    assert b'href="feed.xml"' in rendered(DATED)["index.html"]


def test_a_feed_lists_the_newest_pages_with_a_date() -> None:
    first = dt.date(2026, 1, 1)
    dated = [page(f"p{n}", date=first + dt.timedelta(days=n)) for n in range(MOST + 5)]
    feed = json.loads(rendered(page("plain"), *dated)["feed.json"])
    moments = [item["date_published"] for item in feed["items"]]
    assert len(moments) == MOST
    assert moments == sorted(moments, reverse=True)
    assert moments[0] == "2026-01-25T00:00:00Z"


@given(LINES, LINES, LINES)
def test_a_feed_is_well_formed_whatever_the_words(title: str, name: str, tag: str) -> None:
    view = site_view(page("x", title=title, tags=(tag,), date=dt.date(2026, 1, 1)), name=name)
    files = feed_files(view, {"x.html": title})
    feed = atom_of(files)
    seen = feed.find(f"{ATOM}entry/{ATOM}title")
    assert seen is not None
    forbidden = {"\ufffe", "\uffff"}
    assert (seen.text or "") == "".join(sign for sign in title if sign not in forbidden)
    assert json.loads(files["feed.json"])["items"][0]["title"] == title

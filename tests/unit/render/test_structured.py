"""What pages say of themselves: JSON-LD, Open Graph, the policy that they must keep."""

import json

from hypothesis import given

from omnigrid.model.files import ConfigFile, Contact
from omnigrid.render.structured import page_data, site_data
from support.heads import Head
from support.rendered import ADDRESS, DATED, LINES, rendered, site_view
from support.values import page


def test_a_first_page_describes_the_site_its_brand_and_the_owner() -> None:
    contact = Contact(email="we@spade.example", phone="+27 11 555 0100")
    files = rendered(domain="spade.example", contact=contact, keywords=("beds",))
    things = Head(files["index.html"]).things
    assert things.keys() == {"WebSite", "Brand", "Organization"}
    brand, owner, site = (things[kind] for kind in ("Brand", "Organization", "WebSite"))
    assert (brand["name"], brand["identifier"], brand["url"]) == ("Spade", "TST-001", ADDRESS)
    assert brand["logo"] == f"{ADDRESS}favicon.svg"
    assert site["about"]["@id"] == brand["@id"]
    assert site["publisher"]["@id"] == owner["@id"]
    assert owner["contactPoint"]["email"] == "we@spade.example"


def test_a_content_page_describes_an_article_of_the_site() -> None:
    things = Head(rendered(DATED, domain="spade.example")["dated.html"]).things
    article, crumbs = things["Article"], things["BreadcrumbList"]
    assert article["headline"] == "Dated"
    assert article["datePublished"] == "2026-05-04"
    assert article["url"] == f"{ADDRESS}dated.html"
    assert [step["item"] for step in crumbs["itemListElement"]] == [ADDRESS, article["url"]]


def test_addresses_are_relative_where_that_of_the_site_is_unknown() -> None:
    files = rendered(page("plain"))
    assert Head(files["index.html"]).things["Brand"]["url"] == "index.html"
    assert "datePublished" not in Head(files["plain.html"]).things["Article"]
    assert b"og:url" not in files["index.html"]
    assert b"canonical" not in files["index.html"]


@given(LINES, LINES)
def test_no_words_end_the_script_or_get_lost(words: str, more: str) -> None:
    said = f"{words}</script><!--<script>{more}]]>&amp;"
    view = site_view(page("x", title=said), name=said)
    for data, kind, key in (
        (site_data(view), "Brand", "name"),
        (page_data(view, view.pages[0], more), "Article", "headline"),
    ):
        assert not {"<", ">", "&"} & {*data}
        (thing,) = [each for each in json.loads(data)["@graph"] if each["@type"] == kind]
        assert thing[key] == said


def test_open_graph_names_the_page_and_its_own_facts() -> None:
    files = rendered(DATED, domain="spade.example", config=ConfigFile(name="T", language="pt-BR"))
    first, inner = Head(files["index.html"]).metas, Head(files["dated.html"]).metas
    assert (first["og:type"], inner["og:type"]) == ("website", "article")
    assert first["og:url"] == ADDRESS
    assert inner["og:url"] == f"{ADDRESS}dated.html"
    assert inner["article:published_time"] == "2026-05-04"
    assert first["og:locale"] == "pt_BR"
    assert first["og:description"] == first["description"]
    assert first["twitter:card"] == "summary"


def test_a_page_for_lost_visitors_describes_nothing() -> None:
    head = Head(rendered(domain="spade.example")["404.html"])
    assert head.metas["robots"] == "noindex"
    assert head.data == ""
    assert not [name for name in head.metas if name.startswith("og:")]


def test_a_language_from_right_to_left_turns_the_page() -> None:
    hebrew = Head(rendered(config=ConfigFile(name="T", language="he"))["index.html"]).root
    assert (hebrew["lang"], hebrew["dir"]) == ("he", "rtl")
    assert "dir" not in Head(rendered()["index.html"]).root

"""Rendering: Markdown made safe, failures placed, outputs as planned."""

import json
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.match.index import index_brands
from omnigrid.match.placing import match_intents
from omnigrid.model.names import JobId
from omnigrid.model.packs import Packs
from omnigrid.model.plan import Artifact, Failure
from omnigrid.model.portfolio import Portfolio
from omnigrid.plan.jobs import plan_sites
from omnigrid.render.environment import long_date
from omnigrid.render.jobs import render_job
from omnigrid.render.markdown import render_markdown, summarise
from support.values import brand, pack, packs, page, portfolio


def render(given: Portfolio, using: Packs) -> dict[JobId, Artifact | Failure]:
    index = index_brands(given)
    plan = plan_sites(given, match_intents(given), index, using, "1").plan
    return {result.job: result for result in map(partial(render_job, packs=using), plan.jobs)}


def site(given: Portfolio, using: Packs) -> dict[str, str]:
    artifact = render(given, using)[JobId("site:spade")]
    assert isinstance(artifact, Artifact), artifact
    return {
        path.removeprefix("sites/spade/"): data.decode(errors="replace")
        for path, data in artifact.files
    }


def failure(given: Portfolio, using: Packs) -> Failure:
    found = render(given, using)[JobId("site:spade")]
    assert isinstance(found, Failure)
    return found


def test_a_site_has_all_its_files() -> None:
    files = site(portfolio(pages=(page(),)), packs())
    assert set(files) == {
        "404.html",
        "app.js",
        "config.json",
        "favicon.svg",
        "index.html",
        "news.html",
        "robots.txt",
        "sitemap.xml",
        "styles.css",
    }
    assert files["index.html"] == "<h1>Spade</h1>"
    assert files["news.html"] == "<h1>News</h1><p>Some <em>words</em>.</p>"
    assert json.loads(files["config.json"])["brand"]["id"] == "TST-001"


def test_text_is_never_markup_or_template_source() -> None:
    hostile = brand(1, "<script>alert(1)</script>{{ 7 * 7 }}", slug="spade")
    files = site(portfolio(hostile), packs('<p title="{{ brand.name }}">{{ brand.name }}</p>'))
    assert "<script>" not in files["index.html"]
    assert "{{ 7 * 7 }}" in files["index.html"]
    assert "<script>" not in files["favicon.svg"]


@pytest.mark.parametrize(
    ("source", "said", "line"),
    [
        ("one\n{{ brand.nmae }}", "nmae", 2),
        ("{% if %}", "Expected an expression", 1),
        ("\n\n{{ 1 + 'x' }}", "unsupported operand", 3),
        ("{% include 'elsewhere.html' %}", "elsewhere.html", 1),
        ("{{ brand.__class__.__mro__ }}", "unsafe", 1),
        ("{{ ''.format.__globals__ }}", "unsafe", 1),
        ("{{ 'x'|tojson }}", "No filter named 'tojson'", 1),
        ("{{ 1 / 0 }}", "division by zero", 1),
    ],
)
def test_a_template_that_fails_names_its_file_and_line(source: str, said: str, line: int) -> None:
    found = failure(portfolio(), packs(source)).finding
    assert found.code == "OG402"
    assert said in found.message
    assert found.place.path == "template_packs/plain/index.html"
    assert found.place.span is not None
    assert found.place.span.line == line


def test_a_failed_site_does_not_stop_the_others() -> None:
    results = render(portfolio(), packs("{% if brand.name == 'Spade' %}{{ oops }}{% endif %}ok"))
    assert isinstance(results[JobId("site:spade")], Failure)
    assert isinstance(results[JobId("site:rake")], Artifact)


@pytest.mark.parametrize(
    ("files", "path"),
    [({"config.json": "{"}, "config.json"), ({"config.json": "\udcff"}, "config.json")],
)
def test_a_pack_file_that_cannot_be_used_is_named(files: dict[str, str], path: str) -> None:
    using = packs()
    data = {name: text.encode("utf-8", "surrogateescape") for name, text in files.items()}
    broken = pack({"index.html": "x"})
    using[broken.id] = type(broken)(broken.id, broken.file, broken.files | data, broken.digest)
    assert failure(portfolio(), using).finding.place.path == f"template_packs/plain/{path}"


def test_a_pack_without_its_first_page_is_named() -> None:
    using = packs()
    empty = pack({"styles.css": ""})
    using[empty.id] = empty
    assert "index.html" in failure(portfolio(), using).finding.message


HOSTILE = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "<a href='data:text/html,x'>x</a>",
    "<img src=x onerror=alert(1)>",
    "<style>*{display:none}</style>",
    "<iframe src='//evil.example'></iframe>",
    "<math><mi xlink:href='javascript:x'>",
    "<p style='position:fixed'>x</p>",
    "<form action='//evil.example'><input></form>",
    "[x]: javascript:alert(1)\n\n[x]",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_cannot_do_harm(text: str) -> None:
    html = render_markdown(text).lower()
    for sign in (
        "<script",
        "<svg",
        "javascript:",
        "onerror",
        "<style",
        "<iframe",
        "<math",
        "style=",
    ):
        assert sign not in html
    assert 'href="data:' not in html
    assert "<form" not in html


@given(st.text(max_size=300))
def test_no_text_stops_markdown(text: str) -> None:
    assert "<script" not in render_markdown(text).lower()
    assert len(summarise(text)) <= 161


def test_markdown_has_tables_that_can_be_scrolled_and_headings_below_the_title() -> None:
    html = render_markdown("# Title\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |\n")
    assert '<h2 id="title">Title</h2>' in html
    assert '<div class="table" role="region" aria-label="Table" tabindex="0"><table>' in html
    assert '<td align="right">2</td>' in html


def test_a_summary_is_the_first_plain_paragraph() -> None:
    assert summarise("# Head\n\n- a\n- b\n\nThe *first* words & more.\n\nOther.") == (
        "The first words & more."
    )
    assert summarise("word " * 60).endswith("…")
    assert summarise("") == ""


def test_dates_in_words() -> None:
    assert long_date("2026-09-04") == "4 September 2026"

"""Rendering: failures placed, outputs as planned."""

import json

import pytest

from omnigrid.model.files import ConfigFile, MarkdownFlavour
from omnigrid.model.names import JobId
from omnigrid.model.packs import Packs
from omnigrid.model.plan import Artifact, Failure
from omnigrid.model.portfolio import Portfolio
from omnigrid.plan.jobs import plan_sites
from omnigrid.render.environment import long_date
from omnigrid.render.jobs import render_job
from support.values import brand, pack, packs, page, portfolio, views


def render(given: Portfolio, using: Packs) -> dict[JobId, Artifact | Failure]:
    seen = views(given)
    plan = plan_sites(seen, using, "1").plan
    return {job.id: render_job(job, seen.of(job.id), using) for job in plan.jobs}


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
        "api/brands/TST-001.json",
        "404.html",
        "_headers",
        "app.js",
        "config.json",
        "favicon.svg",
        "humans.txt",
        "index.html",
        "manifest.webmanifest",
        "news.html",
        "robots.txt",
        "sitemap.xml",
        "styles.css",
    }
    assert files["index.html"] == "<h1>Spade</h1>"
    assert files["news.html"] == "<h1>News</h1><p>Some <em>words</em>.</p>"
    assert json.loads(files["config.json"])["brand"]["id"] == "TST-001"


def test_the_configuration_chooses_the_dialect_of_pages() -> None:
    config = ConfigFile(name="Test brands", markdown=MarkdownFlavour.GFM)
    files = site(portfolio(config=config, pages=(page(body="~~a~~"),)), packs())
    assert files["news.html"] == "<h1>News</h1><p><del>a</del></p>\n"


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


def test_dates_in_words() -> None:
    assert long_date("2026-09-04") == "4 September 2026"

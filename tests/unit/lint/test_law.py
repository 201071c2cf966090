"""Laws of the linter: it takes any text, and what it passes renders for every brand."""

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from omnigrid.lint.pack import lint_pack
from omnigrid.model.digests import digest_files
from omnigrid.model.files import Contact, License, PackFile, Priority, Trademark
from omnigrid.model.labels import Link, PortfolioLabel, SectorLabel
from omnigrid.model.names import BrandId, PackId, SectorId, Slug
from omnigrid.model.packs import BASE_PACK, Pack
from omnigrid.model.shown import Sort, Value, names_in, site_value
from omnigrid.model.views import BrandCard, BrandFacts, PageFacts, SiteView
from omnigrid.packs.local import builtin_pack
from omnigrid.render.site import render_site

BASE = builtin_pack(BASE_PACK)
FILE = PackFile(id=PackId("test"), name="Test", version="1.0.0", api=1, description="A test.")
FAILS = {"OG410", "OG411", "OG416"}
"""Codes of what would fail when it is rendered."""
SLOW = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def pack_of(**files: str | bytes) -> Pack:
    data = {
        name.replace("_", "."): text.encode() if isinstance(text, str) else text
        for name, text in files.items()
    }
    return Pack(PackId("test"), FILE, data, digest_files(data))


WORDS = st.sampled_from(
    "{{ }} {% %} {# #} if else endif for endfor in block endblock main extends import include set "
    'macro endmacro call endcall raw endraw "base/layout.html" "base/parts.html" as parts brand . '
    "name ( ) [ ] { } | default is defined none and or not == ~ , x loop super self <img <script> "
    "</script> <style> style= onclick= href= https:// > <svg role=img <![ <!-- --> \\ ' \"".split()
)
TANGLES = st.lists(WORDS, max_size=40).map(" ".join)


@SLOW
@given(st.one_of(st.text(max_size=200), TANGLES), st.one_of(st.text(max_size=80), TANGLES))
def test_any_text_is_taken(template: str, other: str) -> None:
    lint_pack(
        pack_of(index_html=template, page_html=other, styles_css=other, app_js=template), BASE
    )


@SLOW
@given(st.binary(max_size=60))
def test_any_bytes_are_taken(data: bytes) -> None:
    lint_pack(pack_of(index_html=data, styles_css=data, config_json=data, other_html=data), BASE)


TEXTS = st.sampled_from(["A", "Pans & pots", "™", "x" * 50])
MAYBE = st.none() | TEXTS
COLOURS = st.sampled_from(["#000000", "#ffffff", "#0b7285", "#ffff00"])
CARDS = st.builds(
    BrandCard,
    id=st.just(BrandId("TST-002")),
    name=TEXTS,
    tagline=TEXTS,
    url=MAYBE,
    accent=COLOURS,
    priority=st.sampled_from(Priority),
    template=TEXTS,
)
PAGES = st.builds(
    PageFacts,
    slug=st.just(Slug("news")),
    file=st.just("news.html"),
    title=TEXTS,
    intent=MAYBE,
    date=st.none() | st.just(dt.date(2026, 1, 2)),
    tags=st.lists(TEXTS, max_size=2).map(tuple),
    body=TEXTS,
)
BRANDS = st.builds(
    BrandFacts,
    id=st.just(BrandId("TST-001")),
    slug=st.just(Slug("test")),
    name=TEXTS,
    plain_name=TEXTS,
    initials=st.just("T"),
    tagline=TEXTS,
    description=TEXTS,
    keywords=st.lists(TEXTS, max_size=2).map(tuple),
    priority=st.sampled_from(Priority),
    owner=TEXTS,
    trademark=st.builds(
        Trademark,
        classes=st.sampled_from([(), (9, 35)]),
        jurisdictions=st.sampled_from([(), ("USPTO",)]),
    ),
    license=st.none() | st.builds(License, tier=TEXTS, expires=st.none() | st.just(dt.date.max)),
    accent=COLOURS,
    domain=st.none() | st.just("test.example"),
    links=st.sampled_from([(), (Link("Shop", "https://shop.example/"),)]),
    contact=st.builds(Contact, email=st.none() | st.just("a@b.example"), phone=MAYBE),
    template=st.just(PackId("test")),
)
VIEWS = st.builds(
    SiteView,
    brand=BRANDS,
    sector=st.builds(
        SectorLabel,
        id=st.just(SectorId("S")),
        name=TEXTS,
        description=TEXTS,
        color=COLOURS,
        url=MAYBE,
    ),
    portfolio=st.builds(PortfolioLabel, name=TEXTS, language=st.just("en"), home=MAYBE),
    pages=st.lists(PAGES, max_size=1).map(tuple),
    related=st.lists(CARDS, max_size=2).map(tuple),
    address=st.none() | st.just("https://test.example/"),
)


def paths(value: Value, prefix: str = "") -> list[tuple[str, Value]]:
    found = []
    for name, field in value.fields.items():
        found.append((prefix + name, field))
        found += paths(field, f"{prefix}{name}.")
    return found


KNOWN = paths(site_value())
PATHS = st.sampled_from([path for path, _ in KNOWN])
LISTS = st.sampled_from([(path, value) for path, value in KNOWN if value.sort is Sort.LIST])


@st.composite
def parts(draw: st.DrawFn, depth: int = 2, extra: tuple[str, ...] = ()) -> str:
    """A part of a template over names that there are, some of them tested and some not."""
    path = draw(st.sampled_from(extra) | PATHS if extra else PATHS)
    inner = draw(parts(depth - 1, extra)) if depth else "x"
    kinds: list[Any] = [
        f"{{{{ {path} }}}}",
        f'{{{{ {path}|default("") }}}}',
        f'{{{{ {path} or "none" }}}}',
        f"{{{{ {path}.name }}}}",
        f"{{% if {path} %}}{{{{ {path} }}}}{inner}{{% endif %}}",
        f"{{% if {path}|default(none) %}}{{{{ {path} }}}}{{% else %}}{inner}{{% endif %}}",
        f"{{% if {path} is defined and {path} is not none %}}{{{{ {path} }}}}{{% endif %}}",
        f"{{% if not {path}|default(none) %}}{inner}{{% else %}}{{{{ {path} }}}}{{% endif %}}",
        f"{{% set kept = {path}|default(none) %}}{{% if kept %}}{{{{ kept }}}}{{% endif %}}{inner}",
        f"{{% if {path}|default(none) %}}{{% set late = 1 %}}{{% endif %}}{{{{ late }}}}",
        f"{{{{ {path} if {path}|default(none) else 2 }}}}",
        f"{{% macro m(a, b=1) %}}{{{{ a }}}}{{{{ b }}}}{{% endmacro %}}{{{{ m({path}) }}}}{inner}",
        f"{{% with w = {path}|default(3) %}}{{{{ w }}}}{inner}{{% endwith %}}",
        "{{ nmae }}",
    ]
    name, value = draw(LISTS)
    fields = tuple(f"each.{field}" for field in names_in(value.item)) if value.item else ()
    body = draw(parts(depth - 1, (*fields, "each"))) if depth and fields else "{{ loop.index }}"
    kinds.append(f"{{% for each in {name}|default(()) %}}{body}{{% endfor %}}")
    kinds.append(f"{{% for each in {name} %}}{body}{{% else %}}{inner}{{% endfor %}}")
    return str(draw(st.sampled_from(kinds)))


HEAD = '{% extends "base/layout.html" %}{% import "base/parts.html" as parts %}{% block main %}'


@SLOW
@given(st.lists(parts(), min_size=1, max_size=3), VIEWS)
def test_what_passes_renders_for_every_brand(body: list[str], view: SiteView) -> None:
    index = f"{HEAD}<h1>x</h1>{''.join(body)}{{% endblock %}}"
    pack = pack_of(index_html=index, pack_yaml="")
    faults = {finding.code for finding in lint_pack(pack, BASE)} & FAILS
    assert faults or renders(view, pack), index


def renders(view: SiteView, pack: Pack) -> bool:
    try:
        render_site(view, pack, BASE)
    except UndefinedError:
        return False
    return True

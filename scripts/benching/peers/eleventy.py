"""An Eleventy project that writes the files that omnigrid writes.

A brand is a file whose layout is the first page of its site; the other files of a site are
templates that are paginated over the collection of the brands, one a page.
"""

import json
from pathlib import Path

from benching.files import write_files
from benching.generator import Generator, Line
from benching.peers.front import brand_facts, front_matter, pack_features
from benching.peers.markup import (
    base_file,
    plain_file,
    portfolio_assets,
    portfolio_page,
    site_page,
)
from benching.portfolio import PACK_LINE, Brand, Content

NAME = "Eleventy"
_FACTS = "id name plain_name initials tagline description owner accent template".split()
WORDS = {
    **{key: f"{{{{ site.data.{key} }}}}" for key in _FACTS},
    "priority": "{{ site.data.priority | capitalize }}",
    "tier": "{{ site.data.license.tier }}",
    "expires": "{{ site.data.license.expires | long_date }}",
    "portfolio": "{{ portfolio.name }}",
    "sector.name": "{{ collections.sectors_by_id[site.data.sector].data.name }}",
    "sector.slug": "{{ collections.sectors_by_id[site.data.sector].data.listed }}",
    "sector.text": "{{ collections.sectors_by_id[site.data.sector].data.description }}",
    "keywords": "{% for keyword in site.data.keywords %}",
    "keyword": "{{ keyword | first_upper }}",
    "place": "{{ loop.index0 }}",
    "features": "{% for feature in packs[site.data.template] %}",
    "feature": "{{ feature }}",
    "classes": "{% for class in site.data.trademark.classes %}",
    "class": "{{ class }}",
    "offices": "{% for office in site.data.trademark.jurisdictions %}",
    "office": "{{ office }}",
    "related": "{% for other in collections.brands_by_sector[site.data.sector] | beside(site) %}",
    "end related": "{% endfor %}",
    "other.slug": "{{ other.data.site_slug }}",
    "other.name": "{{ other.data.name }}",
    "other.tagline": "{{ other.data.tagline }}",
    "other.accent": "{{ other.data.accent }}",
    "other.template": "{{ other.data.template }}",
    "pages": "{% for answer in collections.answers_by_brand[site.data.id] %}",
    "page.file": "{{ answer.data.file }}",
    "page.title": "{{ answer.data.title }}",
    "page.summary": "{{ answer.rawInput | summary }}",
    "title": "{{ title }}",
    "summary": "{{ page.rawInput | summary }}",
    "body": "{{ content | safe }}",
    "sectors": "{% for listed in collections.sectors %}",
    "listed.id": "{{ listed.data.id }}",
    "listed.slug": "{{ listed.data.listed }}",
    "listed.name": "{{ listed.data.name }}",
    "listed.health": "{{ listed.data.health }}",
    "listed.count": "{{ collections.brands_by_sector[listed.data.id].length }}",
    "end": "{% endfor %}",
}
_BRAND_PAGE = "{% set site = collections.brands_by_id[id] %}"
_ANSWER_PAGE = "{% set site = collections.brands_by_id[brand] %}"
_PLAIN = ("favicon.svg", "humans.txt", "manifest.webmanifest", "robots.txt", "sitemap.xml")
_CONFIGURATION = Path(__file__).with_name("eleventy.config.js")


def write_eleventy(content: Content, folder: Path) -> None:
    """Write the project."""
    write_files(folder, _project(content))
    write_files(folder / "static", portfolio_assets())
    for slug, text in content.sectors.items():
        front = {"listed": slug, "layout": "sector.njk", "permalink": f"sectors/{slug}/index.html"}
        write_files(folder, {f"src/sectors/{slug}.md": front_matter(text, front)})
    for brand in content.brands:
        write_files(folder, _brand_files(brand))


def eleventy(content: Content, folder: Path, command: tuple[str, ...]) -> Generator:
    """Return Eleventy over its project; ``command`` starts it."""
    brand = content.sample
    return Generator(
        name=NAME,
        folder=folder,
        command=(*command, "--quiet"),
        output=folder / "_site",
        kept=(folder / ".cache",),
        lines={
            "brand": Line(folder / f"src/brands/{brand.sector}/{brand.slug}.md", "tagline: "),
            "sector": Line(folder / f"src/sectors/{brand.sector}.md", "name: "),
            "pack": Line(folder / f"src/_includes/packs/{brand.template}.css", PACK_LINE),
        },
    )


def _brand_files(brand: Brand) -> dict[str, str]:
    facts = brand_facts(brand)
    more = {**facts, "site_slug": facts.pop("site"), "layout": "home.njk"}
    file = f"{brand.page}.html"
    page = {
        "title": brand.title,
        "brand": brand.id,
        "file": file,
        "layout": "answer.njk",
        "permalink": f"sites/{brand.slug}/{file}",
    }
    address = {"permalink": f"sites/{brand.slug}/index.html"}
    return {
        f"src/brands/{brand.sector}/{brand.slug}.md": front_matter(brand.text, more | address),
        f"src/answers/{brand.sector}/{brand.page}.md": f"{front_matter('', page)}\n{brand.body}",
    }


def _project(content: Content) -> dict[str, str]:
    """Return the configuration, the templates and the pages that are no brand's."""
    features = {pack: pack_features(files["pack.yaml"]) for pack, files in content.packs.items()}
    first = {"brands": _brands_of("listed", "first(12)"), "head.root": ""}
    here = {"brands": "{% for other in collections.brands_by_sector[id] %}"}
    files = {
        "eleventy.config.js": _CONFIGURATION.read_text(encoding="utf-8"),
        "package.json": '{ "private": true, "type": "module" }\n',
        "src/_data/portfolio.json": json.dumps({"name": content.name}),
        "src/_data/packs.json": json.dumps(features),
        "src/_includes/home.njk": _BRAND_PAGE + site_page("index", WORDS),
        "src/_includes/answer.njk": _ANSWER_PAGE + site_page("page", WORDS),
        "src/_includes/sector.njk": portfolio_page(
            "sector", WORDS | here | {"listed.name": "{{ name }}"}
        ),
        "src/index.njk": _page("index.html") + portfolio_page("home", WORDS | first),
        "src/heatmap.njk": _page("heatmap/index.html") + portfolio_page("heatmap", WORDS),
    }
    for pack, texts in content.packs.items():
        parts = f"src/_includes/packs/{pack}"
        files[f"{parts}.css"] = f"{base_file('styles.css')}\n{texts['styles.css']}"
        files[f"{parts}.js"] = f"{base_file('app.js')}\n{texts.get('app.js', '')}"
    return files | {f"src/{name}.njk": text for name, text in _site_files().items()}


def _site_files() -> dict[str, str]:
    """Return the templates of a site's other files."""
    styles = '{% include "packs/" + site.data.template + ".css" %}'
    texts = {
        "404.html": site_page("lost", WORDS),
        "styles.css": plain_file("tokens.css", WORDS) + styles,
        "app.js": '{% include "packs/" + site.data.template + ".js" %}',
        "config.json": "{{ site | config(collections) | safe }}\n",
        **{name: plain_file(name, WORDS) for name in _PLAIN},
    }
    files = {
        name: _for_each_brand(f"sites/{{{{ site.data.site_slug }}}}/{name}") + text
        for name, text in texts.items()
    }
    api = "{{ site | api(collections) | safe }}\n"
    return files | {"api": _for_each_brand("api/brands/{{ site.data.id }}.json") + api}


def _for_each_brand(address: str) -> str:
    pagination = {"data": "collections.brands", "size": 1, "alias": "site"}
    return front_matter("", {"pagination": pagination, "permalink": address} | _UNLISTED)


def _page(address: str) -> str:
    return front_matter("", {"permalink": address} | _UNLISTED)


def _brands_of(name: str, choice: str) -> str:
    return f"{{% for other in collections.brands_by_sector[{name}.data.id] | {choice} %}}"


_UNLISTED: dict[str, object] = {"eleventyExcludeFromCollections": True}

"""A Hugo project that writes the files that omnigrid writes.

A sector is a section, a brand a page within it, whose output formats are the files of its site; a
content page names its brand. (A section for each brand is as natural, and takes Hugo 20 % longer.)
The files of the API, which lie elsewhere, are published as resources.
"""

import json
from pathlib import Path

from benching.files import write_files
from benching.generator import Generator, Line
from benching.peers.front import brand_facts, front_matter, pack_features
from benching.peers.hugo_layouts import LITE, SITE_FILES, portfolio_layouts, site_layouts
from benching.peers.markup import base_file, portfolio_assets
from benching.portfolio import PACK_LINE, Brand, Content

NAME, LITE_NAME = "Hugo", "Hugo, 4 files a site"


def write_hugo(content: Content, folder: Path, *, lite: bool = False) -> None:
    """Write the project; ``lite`` is four files a site, the page within the first of them."""
    write_files(folder, _project(content, lite=lite))
    write_files(folder / "static", portfolio_assets())
    for slug, text in content.sectors.items():
        index = front_matter(text, {"title": slug, "listed": slug})
        write_files(folder, {f"content/sectors/{slug}/_index.md": index})
    for brand in content.brands:
        write_files(folder, _lite_files(brand) if lite else _brand_files(brand))


def hugo(
    content: Content, folder: Path, command: tuple[str, ...], *, lite: bool = False
) -> Generator:
    """Return Hugo over its project; ``command`` starts it."""
    brand = content.sample
    section = folder / "content/sectors" / brand.sector
    return Generator(
        name=LITE_NAME if lite else NAME,
        folder=folder,
        command=(*command, "--quiet"),
        output=folder / "public",
        kept=(folder / "resources", folder / ".cache"),
        lines={
            "brand": Line(section / f"{brand.slug}.md", "tagline: "),
            "sector": Line(section / "_index.md", "name: "),
            "pack": Line(folder / f"layouts/partials/packs/{brand.template}.css", PACK_LINE),
        },
        lite=lite,
        extra={"HUGO_CACHEDIR": str(folder / ".cache")},
    )


def _brand_files(brand: Brand) -> dict[str, str]:
    path, file = f"sectors/{brand.sector}/{brand.slug}", f"{brand.page}.html"
    page = {
        "title": brand.title,
        "type": "answer",
        "brand": f"/{path}",
        "url": f"/sites/{brand.slug}/{file}",
        "file": file,
        "outputs": ["html"],
    }
    return {
        f"content/{path}.md": _front(brand, {"answer": f"/answers/{brand.page}"}),
        f"content/answers/{brand.page}.md": f"{front_matter('', page)}\n{brand.body}",
    }


def _lite_files(brand: Brand) -> dict[str, str]:
    path = f"content/sectors/{brand.sector}/{brand.slug}.md"
    return {path: f"{_front(brand, {})}\n{brand.body}"}


def _front(brand: Brand, more: dict[str, object]) -> str:
    place = {"title": brand.name, "type": "site", "url": f"/sites/{brand.slug}/"}
    return front_matter(brand.text, brand_facts(brand) | place | more)


def _project(content: Content, *, lite: bool) -> dict[str, str]:
    """Return the configuration, the templates and the pages that are no brand's."""
    features = {pack: pack_features(files["pack.yaml"]) for pack, files in content.packs.items()}
    unseen = front_matter("", {"build": {"render": "never"}})
    files = {
        "hugo.json": json.dumps(_configuration(content.name, lite=lite), indent=2),
        "data/packs.json": json.dumps(features),
        "content/sectors/_index.md": unseen,
        "content/answers/_index.md": unseen,
        "content/heatmap.md": front_matter("", {"layout": "heatmap", "outputs": ["html"]}),
    }
    layouts = site_layouts(lite=lite) | portfolio_layouts()
    files |= {f"layouts/{path}": text for path, text in layouts.items()}
    for pack, texts in content.packs.items():
        parts = f"layouts/partials/packs/{pack}"
        files[f"{parts}.css"] = f"{base_file('styles.css')}\n{texts['styles.css']}"
        files[f"{parts}.js"] = f"{base_file('app.js')}\n{texts.get('app.js', '')}"
    return files


def _configuration(name: str, *, lite: bool) -> dict[str, object]:
    used = LITE if lite else tuple(SITE_FILES)
    return {
        "baseURL": "https://example.org/",
        "title": name,
        "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"],
        "markup": {"highlight": {"codeFences": False}},
        "outputs": {"home": ["html"], "section": ["html"], "page": ["html", *used]},
        "outputFormats": {name: _format(*SITE_FILES[name]) for name in used},
    }


def _format(file: str, media_type: str) -> dict[str, object]:
    return {
        "mediaType": media_type,
        "baseName": file.partition(".")[0],
        "isPlainText": media_type != "text/html",
        "notAlternative": True,
    }

"""A brand's site: every file of it, from its view and its pack."""

from functools import lru_cache
from typing import Any

import msgspec
from markupsafe import Markup, escape

from omnigrid.model.languages import locale_of
from omnigrid.model.packs import Pack
from omnigrid.model.palette import dark_palette, light_palette, readable_on
from omnigrid.model.stamp import STAMP_NAME
from omnigrid.model.views import SiteView
from omnigrid.render.assets import asset_digests, asset_links, lasting_assets, site_assets
from omnigrid.render.crawlers import robots, sitemap
from omnigrid.render.data import pretty_json
from omnigrid.render.downloads import with_downloads
from omnigrid.render.environment import BASE_PREFIX, pack_environment
from omnigrid.render.feeds import feed_files, feed_links
from omnigrid.render.figures import with_pictures
from omnigrid.render.headers import POLICY, headers_file
from omnigrid.render.markdown import render_markdown, summarise
from omnigrid.render.minify import minify
from omnigrid.render.source import pack_json
from omnigrid.render.stamp import site_stamp
from omnigrid.render.structured import page_data, site_data
from omnigrid.render.studio import site_pictures
from omnigrid.render.webmanifest import WEB_MANIFEST, web_manifest

Files = dict[str, bytes]
_SHOWN = tuple(
    f
    for f in SiteView.__struct_fields__
    if f not in {"document", "exposures", "handouts", "markdown"}
)
"""What templates see of a view."""
_POLICY = Markup(POLICY)  # noqa: S704  (our own text; its quotes mean nothing between others)


def render_site(view: SiteView, pack: Pack, base: Pack, *, release: bool = False) -> Files:
    """Return a site's files by their path within the site.

    Pages of a release are small and name the digests of what they load; others open from a folder.
    """
    assets = site_assets(view, pack, base)
    digests = asset_digests(assets)
    context = _context(view, pack) | {"assets": asset_links(assets, digests, sealed=release)}
    files = _pages(view, pack, base, context)
    if release:
        files = {path: minify(page) for path, page in files.items()}
    lasting = lasting_assets(files.values())
    summaries = {page["file"]: page["summary"] for page in context["pages"]}
    files |= assets | feed_files(view, summaries)
    files["config.json"] = _config(view, pack)
    files["favicon.svg"] = favicon(view.brand.initials, view.brand.accent)
    files[WEB_MANIFEST] = web_manifest(view)
    files |= site_pictures(view, base)
    files |= {each.file: each.data for each in view.handouts}
    files["sitemap.xml"] = sitemap(view)
    files["robots.txt"] = robots(view)
    files["_headers"] = headers_file(files, lasting)
    # The last: it speaks of all the others.
    files[STAMP_NAME] = site_stamp(view, pack, files, digests)
    return files


def _pages(view: SiteView, pack: Pack, base: Pack, context: dict[str, Any]) -> Files:
    environment = pack_environment(pack, base)
    wanted = [
        ("index.html", "index.html", None, site_data(view)),
        ("404.html", "404.html", None, None),
    ]
    for facts, page in zip(view.pages, context["pages"], strict=True):
        wanted.append(("page.html", facts.file, page, page_data(view, facts, page["summary"])))
    return {
        path: environment.get_template(_own_or_base(name, pack)).page(
            {**context, "page": page, "path": path, "structured": structured}
        )
        for name, path, page, structured in wanted
    }


def _own_or_base(name: str, pack: Pack) -> str:
    return name if name in pack.files else BASE_PREFIX + name


def _context(view: SiteView, pack: Pack) -> dict[str, Any]:
    context: dict[str, Any] = msgspec.to_builtins({name: getattr(view, name) for name in _SHOWN})
    for page in context["pages"]:
        written = render_markdown(page.pop("body"), view.markdown)
        shown = with_pictures(written, page.pop("pictures"))
        page["html"] = with_downloads(shown, page["downloads"])
        page["summary"] = summarise(page["html"])
    context["pack"] = _about(pack)
    context["theme_color"] = light_palette(view.brand.accent).accent
    context["theme_color_dark"] = dark_palette(view.brand.accent).ground
    context["locale"] = locale_of(view.portfolio.language)
    context["feeds"] = feed_links(view)
    context["policy"] = _POLICY
    return context


@lru_cache(maxsize=256)
def _about(pack: Pack) -> dict[str, Any]:
    """Return what a template may know of its pack."""
    known: dict[str, Any] = msgspec.to_builtins(pack.file)
    return known | {"features": list(pack.file.features)}


def _config(view: SiteView, pack: Pack) -> bytes:
    value = {
        "version": 1,
        "brand": view.brand,
        "sector": {"id": view.sector.id, "name": view.sector.name},
        "template": {
            "id": pack.file.id,
            "version": pack.file.version,
            "settings": _settings(pack),
        },
        "pages": [{"title": page.title, "file": page.file} for page in view.pages],
    }
    return pretty_json(value)


@lru_cache(maxsize=256)
def _settings(pack: Pack) -> Any:
    if "config.json" not in pack.files:
        return {}
    return pack_json(pack.files, "config.json")


def favicon(initials: str, accent: str) -> bytes:
    """Return an icon, as SVG: a rounded square in the accent colour with one or two letters."""
    fill = light_palette(accent).accent
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="14" fill="{fill}"/>'
        '<text x="32" y="43" text-anchor="middle" font-family="system-ui,sans-serif" '
        f'font-size="30" font-weight="700" fill="{readable_on(fill)}">{escape(initials)}</text>'
        "</svg>\n"
    ).encode()

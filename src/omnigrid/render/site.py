"""A brand's site: every file of it, from its view and its pack."""

import json
from functools import lru_cache
from typing import Any

import msgspec
from markupsafe import escape

from omnigrid.model.packs import Pack
from omnigrid.model.palette import dark_palette, light_palette, readable_on
from omnigrid.model.views import SiteView
from omnigrid.render.environment import BASE_PREFIX, PackFault, pack_environment, pack_text
from omnigrid.render.markdown import render_markdown, summarise
from omnigrid.render.tokens import root_tokens

Files = dict[str, bytes]
_SHOWN = tuple(f for f in SiteView.__struct_fields__ if f not in {"document", "markdown"})
"""What templates see of a view."""


def render_site(view: SiteView, pack: Pack, base: Pack) -> Files:
    """Return a site's files by their path within the site."""
    files = {**_pages(view, pack, base), **_assets(view, pack, base)}
    files["config.json"] = _config(view, pack)
    files["favicon.svg"] = favicon(view.brand.initials, view.brand.accent)
    files["sitemap.xml"] = _sitemap(view)
    files["robots.txt"] = _robots(view)
    return files


def _pages(view: SiteView, pack: Pack, base: Pack) -> Files:
    environment = pack_environment(pack, base)
    context = _context(view, pack)
    wanted = [("index.html", "index.html", None), ("404.html", "404.html", None)]
    wanted += [("page.html", page["file"], page) for page in context["pages"]]
    return {
        path: environment.get_template(_own_or_base(name, pack))
        .render(**context, page=page, path=path)
        .encode()
        for name, path, page in wanted
    }


def _own_or_base(name: str, pack: Pack) -> str:
    return name if name in pack.files else BASE_PREFIX + name


def _context(view: SiteView, pack: Pack) -> dict[str, Any]:
    context = {name: msgspec.to_builtins(getattr(view, name)) for name in _SHOWN}
    for page in context["pages"]:
        page["html"] = render_markdown(page.pop("body"), view.markdown)
        page["summary"] = summarise(page["html"])
    context["pack"] = _about(pack)
    context["theme_color"] = light_palette(view.brand.accent).accent
    context["theme_color_dark"] = dark_palette(view.brand.accent).ground
    return context


@lru_cache(maxsize=256)
def _about(pack: Pack) -> dict[str, Any]:
    """Return what a template may know of its pack."""
    known: dict[str, Any] = msgspec.to_builtins(pack.file)
    return known | {"features": list(pack.file.features)}


def _assets(view: SiteView, pack: Pack, base: Pack) -> Files:
    def joined(name: str) -> bytes:
        return b"\n".join(p.files[name] for p in (base, pack) if name in p.files)

    tokens = root_tokens(view.brand.accent).encode()
    return {"styles.css": tokens + joined("styles.css"), "app.js": joined("app.js")}


def _config(view: SiteView, pack: Pack) -> bytes:
    facts = msgspec.to_builtins(view.brand)
    value = {
        "version": 1,
        "brand": facts,
        "sector": {"id": view.sector.id, "name": view.sector.name},
        "template": {
            "id": pack.file.id,
            "version": pack.file.version,
            "settings": _settings(pack),
        },
        "pages": [{"title": page.title, "file": page.file} for page in view.pages],
    }
    return pretty_json(value)


def _settings(pack: Pack) -> Any:
    if "config.json" not in pack.files:
        return {}
    try:
        return json.loads(pack_text(pack.files, "config.json"))
    except json.JSONDecodeError as error:
        message = f"config.json is not JSON: {error.msg}"
        raise PackFault("config.json", error.lineno, message) from None


def compact_json(value: Any) -> bytes:
    """Return a value as JSON that programs read, with a line end at the end."""
    return msgspec.json.encode(value) + b"\n"


def pretty_json(value: Any) -> bytes:
    """Return a value as JSON that people read as well: two spaces, a line end at the end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


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


def _sitemap(view: SiteView) -> bytes:
    """Return the sitemap (sitemaps.org 0.9); its addresses are relative where ours is unknown."""
    address = view.address or ""
    rows = [("", None), *((page.file, page.date) for page in view.pages)]
    entries = "".join(
        f"  <url><loc>{escape(address + path or 'index.html')}</loc>"
        + (f"<lastmod>{date.isoformat()}</lastmod>" if date else "")
        + "</url>\n"
        for path, date in rows
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    space = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{space}{entries}</urlset>\n".encode()


def _robots(view: SiteView) -> bytes:
    sitemap = f"Sitemap: {view.address}sitemap.xml\n" if view.address else ""
    return f"User-agent: *\nAllow: /\n{sitemap}".encode()

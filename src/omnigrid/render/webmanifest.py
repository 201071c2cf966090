"""``manifest.webmanifest``: how a site looks among the programs of a device (W3C)."""

from omnigrid.model.palette import light_palette
from omnigrid.model.views import SiteView
from omnigrid.render.data import pretty_json

WEB_MANIFEST = "manifest.webmanifest"


def web_manifest(view: SiteView) -> bytes:
    """Return the web manifest of a site; its addresses are relative to itself."""
    brand, palette = view.brand, light_palette(view.brand.accent)
    drawn = {"src": "favicon.svg", "type": "image/svg+xml", "sizes": "any"}
    pictures = [
        {"src": icon.file, "type": icon.type, "sizes": f"{icon.width}x{icon.height}"}
        for icon in view.icons
    ]
    value = {
        "name": brand.plain_name,
        "short_name": brand.plain_name,
        "description": brand.tagline,
        "lang": view.portfolio.language,
        "dir": view.portfolio.direction,
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": palette.ground,
        "theme_color": palette.accent,
        "icons": [drawn, *pictures],
    }
    return pretty_json(value)

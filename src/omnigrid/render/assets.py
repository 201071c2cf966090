"""The style sheet and the script of a site, and how its pages refer to them."""

import base64
import hashlib
from collections.abc import Iterable
from typing import Any

from omnigrid.model.packs import Pack
from omnigrid.model.tokens import chosen_css, default_css
from omnigrid.model.views import SiteView
from omnigrid.render.tokens import root_tokens

STYLES, SCRIPT = "styles.css", "app.js"


def site_assets(view: SiteView, pack: Pack, base: Pack) -> dict[str, bytes]:
    """Return the files that every page of a site loads: the base's, then the pack's."""

    def joined(name: str, between: bytes = b"", after: bytes = b"") -> bytes:
        shared, own = (p.files.get(name, b"") for p in (base, pack))
        return b"\n".join(part for part in (shared, between, own, after) if part)

    tokens = root_tokens(view.brand.accent).encode()
    defaults = default_css(pack.file.tokens).encode()
    chosen = chosen_css(pack.file.tokens, view.tokens).encode()
    return {STYLES: tokens + joined(STYLES, defaults, chosen), SCRIPT: joined(SCRIPT)}


def asset_links(assets: dict[str, bytes], *, sealed: bool) -> dict[str, Any]:
    """Return how pages refer to assets: by an address that changes with the bytes.

    Where ``sealed``, with their integrity (W3C, Subresource Integrity): a browser then refuses
    other bytes, and all bytes from a folder, where it cannot tell who wrote them.
    """
    return {
        name: {
            "url": f"{path}?v={hashlib.sha256(assets[path]).hexdigest()[:8]}",
            "integrity": _integrity(assets[path]) if sealed else None,
        }
        for name, path in (("styles", STYLES), ("script", SCRIPT))
    }


def lasting_assets(pages: Iterable[bytes]) -> list[str]:
    """Return the assets that pages ask for with their digest and never without.

    A pack with a layout of its own may name them plainly: then they are asked for anew.
    """
    kept = list(pages)
    return [name for name in (STYLES, SCRIPT) if all(_is_versioned(name, page) for page in kept)]


def _is_versioned(name: str, page: bytes) -> bool:
    plain = name.encode()
    return page.count(plain) == page.count(plain + b"?v=")


def _integrity(data: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()

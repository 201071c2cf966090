"""The style sheet and the script of a site, and how its pages refer to them."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from omnigrid.model.packs import Pack
from omnigrid.model.tokens import chosen_css, default_css
from omnigrid.model.views import SiteView
from omnigrid.render.tokens import root_tokens

STYLES, SCRIPT = "styles.css", "app.js"


def site_assets(view: SiteView, pack: Pack, base: Pack) -> dict[str, bytes]:
    """Return the files that every page of a site loads: the base's, then the pack's."""
    tokens = root_tokens(view.brand.accent).encode()
    styles = tokens + _styles(pack, base, tuple(view.tokens.items()))
    return {STYLES: styles, SCRIPT: _script(pack, base)}


@lru_cache(maxsize=64)
def _styles(pack: Pack, base: Pack, values: tuple[tuple[str, str], ...]) -> bytes:
    """Return what the style sheets of all sites share that chose the same values of tokens."""
    defaults = default_css(pack.file.tokens).encode()
    chosen = chosen_css(pack.file.tokens, dict(values)).encode()
    return _joined(base.files.get(STYLES), defaults, pack.files.get(STYLES), chosen)


@lru_cache(maxsize=64)
def _script(pack: Pack, base: Pack) -> bytes:
    return _joined(base.files.get(SCRIPT), pack.files.get(SCRIPT))


def _joined(*parts: bytes | None) -> bytes:
    return b"\n".join(filter(None, parts))


def asset_digests(assets: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each asset."""
    styles = hashlib.sha256(assets[STYLES]).hexdigest()
    return {STYLES: styles, SCRIPT: _digest_of_script(assets[SCRIPT])}


@lru_cache(maxsize=64)
def _digest_of_script(script: bytes) -> str:
    return hashlib.sha256(script).hexdigest()


def asset_links(
    assets: Mapping[str, bytes], digests: Mapping[str, str], *, sealed: bool
) -> dict[str, Any]:
    """Return how pages refer to assets: by an address that changes with the bytes.

    ``digests`` are their SHA-256. Where ``sealed``, with their integrity (W3C, Subresource
    Integrity): a browser then refuses other bytes, and all bytes from a folder, where it cannot
    tell who wrote them.
    """
    return {
        name: {
            "url": f"{path}?v={digests[path][:8]}",
            "integrity": _integrity(assets[path]) if sealed else None,
        }
        for name, path in (("styles", STYLES), ("script", SCRIPT))
    }


def lasting_assets(pages: Iterable[bytes]) -> list[str]:
    """Return the assets that pages ask for with their digest and never without.

    A pack with a layout of its own may name them plainly: then they are asked for anew.
    """
    kept = list(pages)
    return [name for name in (STYLES, SCRIPT) if all(_is_versioned(name.encode(), p) for p in kept)]


def _is_versioned(name: bytes, page: bytes) -> bool:
    _, *others = page.split(name)
    return all(rest.startswith(b"?v=") for rest in others)


def _integrity(data: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()

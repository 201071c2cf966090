"""What servers say with each file: the headers, and the file ``_headers`` that asks for them.

``_headers`` is read by Cloudflare Pages and Netlify at the root of what they serve, nowhere else.
"""

from collections.abc import Mapping

HEADERS_NAME = "_headers"
DOWNLOADS = "downloads/"
"""Where the files of a site stand that it hands out, and nothing else."""
MAX_RULES = 100
"""Cloudflare reads no more (developers.cloudflare.com/pages/platform/limits, *Headers*)."""

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
POLICY = "; ".join(f"{name} {sources}" for name, sources in _SOURCES.items())
"""The content security policy of every page (W3C, CSP Level 3), as its ``meta`` element says it."""
_HEADER_POLICY = f"{POLICY}; frame-ancestors 'none'"
"""A browser obeys ``frame-ancestors`` in a header only."""
_CLOSED = "camera geolocation microphone payment usb".split()
EVERYWHERE = {
    "Content-Security-Policy": _HEADER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _CLOSED),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_FOREVER = "public, max-age=31536000, immutable"
"""For what is asked for by its digest: other bytes have another address."""
_DAY = "public, max-age=86400"
_LOOKED_AT = (".svg", ".png", ".jpg", ".webp", "/*")
"""Pictures, and whatever lies in a folder of a site: its name changes with its bytes."""
_TYPES = {
    "feed.json": "application/feed+json; charset=utf-8",
    "feed.xml": "application/atom+xml; charset=utf-8",
    "manifest.webmanifest": "application/manifest+json; charset=utf-8",
}


def rule_path(path: str) -> str:
    """Return the path of the rule for a file of a site: its own, or that of its folder."""
    folder, slash, _ = path.partition("/")
    return f"{folder}/*" if slash else path


def headers_of(path: str, *, lasting: bool = False) -> dict[str, str]:
    """Return what is said with the files of a rule's path, beside what is said with all files.

    ``lasting``: they are asked for by their digest. Pages have no cache rule, as both hosts have
    browsers ask for them anew each time.
    """
    kept = _FOREVER if lasting else _DAY if path.endswith(_LOOKED_AT) else None
    saved = "attachment" if path.startswith(DOWNLOADS) else None
    own = {
        "Cache-Control": kept,
        "Content-Disposition": saved,
        "Content-Type": _TYPES.get(path),
    }
    return {name: value for name, value in own.items() if value}


def headers_text(rules: Mapping[str, Mapping[str, str]]) -> bytes:
    """Return the file ``_headers`` with these rules, by paths without the slash before them."""
    return "".join(_rule(path, told) for path, told in rules.items()).encode()


def _rule(path: str, told: Mapping[str, str]) -> str:
    return f"/{path}\n" + "".join(f"  {name}: {value}\n" for name, value in told.items())

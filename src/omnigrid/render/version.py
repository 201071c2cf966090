"""What turns views into bytes, by version: a change of it makes every job stale."""

from functools import lru_cache
from importlib.metadata import version

RENDERER_VERSION = "2"
"""Raised whenever the same view and packs would give other bytes."""
_LIBRARIES = ("comrak-ext", "jinja2", "markdown", "markupsafe", "msgspec", "nh3")


@lru_cache(maxsize=1)
def renderer_version() -> str:
    """Return the versions of the renderer and its libraries, as text."""
    parts = [f"renderer {RENDERER_VERSION}", *(f"{name} {version(name)}" for name in _LIBRARIES)]
    return ", ".join(parts)

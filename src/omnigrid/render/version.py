"""What turns views into bytes, by version: a change of it makes every job stale."""

from functools import lru_cache

from omnigrid import __version__
from omnigrid.installed import installed_version

GENERATOR = f"omnigrid {__version__}"
"""What a site says that it was made by."""
RENDERER_VERSION = "4"
"""Raised whenever the same view and packs would give other bytes."""
_LIBRARIES = ("comrak-ext", "jinja2", "markdown", "markupsafe", "msgspec", "nh3")


@lru_cache(maxsize=1)
def renderer_version() -> str:
    """Return the versions of the renderer and its libraries, as text."""
    libraries = (f"{name} {installed_version(name)}" for name in _LIBRARIES)
    parts = [GENERATOR, f"renderer {RENDERER_VERSION}", *libraries]
    return ", ".join(parts)

"""Versions of installed libraries, told from the names of the folders that describe them.

A folder is named as in "Recording installed projects" (packaging.python.org, from PEP 376 and 427):
``comrak_ext-0.2.8.dist-info``. ``importlib.metadata`` reads and parses what is in them, and takes
a tenth of the time of a small build to be imported; it is asked where no name tells.
"""

import os
import re
import sys
from functools import lru_cache

_DESCRIBED = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)\.dist-info")


@lru_cache(maxsize=32)
def installed_version(library: str) -> str:
    """Return the version of a library; empty where it is not installed."""
    return _told().get(_plain(library)) or _asked(library)


@lru_cache(maxsize=1)
def _told() -> dict[str, str]:
    """Return what the folders are named that libraries are imported from, the first one first."""
    found: dict[str, str] = {}
    for place in sys.path:
        for name in _names(place):
            if told := _DESCRIBED.fullmatch(name):
                found.setdefault(_plain(told["name"]), told["version"])
    return found


def _names(place: str) -> list[str]:
    try:
        return os.listdir(place or ".")  # noqa: PTH208  (a third of the time of Path)
    except OSError:
        return []


def _plain(name: str) -> str:
    """Return the normal form of a library's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _asked(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version(library)
    except PackageNotFoundError:
        return ""

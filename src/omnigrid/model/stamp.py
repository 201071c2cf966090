"""The stamp of a site: a small text that says what the site's other files are, by digest.

Whoever fetches it from where the site is served learns whether that is the site that was made.
"""

import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType

from omnigrid.model.names import BrandId, Digest

STAMP_NAME = "humans.txt"
"""Its name within the site (humanstxt.org)."""
_BRAND = re.compile(r"^Brand: ([A-Z]{2,6}-[0-9]{3,7})$", re.MULTILINE)
_DIGEST = re.compile(r"^Digest: sha256:([0-9a-f]{64})$", re.MULTILINE)


def digest_of_files(
    files: Mapping[str, bytes], known: Mapping[str, str] = MappingProxyType({})
) -> Digest:
    """Return the digest of a site's files by their paths, whatever their order.

    It is the SHA-256 of what GNU's ``sha256sum`` prints of them, sorted by path; the stamp itself
    does not count. ``known`` are the SHA-256 of some of them.
    """
    lines = [
        f"{known.get(path) or hashlib.sha256(files[path]).hexdigest()}  {path}\n"
        for path in sorted(files)
        if path != STAMP_NAME
    ]
    return Digest(hashlib.sha256("".join(lines).encode()).hexdigest())


def stamp_line(digest: Digest) -> str:
    """Return the line of a stamp that holds the digest."""
    return f"Digest: sha256:{digest}"


def digest_in_stamp(text: str) -> Digest | None:
    """Return the digest that a stamp holds; None where the text is no stamp, or holds two."""
    found = _DIGEST.findall(text)
    return Digest(found[0]) if len(found) == 1 else None


def brand_in_stamp(text: str) -> BrandId | None:
    """Return the brand whose site a stamp is of; None where the text is no stamp."""
    found = _BRAND.findall(text)
    return BrandId(found[0]) if digest_in_stamp(text) and len(found) == 1 else None

"""Marks: what an open page was made of, so that it is told of a change only where it shows."""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from omnigrid.model.digests import digest_bytes, digest_value
from omnigrid.model.names import Digest

Read = Callable[[str], bytes | None]
"""Gives the bytes of a file by its path from the root, without the slash before it."""

_TAG = re.compile(rb"<(link|script|img|source)\b([^>]*)>")
_ADDRESS = re.compile(rb"\s(?:href|src)=\"([^\"]+)\"")
_SEEN = re.compile(rb"\srel=\"(?:[^\"]* )?(?:stylesheet|icon)[ \"]")
"""A link to what shows on the page; others lead elsewhere."""
_STYLE_VERSION = re.compile(rb"(\.css)\?v=[0-9a-f]+")
"""The address of a style sheet changes with its bytes; the page is still the same page."""


class Mark(NamedTuple):
    """What stands for a page as it was shown."""

    page: Digest
    """Of its markup and of all files that it loads, but for style sheets."""
    styles: dict[str, str]
    """The digest of each style sheet, by its path from the root."""

    @property
    def text(self) -> str:
        """The whole mark, short."""
        return digest_value([self.page, sorted(self.styles.items())])[:16]


def mark_of(path: str, page: bytes, read: Read) -> Mark:
    """Return the mark of a page that stands at ``path``, from the root, without a slash."""
    styles: dict[str, str] = {}
    parts = [digest_bytes(_STYLE_VERSION.sub(rb"\1", page))]
    for other in sorted(set(_linked(path, page))):
        data = read(other)
        digest = digest_bytes(data) if data is not None else Digest("")
        if other.endswith(".css"):
            styles[other] = digest[:16]
        else:
            parts.append(digest)
    return Mark(digest_bytes("".join(parts).encode()), styles)


def _linked(path: str, page: bytes) -> Iterator[str]:
    """Yield the files of ours that a page loads."""
    for tag, attributes in _TAG.findall(page):
        found = _ADDRESS.search(attributes)
        if found is None or (tag == b"link" and not _SEEN.search(attributes)):
            continue
        address = urlsplit(found[1].decode("utf-8", "replace"))
        if address.scheme or address.netloc or not address.path:
            continue
        whole = posixpath.join("/", posixpath.dirname(path), unquote(address.path))
        yield posixpath.normpath(whole).lstrip("/")

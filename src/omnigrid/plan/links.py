"""Links between the files of a build: those that lead nowhere."""

import re
from collections.abc import Container, Iterator
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from omnigrid.model.names import OutPath

_LINK = re.compile(rb"""\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/|#|\?|$", re.I)
"""What begins like this is no file of the build, or is the page itself."""


def dead_links(page: OutPath, html: bytes, known: Container[OutPath]) -> Iterator[OutPath]:
    """Yield the files of the build to which a page links and that are not ``known``."""
    for match in _LINK.finditer(html):
        written = next(found for found in match.groups() if found is not None)
        link = unescape(written.decode("utf-8", "replace")).strip()
        if _ELSEWHERE.match(link) is None and (path := _led_to(page, link)) not in known:
            yield path


def _led_to(page: OutPath, link: str) -> OutPath:
    """Return the file to which a relative link of a page leads; a folder gives its index.html."""
    file = unquote(link.partition("#")[0].partition("?")[0])
    path = normpath(join(dirname(page), file))
    is_folder = file.endswith("/") or file.rpartition("/")[2] in {".", ".."}
    return OutPath(normpath(join(path, "index.html")) if is_folder else path)

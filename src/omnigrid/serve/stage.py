"""What stands on the stage now: the files, the faults, and how each address is answered."""

import mimetypes
import posixpath
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from omnigrid.model.service import Fault, Problem
from omnigrid.serve.marks import Mark, mark_of
from omnigrid.serve.pages import faults_page, heading
from omnigrid.serve.paths import segments_of
from omnigrid.serve.shelf import INDEX, Shelf

SHOWN = 50
"""Faults that are laid over a page; a page of its own has all."""
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


class Shown(NamedTuple):
    """What is answered to an address."""

    status: int
    path: str
    """From the root; decides about the type."""
    data: bytes


class Stage:
    """The files and the faults. Faults may be exchanged from any thread."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.faults: tuple[Fault, ...] = ()

    def show(self, raw: bytes) -> Shown:
        """Return what is answered to the path of a request. Raises Problem."""
        names = segments_of(raw)
        if not names[-1]:
            names = (*names[:-1], INDEX)
        data, path = self.shelf.read(names), "/".join(names)
        if data is not None:
            return Shown(200, path, data)
        if names[-1] != INDEX and self.shelf.is_folder(names):
            return Shown(308, f"{path}/", b"")
        if self.faults and names[-1].endswith(".html"):
            return Shown(503, path, faults_page(self.faults))
        lost = self.shelf.lost(names)
        if lost is None:
            raise Problem(404, "there is no such file in the build", "go to /")
        return Shown(404, posixpath.join(posixpath.dirname(path), "404.html"), lost)

    def mark(self, path: str) -> Mark:
        """Return the mark of what is shown at a decoded path."""
        try:
            shown = self.show(quote(path).encode())
        except Problem as problem:
            return mark_of("", problem.detail.encode(), lambda _: None)
        return self.mark_of(shown)

    def mark_of(self, shown: Shown) -> Mark:
        """Return the mark of a page that is shown."""
        return mark_of(shown.path, shown.data, lambda other: self.shelf.read(other.split("/")))

    def notes(self) -> dict[str, Any]:
        """Return what every open page is told of the faults."""
        faults: Sequence[Fault] = self.faults
        return {"count": len(faults), "heading": heading(faults), "faults": faults[:SHOWN]}


def type_of(path: str) -> str:
    """Return the media type of a file by its name, the same on every machine."""
    known = _TYPES.get(posixpath.splitext(path)[1])
    return known or mimetypes.MimeTypes().guess_type(path)[0] or "application/octet-stream"

"""A page without what means nothing: its elements, their attributes and words, in order."""

import re
from html import unescape
from html.parser import HTMLParser

Part = tuple[str, ...]
_AS_WRITTEN = {"pre", "script"}
_SPACE = re.compile("[ \t\n\r\f]+")
"""What HTML calls white space; a fixed space is none."""
_IMPLIED: dict[str, set[tuple[str, str | None]]] = {"button": {("type", "submit")}}
"""What holds where nothing else is said (HTML, 4.10.6)."""


def outline(page: bytes, but: str = "") -> list[Part]:
    """Return the parts of a page in their order, without the attribute ``but``.

    White space counts for nothing where HTML says so, between words for one space.
    """
    reader = _Reader(but)
    reader.feed(page.decode())
    reader.close()
    return reader.parts


class _Reader(HTMLParser):
    def __init__(self, but: str) -> None:
        super().__init__()
        self._but, self._open = but, [""]
        self.parts: list[Part] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        left_out = {(self._but, value) for _, value in attrs} | _IMPLIED.get(tag, set())
        told = sorted(
            f"{name}={_plain(value)}" for name, value in attrs if (name, value) not in left_out
        )
        self.parts.append((tag, *told))
        self._open.append(tag)
        if tag == "title":
            # In a title a sign < is a letter, which Python's parser knows from 3.14 on.
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        self.parts.append((f"/{tag}",))
        self._open.pop()

    def handle_data(self, data: str) -> None:
        text = unescape(data) if self._open[-1] == "title" else data
        words = text if self._open[-1] in _AS_WRITTEN else _SPACE.sub(" ", text).strip(" ")
        if words:
            self.parts.append(("words", words))


def _plain(value: str | None) -> str:
    return _SPACE.sub("", value or "")

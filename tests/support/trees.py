"""Well-formed pages as trees, for selectors."""

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

_VOID = {"meta", "link", "br", "hr", "img", "input", "source"}


class _Reader(HTMLParser):
    """Elements as they stand; svg is HTML's here, as it is to a selector."""

    def __init__(self) -> None:
        super().__init__()
        self.root = ET.Element("nothing")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = ET.SubElement(self._open[-1], tag, {k: v or "" for k, v in attrs})
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ET.SubElement(self._open[-1], tag, {k: v or "" for k, v in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self._open.pop().tag == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        here = self._open[-1]
        if len(here):
            here[-1].tail = (here[-1].tail or "") + data
        else:
            here.text = (here.text or "") + data


def parse_page(text: str) -> ET.Element:
    """Return the root element of a page whose tags are all closed."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.root[0]


def has_text(element: ET.Element) -> bool:
    """Return whether there is text directly in an element."""
    pieces = [element.text, *(child.tail for child in element)]
    return any(piece and piece.strip() for piece in pieces)

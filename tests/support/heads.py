"""What a page says of itself before its visitors see anything of it."""

import json
from html.parser import HTMLParser
from typing import Any


class Head(HTMLParser):
    """What stands in the head of a page, its elements and the JSON-LD."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.root: dict[str, str | None] = {}
        self.scripts: list[dict[str, str | None]] = []
        self.data = ""
        self._inside = False
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._inside = tag == "script" and told.get("type") == "application/ld+json"
        if tag == "html":
            self.root = told
        elif tag == "script" and not self._inside:
            self.scripts.append(told)
        elif tag == "link":
            self.links.append((told["rel"] or "", told["href"] or ""))
        elif tag == "meta":
            name = told.get("property") or told.get("name") or told.get("http-equiv")
            self.metas[name or "charset"] = told.get("content") or ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.data += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    @property
    def things(self) -> dict[str, Any]:
        """The described things, by their type."""
        found = json.loads(self.data)
        assert found["@context"] == "https://schema.org"
        return {thing["@type"]: thing for thing in found["@graph"]}

"""The markup of a template: what the content security policy forbids, and what people need."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from omnigrid.lint.sources import PRINTED, SourceText
from omnigrid.model.findings import Finding, Place, Severity

Attributes = list[tuple[str, str | None]]

_OUTSIDE = re.compile(
    r"\s*(?:[a-z][a-z0-9+.-]*:)?\s*[\\/]\s*[\\/]|\s*(?:https?|ftp|wss?):", re.IGNORECASE
)
_SCRIPT = re.compile(r"\s*(?:j\s*a\s*v\s*a|v\s*b)\s*script\s*:", re.IGNORECASE)
_HANDLER = re.compile(r"on[a-z]+")
_LOADED = {
    "audio": ("src",),
    "embed": ("src",),
    "feimage": ("href", "xlink:href"),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
"""Attributes that make a browser load something, by tag."""
_LOADING_LINKS = frozenset(
    "apple-touch-icon dns-prefetch icon manifest modulepreload preconnect prefetch preload "
    "shortcut stylesheet".split()
)
_DATA = frozenset({"application/json", "application/ld+json"})
"""Types of scripts that no browser runs."""
_URLS = ("href", "src", "action", "formaction", "xlink:href", "data")


class _Tag(NamedTuple):
    """A tag: where it begins, its text and its attributes."""

    name: str
    start: int
    text: str
    attributes: Attributes

    def get(self, name: str) -> str | None:
        return next((value or "" for key, value in self.attributes if key == name), None)

    @property
    def is_open(self) -> bool:
        """Whether some of its attributes are known only when it is rendered."""
        return any(PRINTED in key for key, _ in self.attributes)


class _Tags(HTMLParser):
    """Collects tags, and what stands inside of scripts."""

    def __init__(self, source: SourceText) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self.tags: list[_Tag] = []
        self.inline: dict[int, str] = {}

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        line, column = self.getpos()
        text = self.get_starttag_text() or ""
        self.tags.append(_Tag(tag, self._source.offset(line, column), text, attrs))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem and self.tags:
            at = len(self.tags) - 1
            self.inline[at] = self.inline.get(at, "") + data


def check_markup(source: SourceText) -> Iterator[Finding]:
    """Yield what is wrong with the markup of one template."""
    parser = _Tags(source)
    try:
        parser.feed(source.markup)
        parser.close()
    except AssertionError:  # What html.parser says to a broken `<![`.
        pass
    for number, tag in enumerate(parser.tags):
        checks = _Checks(source, tag)
        yield from checks.scripts(parser.inline.get(number, ""))
        yield from checks.loads()
        yield from checks.forms()
        yield from checks.people()


class _Checks:
    """The rules for one tag."""

    def __init__(self, source: SourceText, tag: _Tag) -> None:
        self._source, self._tag = source, tag

    def _found(
        self,
        code: str,
        message: str,
        hint: str,
        attribute: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        tag, start, end = self._tag, self._tag.start, self._tag.start + len(self._tag.name) + 1
        pattern = rf"[\s\"'/]({re.escape(attribute)})\s*(?:=|[\s/>])"
        if attribute and (match := re.search(pattern, tag.text, re.IGNORECASE)):
            start, end = tag.start + match.start(1), tag.start + match.end(1)
        place = Place(self._source.path, span=self._source.span(start, end))
        return Finding(code, message, place, hint, severity)

    def scripts(self, inline: str) -> Iterator[Finding]:
        """Yield what runs or styles inside of the page."""
        tag = self._tag
        if tag.name == "style":
            yield self._found("OG413", "a style element stands in the page", "use styles.css")
        runs = tag.get("src") is None and (tag.get("type") or "").lower() not in _DATA
        if tag.name == "script" and runs and inline.strip() and not tag.is_open:
            yield self._found("OG413", "a script stands in the page", "move it to app.js")
        for key, value in tag.attributes:
            if key == "style":
                hint = "give the element a class and put it into styles.css"
                yield self._found("OG413", "a style attribute never applies", hint, key)
            elif _HANDLER.fullmatch(key) and "-" not in tag.name:
                hint = "listen for the event in app.js"
                yield self._found("OG413", f'the handler "{key}" never runs', hint, key)
            elif key in _URLS and value and _SCRIPT.match(value):
                yield self._found("OG413", f'"{key}" is a script', "listen in app.js", key)

    def loads(self) -> Iterator[Finding]:
        """Yield what a browser would load from elsewhere."""
        tag = self._tag
        keys = _LOADED.get(tag.name, ())
        if tag.name == "link" and _LOADING_LINKS.intersection(
            (tag.get("rel") or "").lower().split()
        ):
            keys = ("href",)
        for key in keys:
            value = tag.get(key) or ""
            each = value.split(",") if key == "srcset" else [value]
            if any(_OUTSIDE.match(address) for address in each):
                hint = "bring the file along, or link to it with `<a href>`"
                message = f'"{key}" of {tag.name} loads from elsewhere'
                yield self._found("OG414", message, hint, key)
        content = tag.get("content") or ""
        if tag.name == "meta" and (tag.get("http-equiv") or "").lower() == "refresh":
            _, _, address = content.partition("=")
            if _OUTSIDE.match(address.strip(" '\"")):
                yield self._found(
                    "OG414", "the page sends its visitors away", "link there", "content"
                )
        if tag.name == "base" and tag.get("href") is not None:
            yield self._found("OG414", "a base address changes where links lead", "leave it out")

    def forms(self) -> Iterator[Finding]:
        """Yield what would send elsewhere what a visitor writes."""
        tag = self._tag
        for key in ("action", "formaction"):
            value = tag.get(key)
            sent = value is not None and (tag.name == "form" or key == "formaction")
            if sent and (
                _OUTSIDE.match(value or "") or (value or "").lower().startswith("mailto:")
            ):
                hint = "a site has no server and sends nothing: link to a form elsewhere"
                yield self._found("OG414", "the form is sent elsewhere", hint, key)

    def people(self) -> Iterator[Finding]:
        """Yield what keeps somebody from using the page."""
        tag = self._tag
        pictures = {"img", "area"} | ({"input"} if tag.get("type") == "image" else set())
        if tag.name in pictures and tag.get("alt") is None and not tag.is_open:
            hint = 'say what it shows in `alt="…"`; `alt=""` where it only adorns'
            yield self._found("OG415", "the picture has no text in its place", hint)
        named = any(tag.get(key) for key in ("aria-label", "aria-labelledby"))
        if (tag.get("role") or "").lower() == "img" and not named and not tag.is_open:
            hint = 'say what it shows in `aria-label="…"`, or write `aria-hidden="true"`'
            if tag.name != "img" or tag.get("alt") is None:
                yield self._found("OG415", "the drawing has no text in its place", hint, "role")
        order = (tag.get("tabindex") or "").strip()
        if order.isascii() and order.isdigit() and order.strip("0"):
            hint = "write 0, and put the element where it belongs in the page's order"
            message = "a tabindex above 0 upsets the order of the keyboard"
            yield self._found("OG415", message, hint, "tabindex", Severity.WARNING)
        if tag.name == "html" and tag.get("lang") is None and not tag.is_open:
            hint = 'write `<html lang="{{ portfolio.language }}">`'
            yield self._found("OG415", "the page does not say its language", hint)

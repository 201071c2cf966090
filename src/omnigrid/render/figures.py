"""The pictures of a page's Markdown, as its site has them: sizes, formats, and no hurry."""

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup, escape

_IMAGE = re.compile(r"<img ([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


def with_pictures(clean: Markup, pictures: Mapping[str, Mapping[str, Any]]) -> Markup:
    """Return sanitised HTML whose pictures are those of the site.

    The first is fetched at once, as it may be seen at once; the others when a reader comes near.
    A picture of which nothing is known stays as it is.
    """
    count = 0

    def shown(found: re.Match[str]) -> str:
        nonlocal count
        told = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(found[1])}
        address = unquote(told.get("src", "").partition("#")[0].partition("?")[0])
        picture = pictures.get(address)
        if picture is None:
            return found[0]
        count += 1
        return _picture(picture, told, lazy=count > 1)

    return Markup(_IMAGE.sub(shown, str(clean))) if pictures else clean  # noqa: S704  (escaped below)


def _picture(picture: Mapping[str, Any], told: Mapping[str, str], *, lazy: bool) -> str:
    attributes = {
        "src": picture["file"],
        "srcset": picture["srcset"],
        "sizes": picture["sizes"],
        "width": str(picture["width"]),
        "height": str(picture["height"]),
        "title": told.get("title", ""),
        "loading": "lazy" if lazy else "",
        "decoding": "async",
    }
    image = f'<img alt="{escape(told.get("alt", ""))}"{_written(attributes)}>'
    sources = "".join(f"<source{_written(source)}>" for source in picture["sources"])
    return f"<picture>{sources}{image}</picture>" if sources else image


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)

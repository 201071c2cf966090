"""Links of a page's Markdown to the files that it hands out, as its site has them."""

import html
import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup, escape

_LINK = re.compile(r'<a ([^>]*?)href="([^"]*)"')


def with_downloads(clean: Markup, downloads: Sequence[Mapping[str, Any]]) -> Markup:
    """Return sanitised HTML whose links to files of the page lead to where its site has them.

    A link to something else stays as it is.
    """
    files = {posixpath.normpath(each["written"]): each for each in downloads}

    def led(found: re.Match[str]) -> str:
        file = files.get(posixpath.normpath(unquote(html.unescape(found[2]))))
        if file is None:
            return found[0]
        name = escape(file["name"])
        return f'<a {found[1]}href="{escape(file["file"])}" download="{name}"'

    return Markup(_LINK.sub(led, str(clean))) if files else clean  # noqa: S704  (escaped above)

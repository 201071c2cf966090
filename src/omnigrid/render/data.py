"""Values as JSON: for programs, for people, and within a page."""

from typing import Any

import msgspec
from markupsafe import Markup


def compact_json(value: Any) -> bytes:
    """Return a value as JSON that programs read, with a line end at the end."""
    return msgspec.json.encode(value) + b"\n"


def pretty_json(value: Any) -> bytes:
    """Return a value as JSON that people read as well: two spaces, a line end at the end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def json_in_html(value: Any) -> Markup:
    """Return a value as JSON that may stand in a ``script`` element: no text of it can end that.

    The signs that mean something to HTML are written as JSON's escapes (RFC 8259, section 7).
    """
    text = msgspec.json.encode(value).decode()
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  (no sign of markup is left)

"""Values as JSON: for programs, for people, and within a page."""

from typing import Any

import msgspec
from markupsafe import Markup

_ESCAPES = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"))


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
    data = msgspec.json.encode(value)
    for sign, escape in _ESCAPES:
        data = data.replace(sign, escape)
    return Markup(data.decode())  # noqa: S704  (no sign of markup is left)

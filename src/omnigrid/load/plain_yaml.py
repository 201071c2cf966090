"""The fast path of reading YAML: data without positions, for texts that have nothing unusual.

Whatever is not plain (a fault, an anchor, a key that stands twice) is left to the slow path, which
reads the same events again and says what is wrong and where.
"""

import re
from typing import Any

import yaml
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

MAX_DEPTH = 32

EventLoader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""PyYAML's parser over libyaml; in Python where libyaml is missing."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Characters that YAML does not allow (YAML 1.1, 5.1 "Character set"); its line ends besides the
usual one (NEL, LS, PS), which no editor counts as lines; and the signs that turn the direction of
text, which make a line look like another (Unicode TR36, "bidirectional text spoofing")."""


class Unusual(Exception):  # noqa: N818
    """The text is not plain: the slow path decides what to make of it."""


def parse_plain_yaml(text: str) -> Any:
    """Return the data of a plain text: dicts, lists, strings; None for an empty document.

    A key without a value is left out. Raises Unusual.
    """
    # A backslash may write a forbidden character in other words.
    if FORBIDDEN.search(text) or "\\" in text:
        raise Unusual
    try:
        return _document(EventLoader(text).get_event)
    except yaml.YAMLError:
        raise Unusual from None


def _document(next_event: Any) -> Any:  # noqa: PLR0912, PLR0915  (a call an event doubles its time)
    next_event()
    if type(next_event()) is StreamEndEvent:
        return None
    root: Any = None
    around: list[Any] = []
    into: Any = None
    key: str | None = None
    emptied = []
    while True:
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            value = event.value
            if event.anchor is not None or event.tag is not None:
                raise Unusual
            says_nothing = not value and not event.style
            if type(into) is not dict:
                if says_nothing or into is None:
                    raise Unusual
                into.append(value)
            elif key is None:
                if says_nothing or value == "<<" or value in into:
                    raise Unusual
                key = value
            else:
                into[key] = value
                if says_nothing:
                    emptied.append((into, key))
                key = None
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            new: Any = {} if kind is MappingStartEvent else []
            if event.anchor is not None or event.tag is not None or len(around) >= MAX_DEPTH:
                raise Unusual
            if type(into) is list:
                into.append(new)
            elif key is not None:
                into[key] = new
                key = None
            elif into is not None:
                raise Unusual
            else:
                root = new
            around.append(into)
            into = new
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            into = around.pop()
            if into is None:
                break
        else:
            raise Unusual
    next_event()
    if type(next_event()) is not StreamEndEvent:
        raise Unusual
    for mapping, name in emptied:
        del mapping[name]
    return root

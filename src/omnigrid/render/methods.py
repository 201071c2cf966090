"""The methods that templates may call, each paid for before it is done."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from string import Formatter
from typing import Any

from markupsafe import EscapeFormatter, Markup

from omnigrid.render.limits import LimitReached
from omnigrid.render.meter import Meter

Method = Callable[..., Any]

_WIDEST = 1_000
"""Characters to which a number or text is filled up."""
_PERCENT = re.compile(
    r"%(?:\((?P<key>[^)]*)\))?[#0\- +]*(?P<width>\d+|\*)?(?:\.(?P<to>\d+|\*))?(?P<kind>.?)"
)
_DIGITS = re.compile(r"\d+")


def percent(meter: Meter, text: str, values: Any) -> str:
    """Return a text in which ``%s``, ``%d`` and the like are replaced by values."""
    meter.seen(text)
    before = meter.steps
    for each in values if isinstance(values, tuple) else (values,):
        meter.seen(each)
    count, filled = _placeholders(text) if len(text) <= _WIDEST else _find_placeholders(text)
    # Each of the values may be put in many times.
    meter.burn(count * (1 + before - meter.steps) + (filled >> 4))
    made: str = text % values
    return made


def _find_placeholders(text: str) -> tuple[int, int]:
    """Return how many values a text takes, and how many characters they are filled up to."""
    count = filled = 0
    for found in _PERCENT.finditer(text):
        if found["kind"] in {"c", "r", "a"} or "*" in {found["width"], found["to"]}:
            raise LimitReached(f"{found[0]} cannot be used in packs")
        _narrow(found["width"], found["to"])
        count += 1
        filled += int(found["width"] or 0) + int(found["to"] or 0)
    return count, filled


_placeholders = lru_cache(maxsize=256)(_find_placeholders)


def _narrow(*widths: str | None) -> None:
    if any(width and (len(width) > 4 or int(width) > _WIDEST) for width in widths):
        raise LimitReached(f"a text may be filled up to {_WIDEST} characters")


class _Formatter(Formatter):
    """Puts values into a text as ``str.format``: without attributes, and each paid for."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        if "." in field_name or "[" in field_name:
            raise LimitReached("a field of a format is a name or a number and no more")
        return super().get_field(field_name, args, kwargs)

    def format_field(self, value: Any, format_spec: str) -> Any:
        _narrow(*_DIGITS.findall(format_spec))
        self._meter.seen(value)
        self._meter.burn(len(format_spec) + (_WIDEST >> 4 if format_spec else 1))
        if format_spec.endswith("c"):
            raise LimitReached("the format c cannot be used in packs")
        return super().format_field(value, format_spec)

    def convert_field(self, value: Any, conversion: Any) -> Any:
        self._meter.seen(value)
        return super().convert_field(value, conversion)


class _MarkupFormatter(_Formatter, EscapeFormatter):
    def __init__(self, meter: Meter) -> None:
        EscapeFormatter.__init__(self, Markup.escape)
        self._meter = meter


def format_text(meter: Meter, text: str, args: Any, kwargs: Mapping[str, Any]) -> str:
    """Return a text in which ``{}`` and the like are replaced by values."""
    meter.seen(text)
    made = (_MarkupFormatter if isinstance(text, Markup) else _Formatter)(meter)
    return type(text)(made.vformat(text, args, kwargs))


def _format(meter: Meter, text: str, /, *args: Any, **kwargs: Any) -> str:
    return format_text(meter, text, args, kwargs)


def _format_map(meter: Meter, text: str, values: Any, /) -> str:
    return format_text(meter, text, (), values)


def _linear(name: str, weight: int = 1) -> Method:
    """Return a method whose work grows with the text and what it is given."""

    def call(meter: Meter, text: Any, /, *args: Any, **kwargs: Any) -> Any:
        meter.text(len(text) * weight)
        for each in (*args, *kwargs.values()):
            meter.seen(each)
        return getattr(text, name)(*args, **kwargs)

    return call


def _crossed(name: str) -> Method:
    """Return a method that may look at all of what it is given for each character of the text."""

    def call(meter: Meter, text: Any, /, *args: Any, **kwargs: Any) -> Any:
        sides = [len(each) for each in (*args, *kwargs.values()) if isinstance(each, str)]
        meter.text(len(text) * max([1, *sides]))
        for each in (*args, *kwargs.values()):
            meter.seen(each)
        return getattr(text, name)(*args, **kwargs)

    return call


def _filled(name: str) -> Method:
    def call(meter: Meter, text: Any, width: Any = 8, /, *rest: Any) -> Any:
        meter.text(len(text))
        if not isinstance(width, int) or width > _WIDEST:
            raise LimitReached(f"a text may be filled up to {_WIDEST} characters")
        meter.text(width * (len(text) if name == "expandtabs" else 1))
        return getattr(text, name)(width, *rest)

    return call


def replaced(meter: Meter, text: Any, old: Any, new: Any, count: int = -1, /) -> Any:
    """Return a text with ``new`` for each ``old``."""
    meter.seen(old)
    meter.seen(new)
    meter.text(len(text) * (1 + min(len(old), 100)))
    found = text.count(old) if count < 0 else min(count, len(text) + 1)
    meter.text(found * len(new) * (6 if isinstance(text, Markup) else 1))
    return text.replace(old, new, count)


def joined(meter: Meter, text: Any, values: Any, /) -> Any:
    """Return values with a text between them."""
    meter.seen(values)
    meter.text(len(text) * len(values))
    return text.join(values)


def _view(name: str) -> Method:
    """Return a method of a mapping that gives a list, which has no order but that of the data."""

    def call(meter: Meter, values: Any, /) -> Any:
        meter.burn(len(values) + 1)
        return list(getattr(values, name)())

    return call


def _found(name: str) -> Method:
    def call(meter: Meter, values: Any, /, *args: Any) -> Any:
        meter.seen(values)
        meter.seen(args)
        return getattr(values, name)(*args)

    return call


def _get(meter: Meter, values: Any, key: Any, default: Any = None, /) -> Any:
    meter.seen(key)
    return values.get(key, default)


_LINEAR = (
    "capitalize casefold endswith isalnum isalpha isascii isdecimal isdigit islower isnumeric "
    "isspace istitle isupper lower removeprefix removesuffix startswith swapcase title upper"
)
_CROSSED = "count find index lstrip partition rfind rindex rpartition rstrip strip"
_OF_TEXT: dict[str, Method] = {
    **{name: _linear(name) for name in _LINEAR.split()},
    **{name: _crossed(name) for name in _CROSSED.split()},
    **{name: _filled(name) for name in ("center", "expandtabs", "ljust", "rjust", "zfill")},
    "rsplit": _crossed("rsplit"),
    "split": _linear("split", 8),  # Each word is a text of its own.
    "splitlines": _linear("splitlines", 8),
    "replace": replaced,
    "join": joined,
    "format": _format,
    "format_map": _format_map,
}
_OF_LIST: dict[str, Method] = {name: _found(name) for name in ("count", "index")}
METHODS: dict[type, dict[str, Method]] = {
    str: _OF_TEXT,
    Markup: _OF_TEXT,
    list: _OF_LIST,
    tuple: _OF_LIST,
    dict: {"get": _get, **{name: _view(name) for name in ("items", "keys", "values")}},
    float: {"is_integer": lambda _meter, value: value.is_integer()},
}
"""What can be called of each kind of value."""

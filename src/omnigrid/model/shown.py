"""What kind of value a template sees under each name: told from the types of the views."""

import datetime as dt
import enum
import types
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from omnigrid.model.views import PageFacts, SiteView

HIDDEN = frozenset({"document", "markdown"})
"""Fields of a site's view that templates do not see."""


class Sort(enum.Enum):
    """What a value is, as far as it is known."""

    ANY = "anything"
    RECORD = "a group of fields"
    LIST = "a list"
    TEXT = "a text"
    NUMBER = "a number"
    MACRO = "a macro"
    MODULE = "imported macros"


class Value(NamedTuple):
    """A value of a template: its sort and, where these are known, its fields or its items.

    ``none``: it may be none. ``absent``: it may not be there at all.
    """

    sort: Sort
    fields: Mapping[str, "Value"] = {}
    item: "Value | None" = None
    none: bool = False
    absent: bool = False
    macro: Any = None
    path: str = ""
    """Where templates find it in the view, such as ``brand.contact``."""

    def sure(self) -> "Value":
        """Return the value as it is where it was tested to be there."""
        return self._replace(none=False, absent=False) if self.none or self.absent else self


ANY, TEXT, NUMBER = Value(Sort.ANY), Value(Sort.TEXT), Value(Sort.NUMBER)


def record(**fields: Value) -> Value:
    """Return a group of fields, and no others."""
    return Value(Sort.RECORD, fields)


def listed(item: Value) -> Value:
    """Return a list of items of one kind."""
    return Value(Sort.LIST, item=item)


def value_of(hint: Any) -> Value:
    """Return the kind of value that a type is once it is plain data."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    hint = getattr(hint, "__supertype__", hint)
    arguments = get_args(hint)
    if get_origin(hint) in {Union, types.UnionType}:
        kinds = [value_of(each) for each in arguments if each is not type(None)]
        known = kinds[0] if len(kinds) == 1 else ANY
        return known._replace(none=type(None) in arguments)
    if get_origin(hint) in {tuple, list}:
        return listed(value_of(arguments[0]))
    if isinstance(hint, type):
        if issubclass(hint, Struct):
            return _fields_of(hint)
        if issubclass(hint, str | dt.date):
            return TEXT
        if issubclass(hint, int | float):
            return NUMBER
    return ANY


def _fields_of(shape: type[Struct]) -> Value:
    hints = get_type_hints(shape, include_extras=True)
    sparse = shape.__struct_config__.omit_defaults
    return record(
        **{
            field.encode_name: value_of(hints[field.name])._replace(
                absent=sparse and not field.required
            )
            for field in msgspec.structs.fields(shape)
        }
    )


def page_value() -> Value:
    """Return what templates see of a content page."""
    page = dict(value_of(PageFacts).fields)
    del page["body"]
    return record(**page, html=TEXT, summary=TEXT)


@lru_cache(maxsize=1)
def site_value() -> Value:
    """Return what templates see of a site, by the fields of its view."""
    fields = {name: each for name, each in value_of(SiteView).fields.items() if name not in HIDDEN}
    return placed(record(**fields | {"pages": listed(page_value())}))


def placed(value: Value, path: str = "") -> Value:
    """Return a value with its path, and those of all within it."""
    before = f"{path}." if path else ""
    fields = {name: placed(each, before + name) for name, each in value.fields.items()}
    item = placed(value.item, path) if value.item else None
    return value._replace(fields=fields, item=item, path=path)


def names_in(value: Value, prefix: str = "") -> Iterator[str]:
    """Yield the name of every field, and of every field within it, with dots between."""
    for name, field in value.fields.items():
        yield prefix + name
        yield from names_in(field, f"{prefix}{name}.")

"""One file's data against its shape: the fast way when it fits, every fault when it does not."""

import datetime as dt
import enum
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.model.findings import Finding, Keys, Place
from omnigrid.model.secrets import mask_secrets
from omnigrid.model.source import Document

Shape = TypeVar("Shape", bound=Struct)

MAX_FINDINGS = 50
"""More faults of one file are not listed: nobody reads them, and a file can hold 80,000."""
_hints = lru_cache(get_type_hints)
_fields = lru_cache(msgspec.structs.fields)


def read_shape(document: Document, shape: type[Shape]) -> Shape | list[Finding]:
    """Return a document's data as a frozen value, or all that does not fit, as findings."""
    data = {} if document.data is None else document.data
    try:
        return msgspec.convert(data, shape, strict=False)
    except msgspec.ValidationError as error:
        findings = list(islice(_ShapeReader(document).struct(shape, data, ()), MAX_FINDINGS + 1))
        if len(findings) > MAX_FINDINGS:
            findings[-1] = _too_many(document)
        return findings or [
            Finding("OG105", str(error), Place(document.path), "see docs/formats.md")
        ]


def _too_many(document: Document) -> Finding:
    message = f"the file has more than {MAX_FINDINGS} faults of this kind"
    return Finding("OG105", message, Place(document.path), "mend those that are listed first")


class _ShapeReader:
    """Walks data and shape side by side and yields what does not fit."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def struct(self, shape: type[Struct], data: Any, keys: Keys) -> Iterator[Finding]:
        if not isinstance(data, dict):
            yield self._wrong(keys, "keys of its own, one a line", data)
            return
        hints = _hints(shape, include_extras=True)
        meant = set()
        for key in data:
            if key not in hints:
                near = nearest(key, hints)
                meant.add(near)
                hint = did_you_mean(near) or f"known keys: {', '.join(hints)}"
                yield self._found((*keys, key), "OG102", f'unknown key "{key}"', hint, on_key=True)
        missing = [f.name for f in _fields(shape) if f.required and f.name not in {*data, *meant}]
        swallower = _swallower(data, missing)
        if swallower is not None:
            yield self._swallowed(missing, (*keys, swallower))
            return
        for field in _fields(shape):
            if field.name in data:
                yield from self.value(hints[field.name], data[field.name], (*keys, field.name))
            elif field.name in missing:
                yield self._missing(field.name, hints[field.name], keys)

    def value(self, hint: Any, data: Any, keys: Keys) -> Iterator[Finding]:
        expected, plain = described(hint)
        origin = get_origin(plain)
        if isinstance(plain, type) and issubclass(plain, Struct):
            yield from self.struct(plain, data, keys)
        elif origin is tuple:
            yield from self._items(hint, get_args(plain)[0], data, keys)
        elif origin is dict:
            yield from self._pairs(get_args(plain), data, keys)
        elif not _fits(hint, data):
            yield self._wrong(keys, expected, data, _choice_hint(plain, data))

    def _items(self, hint: Any, item: Any, data: Any, keys: Keys) -> Iterator[Finding]:
        if not isinstance(data, list):
            shown = data if isinstance(data, str) else "first, second"
            yield self._wrong(keys, "a list", data, f"write it as a list: [{shown}]")
            return
        faults = [f for i, entry in enumerate(data) for f in self.value(item, entry, (*keys, i))]
        yield from faults
        if not faults and not _fits(hint, data):
            message = f'"{keys[-1]}" has too many or too few items ({len(data)})'
            yield self._found(keys, "OG105", message, "docs/formats.md says how many it may have")

    def _pairs(self, kinds: tuple[Any, ...], data: Any, keys: Keys) -> Iterator[Finding]:
        if not isinstance(data, dict):
            yield self._wrong(keys, "names with values, one a line", data)
            return
        for key, entry in data.items():
            if not _fits(kinds[0], key):
                hint = "write a name of 1 to 200 characters before the colon"
                yield self._found(
                    (*keys, key), "OG105", "this name is too long or empty", hint, on_key=True
                )
            yield from self.value(kinds[1], entry, (*keys, key))

    def _missing(self, name: str, hint: Any, keys: Keys) -> Finding:
        expected, _ = described(hint)
        where = f' in "{keys[-1]}"' if keys else ""
        return self._found(
            keys, "OG103", f'the key "{name}" is missing{where}', f"add `{name}:` with {expected}"
        )

    def _swallowed(self, missing: list[str], keys: Keys) -> Finding:
        message = f'the text of "{keys[-1]}" has no end: it holds the key "{missing[0]}" as well'
        hint = "end it on its own line, with the quotation mark with which it begins"
        return self._found(keys, "OG103", message, hint)

    def _wrong(self, keys: Keys, expected: str, data: Any, hint: str = "") -> Finding:
        name = next((str(key) for key in reversed(keys) if isinstance(key, str)), "the file")
        item = "an item of " if keys and isinstance(keys[-1], int) else ""
        subject = f'{item}"{name}"' if keys else "the file"
        message = f"{subject} must be {expected}, not {_shown(data)}"
        return self._found(keys, "OG105", message, hint or f"write {expected}")

    def _found(
        self, keys: Keys, code: str, message: str, hint: str = "", *, on_key: bool = False
    ) -> Finding:
        return Finding(code, message, Place(self._document.path, keys, on_key), hint)


def _swallower(data: dict[str, Any], missing: list[str]) -> str | None:
    """Return the key whose quoted text went on over lines below it, and took a needed key in."""
    for key, value in data.items():
        if isinstance(value, str) and any(f" {name}: " in value for name in missing):
            return key
    return None


def _fits(hint: Any, data: Any) -> bool:
    try:
        msgspec.convert(data, hint, strict=False)
    except msgspec.ValidationError:
        return False
    return True


def described(hint: Any) -> tuple[str, Any]:
    """Return what a type expects, in words, and the type without annotations and None."""
    text, plain = "", hint
    while True:
        if get_origin(plain) is Annotated:
            plain, *notes = get_args(plain)
            metas = [note for note in notes if isinstance(note, Meta)]
            text = text or next((m.description for m in metas if m.description), "")
            length = next((m.max_length for m in metas if m.max_length), None)
            if not text and plain is str:
                text = f"a text of 1 to {length} characters"
        elif type(None) in get_args(plain):
            plain = next(arg for arg in get_args(plain) if arg is not type(None))
        else:
            return text or _kind(plain), plain


def _kind(plain: Any) -> str:
    if isinstance(plain, type):
        if issubclass(plain, enum.Enum):
            return "one of " + ", ".join(member.value for member in plain)
        if issubclass(plain, dt.date):
            return "a date such as 2026-09-14"
        if issubclass(plain, bool):
            return "true or false"
        if issubclass(plain, Struct):
            return "keys of its own"
        return {int: "a whole number", float: "a number"}.get(plain, "a text")
    return "a list" if get_origin(plain) is tuple else "a text"


def _choice_hint(plain: Any, data: Any) -> str:
    if isinstance(plain, type) and issubclass(plain, enum.Enum) and isinstance(data, str):
        return did_you_mean(nearest(data, [member.value for member in plain]))
    return ""


def _shown(data: Any) -> str:
    if isinstance(data, str):
        data = mask_secrets(data)  # Before it is cut: half a secret is not known for one.
        return f'"{data}"' if len(data) <= 40 else f'"{data[:40]}…" ({len(data)} characters)'
    return "a list" if isinstance(data, list) else "a group of keys"

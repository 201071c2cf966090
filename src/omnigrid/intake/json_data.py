"""JSON: its shape in words, and a table where it is one (RFC 8259)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from omnigrid.intake.content import Block, Content, FileKind, Item, Limits, Paragraph
from omnigrid.intake.foreign import decode, one_line, secrets_in
from omnigrid.intake.grids import described, listed, shown_table
from omnigrid.intake.texts import read_text

_DEPTH = 3
_KEYS = 20
"""Keys of an object that are told."""
_TYPES = ((bool, "yes or no"), (int | float, "a number"), (str, "a text"), (type(None), "nothing"))


def read_json(name: str, data: bytes, limits: Limits) -> Content:
    """Return the shape of the data; of what is no JSON, its text. Raises InputError."""
    decoded = decode(data)
    text = decoded.text.lstrip("\ufeff") if decoded else ""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        plain = read_text(name, data, limits)
        why = "it is no valid JSON, or nested too deeply: it is shown as text"
        return msgspec.structs.replace(plain, notes=(*plain.notes, why))
    return _content(name, value, data, limits, secrets_in(text))


def _content(
    name: str, value: Any, data: bytes, limits: Limits, secrets: frozenset[str]
) -> Content:
    shown = _table(value, limits) or _outline(value)
    return Content(
        name=name,
        kind=FileKind.JSON,
        blocks=shown.blocks,
        about=shown.about,
        subject=shown.subject,
        kept=data,
        notes=shown.notes,
        secrets=secrets,
    )


class _Shown(NamedTuple):
    """What a page shows of data."""

    blocks: tuple[Block, ...]
    about: str
    subject: str
    notes: tuple[str, ...] = ()


def _table(value: Any, limits: Limits) -> _Shown | None:
    """Return data as a table, where they are one: of objects, or of the values of one object."""
    rows = _records(value)
    if rows:
        header = list(dict.fromkeys(key for row in rows[:1000] for key in row))
        cells = [[_cell(row.get(key)) for key in header] for row in rows[: limits.rows]]
        table, notes = shown_table([header, *cells], len(rows), limits)
        return _Shown((table,), *described(header, len(rows)), notes)
    if isinstance(value, dict) and value and _is_flat(value):
        pairs = [[key, _cell(each)] for key, each in value.items()]
        table, notes = shown_table([["key", "value"], *pairs], len(pairs), limits)
        return _Shown((table,), f"Data about {_keys(value)}.", _keys(value), notes)
    return None


def _outline(value: Any) -> _Shown:
    keys = _keys(value) if isinstance(value, dict) else ""
    blocks = (Paragraph("Its shape:"), *_items("the whole", value, 0))
    return _Shown(blocks, f"Data about {keys}." if keys else f"Data: {_kind(value)}.", keys)


def _keys(value: dict[str, Any]) -> str:
    return listed([one_line(key, 40) for key in value if key.strip()])


def _records(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list of flat objects; also of the only list that an object holds."""
    if isinstance(value, dict):
        lists = [each for each in value.values() if isinstance(each, list)]
        value = lists[0] if len(lists) == 1 and len(value) <= 3 else None
    if not isinstance(value, list) or not value:
        return []
    flat = all(isinstance(each, dict) and each and _is_flat(each) for each in value)
    return value if flat else []


def _is_flat(row: dict[str, Any]) -> bool:
    return not any(isinstance(each, dict | list) for each in row.values())


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else one_line(str(value), 100)


def _items(name: str, value: Any, depth: int) -> Iterator[Block]:
    yield Item(f"{one_line(name, 60)}: {_kind(value)}", depth)
    if depth >= _DEPTH:
        return
    if isinstance(value, dict):
        for key in list(value)[:_KEYS]:
            yield from _items(key, value[key], depth + 1)
    elif isinstance(value, list) and value:
        yield from _items("each", value[0], depth + 1)


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "1 key" if len(value) == 1 else f"{len(value):,} keys"
    if isinstance(value, list):
        return f"a list of {len(value):,}"
    return next((words for kind, words in _TYPES if isinstance(value, kind)), "a value")

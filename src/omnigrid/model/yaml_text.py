"""Plain data as YAML, the way a careful editor writes it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_PLAIN = re.compile(r"[^\W_](?:[^\x00-\x1f\x7f:#\"'\\]|(?<=\S)[#'](?=\S)|:(?=\S))*")
"""Texts that need no quotes: no sign of YAML at the start, none with a meaning inside."""
_IN_LINE = re.compile(r"[\w-]+( [\w-]+)?")
"""Items that may stand in [ ]."""
_MISREAD = re.compile(
    r"[-+]?(\d[\d_]*)?\.?[\d_]+([eE][-+]?\d+)?|0[xob][\da-f_]+|true|false|yes|no|on|off|y|n|null",
    re.IGNORECASE,
)
"""Texts that other readers of YAML take for a number, a truth value or nothing."""
_WIDEST = 60


def yaml_text(text: str) -> str:
    """Return a text as one line of YAML: plain where that is safe, else in double quotes."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and not _MISREAD.fullmatch(text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def yaml_lines(key: str, value: Any, indent: str = "") -> Iterator[str]:
    """Yield the lines of a key with its value: a text, a number, a list or a mapping."""
    head = f"{indent}{yaml_text(key)}:"
    match value:
        case Mapping():
            yield head
            for name, entry in value.items():
                yield from yaml_lines(name, entry, indent + "  ")
        case [Mapping(), *_]:
            yield head
            for group in value:
                first, *rest = (line for k, v in group.items() for line in yaml_lines(k, v))
                yield f"{indent}  - {first}"
                yield from (f"{indent}    {line}" for line in rest)
        case list() | tuple():
            yield from _list_lines(head, [_scalar(item) for item in value], indent)
        case _:
            yield f"{head} {_scalar(value)}"


def _list_lines(head: str, items: list[str], indent: str) -> Iterator[str]:
    in_line = f"[{', '.join(items)}]"
    if len(in_line) <= _WIDEST and all(_IN_LINE.fullmatch(item) for item in items):
        yield f"{head} {in_line}"
    else:
        yield head
        yield from (f"{indent}  - {item}" for item in items)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return yaml_text(value) if isinstance(value, str) else str(value)

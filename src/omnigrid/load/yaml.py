"""Strict YAML: mappings, sequences and texts, nothing else; every refusal has its position.

We drive PyYAML's C parser event by event (YAML 1.1 specification, chapter 4.2, "serialisation
tree"), because its composer recurses (100,000 levels end the process), expands aliases, keeps the
last of two equal keys and guesses types. All scalars stay texts: the schema decides what they are.
"""

from contextlib import suppress
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from omnigrid.load.plain_yaml import FORBIDDEN, MAX_DEPTH, EventLoader, Unusual, parse_plain_yaml
from omnigrid.load.yaml_messages import explain_problem
from omnigrid.model.findings import Keys, Span


class YamlFault(Exception):  # noqa: N818
    """Why a text is not YAML of our kind. ``span`` counts within the text."""

    def __init__(self, code: str, message: str, hint: str, span: Span) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.span = code, message, hint, span


class Spans(NamedTuple):
    """Where a value stands, and where its key does."""

    key: Span | None
    value: Span


Positions = dict[Keys, Spans]


def parse_yaml(text: str) -> Any:
    """Return the data of a text: dicts, lists, strings; None for an empty document.

    A key without a value is left out: it says nothing. Raises YamlFault.
    """
    try:
        return parse_plain_yaml(text)
    except Unusual:
        return StrictReader(text, positions=None).document()


def yaml_positions(text: str) -> Positions:
    """Return where each key and value of a text stands, as far as the text can be parsed."""
    positions: Positions = {}
    with suppress(YamlFault):
        StrictReader(text, positions).document()
    return positions


class StrictReader:
    """Reads one document from the parser's events."""

    def __init__(self, text: str, positions: Positions | None) -> None:
        self._text = text
        self._positions = positions
        self._depth = 0
        refuse_characters(text)
        self._parser = EventLoader(text)

    def document(self) -> Any:
        self._next()
        start = self._next()
        if isinstance(start, StreamEndEvent):
            return None
        value = self._value(self._next(), (), None)
        self._next()
        extra = self._next()
        if isinstance(extra, DocumentStartEvent):
            raise YamlFault(
                "OG101",
                "a second document begins here",
                "keep one document a file: remove this line and what follows, or the `---`",
                _span(extra),
            )
        return value

    def _next(self) -> Event:
        try:
            event: Event = self._parser.get_event()
        except yaml.MarkedYAMLError as error:
            raise _invalid(self._text, error) from None
        return event

    def _value(self, event: Event, keys: Keys, key: Span | None) -> Any:
        _refuse_features(event)
        if self._positions is not None:
            self._positions[keys] = Spans(key, _span(event))
        if isinstance(event, ScalarEvent):
            return None if _says_nothing(event) else self._scalar(event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise YamlFault(
                "OG108",
                f"nested more than {MAX_DEPTH} levels deep",
                "brand and sector files need three levels; remove the extra brackets or spaces",
                _span(event),
            )
        collection = self._mapping if isinstance(event, MappingStartEvent) else self._sequence
        value = collection(keys)
        self._depth -= 1
        return value

    def _scalar(self, event: ScalarEvent) -> str:
        """Return a scalar's text; an escape may stand for a character that we refuse as itself."""
        value: str = event.value
        found = FORBIDDEN.search(value)
        if found is not None:
            raise YamlFault(
                "OG109",
                f"this text holds an invisible control character (U+{ord(found.group()):04X}), "
                "written with a backslash",
                "take out the backslash and what belongs to it",
                _span(event),
            )
        return value

    def _mapping(self, keys: Keys) -> dict[str, Any]:
        found: dict[str, Any] = {}
        seen: dict[str, int] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            _refuse_features(event)
            if not isinstance(event, ScalarEvent):
                raise YamlFault("OG101", "a key must be a text", "write `key: value`", _span(event))
            name, span = self._scalar(event), _span(event)
            if name in seen:
                raise YamlFault(
                    "OG106",
                    f'"{name}" stands here a second time (first on line {seen[name]})',
                    "keep one of the two lines",
                    span,
                )
            seen[name] = span.line
            value = self._value(self._next(), (*keys, name), span)
            if value is not None:
                found[name] = value
        return found

    def _sequence(self, keys: Keys) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            value = self._value(event, (*keys, len(found)), None)
            if value is None:
                raise YamlFault(
                    "OG105",
                    "an item of this list is empty",
                    "write the item behind the hyphen, or remove the hyphen",
                    _span(event),
                )
            found.append(value)
        return found


def _says_nothing(event: ScalarEvent) -> bool:
    """Whether a key has no value: nothing is written behind it, not even quotes."""
    return event.value == "" and not event.style


def _refuse_features(event: Event) -> None:
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if isinstance(event, AliasEvent):
        sign = f"*{anchor}"
    elif anchor is not None:
        sign = f"&{anchor}"
    elif tag is not None:
        sign = tag
    elif isinstance(event, ScalarEvent) and event.value == "<<" and not event.style:
        sign = "<<"
    else:
        return
    raise YamlFault(
        "OG107",
        f'"{sign}" is a YAML feature that is not used here',
        "write the value itself; put a text that begins with &, * or ! in double quotes",
        _span(event),
    )


def _span(event: Event) -> Span:
    start, end = event.start_mark, event.end_mark
    assert start is not None and end is not None  # noqa: S101, PT018  (the parser gives both)
    column = start.column + 1
    same_line = end.line == start.line and end.column > start.column
    return Span(start.line + 1, column, end.column + 1 if same_line else column + 1)


def _invalid(text: str, error: yaml.MarkedYAMLError) -> YamlFault:
    starts = "quoted" in (error.context or "") or "expected ':'" in (error.problem or "")
    # For these the parser gives up far below; the context is where the thing began.
    mark = error.context_mark if starts else error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    told = explain_problem(error.problem or "", error.context or "", lines, line)
    line = line if told.line is None else told.line
    column = min(column if told.column is None else told.column, len(lines[line]))
    return YamlFault("OG101", told.message, told.hint, Span(line + 1, column + 1, column + 2))


def refuse_characters(text: str) -> None:
    """Raise YamlFault at the first character that no file of ours may hold."""
    found = FORBIDDEN.search(text)
    if found is None:
        return
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    raise YamlFault(
        "OG109",
        f"an invisible control character (U+{ord(found.group()):04X}) stands here",
        "delete the character; it often comes along when text is pasted from another program",
        Span(line, column, column + 1),
    )

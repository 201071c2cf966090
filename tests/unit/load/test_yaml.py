"""Strict YAML: what is refused, where, and that nothing else can happen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.load.plain_yaml import MAX_DEPTH, Unusual, parse_plain_yaml
from omnigrid.load.yaml import StrictReader, YamlFault, parse_yaml, yaml_positions
from omnigrid.model.findings import Span

REFUSED = {
    "a: b: c": ("OG101", 1, 5, 'write: a: "b: c"'),
    "name: x\na:\n\t- b": ("OG101", 3, 1, "spaces"),
    'a: "x': ("OG101", 1, 4, "closing"),
    'k: 1\na: "x\nb: y\nc: "z"': ("OG101", 2, 4, "closing"),
    "a: \"x\n  y\"\nb: 'x\nc: 'z'": ("OG101", 3, 4, "closing"),
    "a: @b": ("OG101", 1, 4, '"@b"'),
    "a: `b`": ("OG101", 1, 4, '"`b`"'),
    "foo\nbar: 1": ("OG101", 1, 1, "`foo`"),
    "a: 1\n  b: 2": ("OG101", 2, 3, "same number of spaces"),
    "a: [1, 2\nb: 3": ("OG101", 2, 2, "[one, two, three]"),
    "? [a]\n: b": ("OG101", 1, 3, "key: value"),
    "a: 1\n---\nb: 2": ("OG101", 2, 1, "one document"),
    "a: 1\na: 2": ("OG106", 2, 1, "keep one"),
    "a: &x 1": ("OG107", 1, 4, "double quotes"),
    "a: *x": ("OG107", 1, 4, "double quotes"),
    "a: !!str 1": ("OG107", 1, 4, "double quotes"),
    "! a: b": ("OG107", 1, 1, "double quotes"),
    "<<: 1": ("OG107", 1, 1, "double quotes"),
    "[" * 100_000: ("OG108", 1, MAX_DEPTH + 1, "brackets"),
    "a: x\x07": ("OG109", 1, 5, "delete"),
    "a: x\u202ey": ("OG109", 1, 5, "delete"),
    "a: x\u2028y": ("OG109", 1, 5, "delete"),
    'a: "x\\u202ey"': ("OG109", 1, 4, "backslash"),
    '"\\0": x': ("OG109", 1, 1, "backslash"),
    "- a\n-\n": ("OG105", 2, 2, "hyphen"),
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:20]))
def test_refused_with_its_place(text: str) -> None:
    code, line, column, hint = REFUSED[text]
    with pytest.raises(YamlFault) as caught:
        parse_yaml(text)
    fault = caught.value
    assert (fault.code, fault.span.line, fault.span.column) == (code, line, column)
    assert hint in fault.hint


@pytest.mark.parametrize("word", ["no", "1.10", "12:30:45", "017", "1_000", "~", "2026-01-01"])
def test_a_scalar_stays_the_text_that_was_written(word: str) -> None:
    assert parse_yaml(f"country: {word}") == {"country": word}


def test_a_key_without_a_value_says_nothing() -> None:
    assert parse_yaml('a:\nb: ""\nc: 1') == {"b": "", "c": "1"}


def test_an_empty_file_is_an_empty_document() -> None:
    assert parse_yaml("") is None
    assert parse_yaml("# only a comment\n") is None


def test_positions_of_keys_and_values() -> None:
    found = yaml_positions("a: 1\nlist:\n  - x\n  - yy\n")
    assert found["a",].key == Span(1, 1, 2)
    assert found["a",].value == Span(1, 4, 5)
    assert found["list", 1].value == Span(4, 5, 7)


_SIGNS = st.text(alphabet="ab:-[]{}\"'&*!|>#%@`?,~<\t\n 0\u202e\u00e9\U0001f600\x00", max_size=80)


@given(_SIGNS | st.text(max_size=80))
def test_no_text_crashes_and_every_fault_is_inside_the_text(text: str) -> None:
    fault = fault_of(text)
    if fault is None:
        return
    lines = text.split("\n")
    assert 1 <= fault.span.line <= len(lines)
    assert 1 <= fault.span.column <= len(lines[fault.span.line - 1]) + 1
    assert fault.span.end_column > fault.span.column
    assert fault.message
    assert fault.hint


def fault_of(text: str) -> YamlFault | None:
    try:
        parse_yaml(text)
    except YamlFault as fault:
        return fault
    return None


_PLAIN = st.text(alphabet="abcxyz é", min_size=1, max_size=10).map(str.strip).filter(bool)
_DATA = st.recursive(
    _PLAIN,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(_PLAIN, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def _written(value: object) -> str:
    match value:
        case dict():
            inner = ", ".join(f"{_written(key)}: {_written(entry)}" for key, entry in value.items())
            return f"{{{inner}}}"
        case list():
            return f"[{', '.join(map(_written, value))}]"
        case _:
            return f'"{value}"'


@given(_DATA)
def test_what_is_written_is_what_is_read(value: object) -> None:
    assert parse_yaml(_written(value)) == value


@given(_SIGNS | st.text(max_size=80))
def test_the_fast_path_gives_what_the_slow_path_gives(text: str) -> None:
    try:
        fast = parse_plain_yaml(text)
    except Unusual:
        return
    assert fast == slow(text)


def slow(text: str) -> object:
    return StrictReader(text, positions=None).document()

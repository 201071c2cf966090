"""What separates the cells of a table is told of any text, whatever ends its lines."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from omnigrid.intake.delimited import delimiter_of


@given(st.text() | st.text('",;\t|\r\n ab', max_size=60))
@example("a\rb,c")
@example('"a\r\nb,c')
def test_any_text_has_a_separator_or_none(text: str) -> None:
    assert delimiter_of(text) in {"", ",", ";", "\t", "|"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_lines_may_end_in_any_way(end: str, separator: str) -> None:
    rows = [["name", "price"], ["Spade", "12"], ["Kettle", "30"]]
    assert delimiter_of(end.join(map(separator.join, rows))) == separator
    assert delimiter_of(end.join(name for name, _ in rows)) == ""

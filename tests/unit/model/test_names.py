"""Names as texts that every output can carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.names import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [("brands/Zoë ™.yaml", "brands/Zoë ™.yaml"), ("a\nb", "a\\nb"), ("\udcff", "\\udcff")],
)
def test_what_cannot_be_printed_is_an_escape(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text() | st.text(st.characters(categories=["Cs"])))
def test_any_name_is_one_line_of_utf_8(text: str) -> None:
    assert printable(text).encode().count(b"\n") == 0

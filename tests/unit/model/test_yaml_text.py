"""Plain data as YAML."""

from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from omnigrid.load.yaml import YamlFault, parse_yaml
from omnigrid.model.yaml_text import yaml_lines, yaml_text
from support.yaml12 import read_yaml12


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Actuary™", "Actuary™"),
        ("Pans that say what they are made of", "Pans that say what they are made of"),
        ("R&D for all", "R&D for all"),
        ("https://a.example/", "https://a.example/"),
        ("don't", "don't"),
        ("Honest: pans", '"Honest: pans"'),
        ("@home", '"@home"'),
        ("a #1 brand", '"a #1 brand"'),
        ("no", '"no"'),
        ("1984", '"1984"'),
        ("1.10", '"1.10"'),
        ("+44 20", '"+44 20"'),
        ("#0b7285", '"#0b7285"'),
        (" x ", '" x "'),
        ('say "yes"', '"say \\"yes\\""'),
        ("", '""'),
    ],
)
def test_texts_are_quoted_where_they_must_be(text: str, written: str) -> None:
    assert yaml_text(text) == written


@given(st.text())
@example("a: b")
@example("- x")
@example("null")
def test_what_is_written_is_read_again(text: str) -> None:
    line = f"key: {yaml_text(text)}\n"
    try:
        found = parse_yaml(line)
    except YamlFault as fault:
        assume(fault.code != "OG109")
        raise
    assert found == {"key": text}
    assert read_yaml12(line) == {"key": text}


@pytest.mark.parametrize(
    "value",
    [
        96,
        True,
        ["one", "two words"],
        ["one, two", "three: four"],
        [9, 35],
        {"email": "a@b.example", "links": {"Shop: all": "https://a.example/"}},
        [{"name": "a", "tags": ["x, y"]}, {"name": "b"}],
        {"group": [{"name": "a"}]},
    ],
)
def test_lists_and_groups_are_read_again(value: Any) -> None:
    lines = "\n".join([*yaml_lines("key", value), *yaml_lines("after", "x")])
    assert read_yaml12(lines) == {"key": value, "after": "x"}

"""Foreign text as Markdown: every sign stands for itself, in both dialects."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnigrid.intake.content import Block, Code, Heading, Item, Paragraph, Table
from omnigrid.intake.foreign import plain_text
from omnigrid.intake.markdown import MAX_BYTES, written
from omnigrid.model.files import MarkdownFlavour
from omnigrid.render.markdown import render_markdown

FLAVOURS = tuple(MarkdownFlavour)
SIGNS = st.text(st.sampled_from("*_`~[](){}<>#+-=.!|\\:^&;\"'/ a1b\n")) | st.sampled_from(
    ["1. x", "- x", "--- x", "&amp;", "&#42;", "[a](b)", "![a](b)", "[^1]", "{: .x}", "<b>x</b>"]
)
LINES = (SIGNS | st.text(max_size=30)).map(lambda text: " ".join(plain_text(text).split()))


def shown(blocks: list[Block], flavour: MarkdownFlavour) -> str:
    """Return what a reader sees of blocks, on one line."""
    made = str(render_markdown(written(blocks).text, flavour))
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", made)).split())


@settings(deadline=None, max_examples=400)
@given(line=LINES.filter(bool), flavour=st.sampled_from(FLAVOURS))
def test_every_sign_stands_for_itself(line: str, flavour: MarkdownFlavour) -> None:
    assert shown([Paragraph(line)], flavour) == line
    assert shown([Heading(2, line)], flavour) == line
    assert shown([Item(line)], flavour) == line
    assert shown([Table((("head",), (line,)))], flavour) == f"head {line}"


@settings(deadline=None, max_examples=200)
@given(lines=st.lists(LINES.filter(bool), max_size=5), flavour=st.sampled_from(FLAVOURS))
def test_blocks_stay_apart(lines: list[str], flavour: MarkdownFlavour) -> None:
    assert shown([Paragraph(line) for line in lines], flavour) == " ".join(lines)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_structure_of_all_blocks(flavour: MarkdownFlavour) -> None:
    blocks: list[Block] = [
        Heading(1, "First"),
        Paragraph("One\nTwo"),
        Item("a"),
        Item("b", 1),
        Item("c"),
        Heading(2, "Second"),
        Code("x < y\n    z"),
        Table((("a", "b"), ("1",))),
    ]
    made = str(render_markdown(written(blocks).text, flavour))
    plain = re.sub(r"\s+", " ", re.sub(r' (id|class)="[^"]*"', "", made))
    assert "<h2>First" in plain
    assert "<h3>Second" in plain
    assert re.search(r"One<br ?/?> ?Two", plain)
    assert re.search(r"<li>a ?<ul> ?<li>b</li> ?</ul> ?</li> ?<li>c</li>", plain)
    assert "x &lt; y" in plain
    assert plain.count("<td") == 2


def test_a_page_is_cut_where_it_would_be_too_long() -> None:
    made = written([Paragraph(f"Line {number} " + "word " * 100) for number in range(9999)])
    assert made.cut
    assert len(made.text.encode()) <= MAX_BYTES


def test_a_page_of_nothing_but_signs_is_cut() -> None:
    assert written([Paragraph("*" * 1000)] * 99).cut


def test_a_long_line_is_divided_between_sentences() -> None:
    text = written([Paragraph("This is a sentence of some words. " * 200)]).text
    assert all(part.endswith(".") for part in text.split("\n\n"))

"""Bounds of Markdown: what breaks them is refused at its line, what keeps them is rendered."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnigrid.check.tangles import MAX_DEPTH, MAX_OPEN, _broken, _is_simple, check_tangles
from omnigrid.model.files import MarkdownFlavour
from omnigrid.model.findings import Finding, Span
from omnigrid.model.names import SourcePath
from omnigrid.model.source import Document, Kind
from omnigrid.render.markdown import render_markdown, summarise

HEAD = "---\ntitle: T\n---\n\n"

TANGLES = {
    "brackets": ("ok\n\n" + "[" * 31, 7, "brackets are opened"),
    "pictures": ("![" * 31, 5, "brackets are opened"),
    "links": ("[a](" * 31, 5, "brackets are opened"),
    "hidden by a sign": ("[ \\]" * 31, 5, "brackets are opened"),
    "hidden in code": ("[ `]` " * 31, 5, "brackets are opened"),
    "hidden in what is no block of code": (
        "``` hl_lines='1'\nx\n```\n" + "[" * 31 + "\n```\n",
        8,
        "brackets are opened",
    ),
    "hidden behind a tab": ("~~~\tx y\n" + "[" * 31 + "\n~~~\n", 6, "brackets are opened"),
    "hidden by two signs": ("[ \\\\`]` " * 31, 5, "brackets are opened"),
    "quotes": ("ok\n" + ">" * 21, 6, "nested"),
    "quotes in lists": ("> - " * 11, 5, "nested"),
    "lists": ("- a\n" + " " * 84 + "- b", 6, "nested"),
    "lists by tabs": ("\t" * 21 + "- b", 5, "nested"),
    "a wide table": ("a\n\n" + "|a" * 61 + "\n" + "|-" * 61, 7, "columns"),
    "footnotes": ("[^1]: a\n" * 301, 305, "footnotes"),
    "abbreviations": ("*[A]: a\n" * 301, 305, "footnotes"),
    "blocks of code": ("```\na\n```\n" * 151, 455, "blocks of code"),
    "lines": ("a\n" * 10_001, 10_005, "lines"),
    "emphasis": ("ok\n\n" + "*a* " * 6_000, 7, "too long"),
    "tags": ("<a\n\n" * 4_000, 5, "too long"),
    "lists by brackets": ("1) " * 21 + "a", 5, "nested"),
    "quotes in code": ("<div>\n```\n\n" + ">" * 201 + "\n```\n" + " \n" * 300, 8, "200 marks"),
    "a table in code": ("```\n" + "|" * 2_000 + "\n```\n" + "a\n" * 300, 6, "signs |"),
    "tags in code": ("```\n" + "<ul><li>" * 5_001 + "\n```\n", 6, "10,000 signs <"),
}


def found_in(body: str) -> list[Finding]:
    page = Document(Kind.PAGE, SourcePath("content/a.md"), {}, body, HEAD + body)
    return list(check_tangles([page]))


@pytest.mark.parametrize("name", TANGLES)
def test_a_tangle_is_refused_at_its_line(name: str) -> None:
    body, line, said = TANGLES[name]
    (found,) = found_in(body)
    assert (found.code, found.place.span) == ("OG224", Span(line, 1, 2))
    assert said in found.message


@pytest.mark.parametrize(
    "body",
    [
        '- [a](https://a.example/x_(y) "t")\n' * 200,
        "A paragraph of *many* words. " * 300,
        "```\n" + "[[[[ * _ < | & \n" * 300 + "```\n",
        "> > > - deep\n",
        "```sh\n" + " " * 200 + "x\n```\n",
        "|a" * 60 + "\n" + "|-" * 60 + "\n" + "|x" * 60,
        "[x](<a b> 'c') [y][1] ![z](z.png)\n\n[1]: https://a.example\n" * 3,
    ],
)
def test_what_people_write_is_let_through(body: str) -> None:
    assert found_in(body) == []


_PARTS = (
    "[ ] ( ) ![ ]( [^1] [^1]:~ * ** _ ` ``` ~~~ < <div> </div> <a <!-- --> <?x ?> & &amp; \\ # | "
    '|- > - 1. {:~ } *[A]:~ : ~ = == http:// <http://a> a@b <div~markdown="1"> [a]:~/ " \''
).split(" ")
_SOUP = st.lists(
    st.tuples(
        st.sampled_from([part.replace("~", " ") for part in _PARTS] + ["\n", "\n\n", "    ", "a "]),
        st.integers(1, 40),
    ),
    max_size=12,
).map(lambda parts: "".join(part * times for part, times in parts))


@given(_SOUP | st.text(max_size=200))
def test_what_is_let_through_is_rendered_and_clean(body: str) -> None:
    if found_in(body):
        return
    for flavour in MarkdownFlavour:
        made = render_markdown(body, flavour)
        summarise(made)
        assert re.search(r"<(script|style|svg|iframe)|javascript:", made) is None


_SIGNS = "[]|>-+*:1.) \t\n\r\v\f\x85\u2028<`~\\#&!=^{_a"
_NEAR = st.lists(
    st.tuples(
        st.sampled_from([*_SIGNS, "1) ", "- ", "> ", "    ", "a\n", "```\n"]),
        st.sampled_from([1, 2, 3, 4, 5, MAX_DEPTH, MAX_OPEN, MAX_OPEN + 1, 61, 299, 301]),
    ),
    max_size=10,
).map(lambda parts: "".join(part * times for part, times in parts))


@settings(max_examples=400)
@given(_NEAR | _SOUP | st.text(max_size=300))
def test_what_looks_simple_at_a_glance_breaks_no_limit(body: str) -> None:
    if _is_simple(body):
        assert list(_broken(body)) == []


def test_most_pages_are_told_at_a_glance() -> None:
    assert _is_simple("# Head\n\n- a\n- b\n\n| a | b |\n| - | - |\n\n[x](y) *z*\n" * 8)
    assert not _is_simple("> - " * 11)

"""Markdown in both dialects: clean whatever the text, with headings, tables and a summary."""

import html
import re
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.files import MarkdownFlavour
from omnigrid.render.gfm import heading_slug
from omnigrid.render.markdown import render_markdown, summarise

BOTH = pytest.mark.parametrize("flavour", MarkdownFlavour)
gfm = partial(render_markdown, flavour=MarkdownFlavour.GFM)

HOSTILE = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "<a href='data:text/html,x'>x</a>",
    "<img src=x onerror=alert(1)>",
    "<style>*{display:none}</style>",
    "<iframe src='//evil.example'></iframe>",
    "<math><mi xlink:href='javascript:x'>",
    "<p style='position:fixed'>x</p>",
    "<form action='//evil.example'><input></form>",
    "- [ ] a\n\n<input type=text autofocus onfocus=alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](y "<table><img src=x onerror=alert(1)>")',
    '# [x](y "<h2>a</h2><img src=x onerror=alert(1)>")',
    "# a\"onclick='alert(1)'",
    "```x\" onclick='alert(1)'\na\n```",
    "[^\"onclick='alert(1)']\n\n[^\"onclick='alert(1)']: a",
    '> [!NOTE] <img src=x onerror="alert(1)">\n> a',
]
_TAGS = re.compile(r"<[^<>]*>")
_VALUES = re.compile(r'="[^"]*"')
_LINK = re.compile(r' (?:href|src)="([^"]*)"')
_BLANK = re.compile(r"[\x00-\x20]")
"""What browsers pass over in addresses (WHATWG URL), and a little more."""
_HARMLESS_LINK = re.compile(r"(?:https?|mailto|tel):|(?![a-z][a-z0-9+.-]*:)", re.I)


def harm(made: str) -> list[str]:
    """Return what a browser would run, style or send of some HTML."""
    found = re.findall(r"<(?:script|style|svg|math|iframe|form|input|object)\b", made.lower())
    for tag in _TAGS.findall(made):
        found += re.findall(r" (?:on\w+|style|srcdoc|formaction)\b", _VALUES.sub("", tag.lower()))
    links = [_BLANK.sub("", html.unescape(link)) for link in _LINK.findall(made)]
    return found + [link for link in links if not _HARMLESS_LINK.match(link)]


@BOTH
@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_cannot_do_harm(text: str, flavour: MarkdownFlavour) -> None:
    assert harm(render_markdown(text, flavour)) == []


_PIECES = (
    "# ¦## ¦\n¦\n\n¦- ¦- [ ] ¦1. ¦> ¦> [!NOTE]\n¦```\n¦    ¦*¦_¦~~¦[¦](¦)¦![¦<¦>¦\"¦'¦=¦|¦|-|-|\n"
    "¦| a | b |\n¦[^1]¦[^1]: ¦javascript:¦&#58;¦&#10;¦data:¦http://a.b¦www.a.b¦a@b.c¦<script>¦<a "
    "¦<h1>¦</h1>¦<h2 ¦<table>¦<div ¦<input ¦<!--¦-->¦style=¦onclick=¦href=¦title=¦x¦é¦---\n¦\t¦\\"
).split("¦")


@BOTH
@given(text=st.text(max_size=300) | st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_no_text_stops_markdown_or_does_harm(text: str, flavour: MarkdownFlavour) -> None:
    made = render_markdown(text, flavour)
    assert harm(made) == []
    assert "<h1" not in made
    assert len(summarise(made)) <= 161


@BOTH
def test_tables_can_be_scrolled_and_headings_stand_below_the_title(
    flavour: MarkdownFlavour,
) -> None:
    made = render_markdown("# Title\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |\n", flavour)
    assert '<h2 id="title">Title</h2>' in made
    assert '<div class="table" role="region" aria-label="Table" tabindex="0"><table>' in made
    assert '<td align="right">2</td>' in made


@BOTH
def test_each_table_of_a_page_has_a_name_of_its_own(flavour: MarkdownFlavour) -> None:
    made = render_markdown("\n\n".join(["| a |\n| - |\n| 1 |"] * 3), flavour)
    assert re.findall(r'aria-label="([^"]*)"', made) == ["Table", "Table 2", "Table 3"]
    assert made.count("</table></div>") == 3


@BOTH
@pytest.mark.parametrize(
    ("levels", "expected"),
    [("123456", "234566"), ("2345", "2345"), ("46", "24"), ("35", "24"), ("6", "2")],
)
def test_headings_keep_their_distance(levels: str, expected: str, flavour: MarkdownFlavour) -> None:
    made = render_markdown("\n\n".join("#" * int(level) + " a" for level in levels), flavour)
    assert "".join(re.findall(r"<h(\d)", made)) == expected
    assert "".join(re.findall(r"</h(\d)", made)) == expected


def test_gfm_is_what_github_shows() -> None:
    assert gfm("~~a~~ www.a.example a@b.example") == (
        '<p><del>a</del> <a href="http://www.a.example" rel="noopener">www.a.example</a> '
        '<a href="mailto:a@b.example" rel="noopener">a@b.example</a></p>\n'
    )
    assert gfm("```sh\na < b\n```") == ('<pre><code class="language-sh">a &lt; b\n</code></pre>\n')
    assert gfm("> [!NOTE]\n> a") == "<div>\n<p><strong>Note</strong></p>\n<p>a</p>\n</div>\n"
    assert gfm('a <kbd style="x">b</kbd>') == "<p>a <kbd>b</kbd></p>\n"


def test_tasks_of_gfm_are_signs() -> None:
    assert gfm("- [ ] a\n- [x] b") == (
        '<ul>\n<li class="task">☐ a</li>\n<li class="task">☑ b</li>\n</ul>\n'
    )
    loose = gfm("- [ ] a\n\n  b\n- [x] c")
    assert '<li class="task">\n<p>☐ a</p>\n<p>b</p>' in loose
    assert "<p>☑ c</p>" in loose


def test_footnotes_of_gfm_lead_there_and_back() -> None:
    made = gfm("a[^1] b[^1]\n\n[^1]: note")
    links, ids = re.findall(r'href="#([^"]+)"', made), re.findall(r'id="([^"]+)"', made)
    assert links
    assert set(links) == set(ids)
    assert '<hr>\n<ol>\n<li id="fn-1">' in made
    assert 'title="Back to reference 1"' in made


@pytest.mark.parametrize(
    ("inner", "slug"),
    [
        ("What we do", "what-we-do"),
        ("A &amp; <em>B</em>: <code>c_d</code>!", "a--b-c_d"),
        ("1.2 – Größe", "12--größe"),
        ("हिन्दी", "हिन्दी"),
        ("☑ ™", "-"),
        ("!", ""),
    ],
)
def test_headings_of_gfm_have_the_slugs_of_github(inner: str, slug: str) -> None:
    assert heading_slug(inner) == slug


def test_no_two_headings_of_gfm_share_an_id() -> None:
    made = gfm("# a\n# a\n# a-1\n# a\n# !\n\na\n*b*\n===\n\n- # c\n")
    assert re.findall(r'id="([^"]*)"', made) == ["a", "a-1", "a-1-1", "a-2", "ab", "c"]
    assert "<h2>!</h2>" in made


@pytest.mark.parametrize(
    "sign", ["# a\n", "- [ ] a\n", "<h2>", "<h2>a\n\n", "## a\n\n[^1]: b\n\n", "\n<h1>a</h2>"]
)
def test_many_parts_of_a_page_take_no_time(sign: str) -> None:
    assert gfm(sign * 9_000)


@BOTH
def test_a_summary_is_the_first_plain_paragraph(flavour: MarkdownFlavour) -> None:
    def summary(text: str) -> str:
        return summarise(render_markdown(text, flavour))

    assert summary("# Head\n\n- a\n- b\n\nThe *first* words & more.\n\nOther.") == (
        "The first words & more."
    )
    before = "![a](b.png)\n\n| a |\n| - |\n| b |\n\n> c\n\n    d\n\n"
    assert summary(before + "[e][1]\nf\n\n[1]: /x") == "e f"
    assert summary("a[^1] 1 < 2\n\n[^1]: b") == "a 1 < 2"
    assert not hasattr(summary("&lt;b>"), "__html__")
    assert summary('<div>a <a href="x" title="<b>">b</a></div>') == "a b"
    assert summary("word " * 60).endswith("word…")
    assert summary("- a") == summary("") == ""

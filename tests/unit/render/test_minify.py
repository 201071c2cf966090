"""Pages of a release: smaller, and the same to whoever reads them."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.render.minify import minifier, minify
from support.outline import outline
from support.rendered import DATED, LINES, rendered

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{0}</title>
<meta name="description" content="{0}">
<!-- nothing to see -->
<script type="application/ld+json">{{"a": "b  c"}}</script>
</head>
<body class="{0}">
<p>{0} <a href="#x" title='{0}'>{0}</a> <b>{0}</b>, {0}.</p>
<pre>{0}

  {0}</pre>
<ul>
<li>{0}</li>
</ul>
<svg viewBox="0 0 4 4"><path d="M0 0h4"/><text x="1">{0}</text></svg>
</body>
</html>
"""


@given(LINES | st.sampled_from(["</p>", "&amp;lt;", "\"'`=<>", "a  b", "&copy", "{{ x }}", "<%"]))
def test_a_small_page_has_the_same_elements_attributes_and_words(words: str) -> None:
    page = PAGE.format(escape(words)).encode()
    small = minify(page)
    assert len(small) < len(page)
    assert outline(small) == outline(page)
    assert minify(page) == small


def test_a_small_page_begins_and_ends_as_the_standard_asks() -> None:
    small = minify(PAGE.format("x").encode()).decode()
    assert small.startswith("<!doctype html><html lang=en><head>")
    assert small.endswith("</body></html>")
    assert "nothing to see" not in small
    assert "x <a " in small, "a space between words is a word's end"


def test_a_release_differs_from_plain_pages_by_size_and_seals_alone() -> None:
    plain, small = rendered(DATED), rendered(DATED, release=True)
    assert plain.keys() == small.keys()
    for path, data in plain.items():
        if path.endswith(".html"):
            assert len(small[path]) < len(data) + 200
            assert outline(small[path], but="integrity") == outline(data)
        elif path != "humans.txt":
            assert small[path] == data


def test_the_library_is_named_with_its_version() -> None:
    assert minifier().startswith("minify-html 0.")

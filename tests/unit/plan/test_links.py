"""Links of a build that lead nowhere."""

import pytest

from omnigrid.model.names import OutPath
from omnigrid.plan.links import dead_links

KNOWN = {
    OutPath(path) for path in ("index.html", "sites/a/index.html", "sites/a/é.html", "a & b.css")
}


@pytest.mark.parametrize(
    ("html", "dead"),
    [
        ('<a href="../../index.html#top">', []),
        ('<a href="../../">', []),
        ("<a href='../a/index.html?x=1'>", []),
        ("<a href=../b/index.html>", ["sites/b/index.html"]),
        ('<a href="%C3%A9.html">', []),
        ('<link href="../../a &amp; b.css">', []),
        ('<img src = "logo.png">', ["sites/a/logo.png"]),
        ('<a href="https://x.example/y">', []),
        ('<a href="mailto:a@b.example"><a href="#here"><a href="//x/y"><a href="">', []),
        ('<p data-href="gone.html">', []),
        ('<a href="../../../secret">', ["../secret"]),
    ],
)
def test_a_link_is_followed(html: str, dead: list[str]) -> None:
    assert list(dead_links(OutPath("sites/a/index.html"), html.encode(), KNOWN)) == dead

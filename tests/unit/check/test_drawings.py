"""Drawings: what only shows is taken, and everything else refused where it stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.check.drawings import read_drawing
from omnigrid.model.pictures import PictureFile, PictureFormat
from support.pictures import DRAWING

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
INKSCAPE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    '<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="40mm" height="20mm" '
    'viewBox="0 0 40 20" inkscape:version="1.3" version="1.1">'
    '<defs><linearGradient id="a"><stop offset="0" stop-color="#f00"/></linearGradient></defs>'
    "<style>.b{fill:url(#a);font-family:'Some Font'}</style>"
    '<g inkscape:label="Layer"><path class="b" style="opacity:.5;mask:url( \'#m\' )" d="M0 0h9"/>'
    '<use href="#x"/></g></svg>'
)


def drawing(inside: str, attributes: str = "") -> bytes:
    return f'<svg {SVG} viewBox="0 0 10 10" {attributes}>\n {inside}\n</svg>'.encode()


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "<script> is refused"),
        ("<SCRIPT/>", "<SCRIPT> is refused"),
        ('<path onclick="alert(1)"/>', "onclick= is refused"),
        ('<path ONLOAD="alert(1)"/>', "ONLOAD= is refused"),
        ("<foreignObject><p/></foreignObject>", "<foreignObject> is refused"),
        ('<p xmlns="http://www.w3.org/1999/xhtml"/>', "<p> is no part of a drawing"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', "<script> is no part"),
        ('<a href="#x"><path/></a>', "<a> is refused"),
        ('<image href="https://elsewhere.example/a.png"/>', "href leads out of the drawing"),
        ('<image xlink:href="//elsewhere.example/a.png"/>', "href leads out of the drawing"),
        ('<image href="data:image/svg+xml;base64,PHN2Zz4="/>', "href leads out of the drawing"),
        ('<use href="other.svg#x"/>', "href leads out of the drawing"),
        ('<use xlink:href=" javascript:alert(1)"/>', "href leads out of the drawing"),
        ('<path fill="url(https://elsewhere.example/#a)"/>', "an address in a style"),
        ("<path style=\"fill:URL( 'other.svg#a' )\"/>", "an address in a style"),
        (r'<path style="fill:u\72l(//elsewhere.example)"/>', "a backslash"),
        ("<style>@import '//elsewhere.example/a.css';</style>", "fetched from elsewhere"),
        ("<style>@font-face{font-family:a}</style>", "fetched from elsewhere"),
        ("<style>a{b:url(//elsewhere.example)}</style>", "an address in a style"),
        ("<style><![CDATA[a{b:image-set('x.png' 1x)}]]></style>", "an address in a style"),
        ("<style>a{b:expression(alert(1))}</style>", "a program in a style"),
        ('<path fill="javascript:alert(1)"/>', "a program in a style"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "<set> is refused"),
        ('<animate attributeName="x"/>', "<animate> is refused"),
        ('<g xml:base="https://elsewhere.example/"/>', "xml:base is refused"),
        ("<?xml-stylesheet href='//elsewhere.example'?>", "<?xml-stylesheet?> is refused"),
        ("<iframe/>", "<iframe> is refused"),
        ("<path", "not well-formed"),
        ("&boom;", "not well-formed"),
    ],
)
def test_what_does_more_than_show_is_refused_where_it_stands(inside: str, said: str) -> None:
    found = read_drawing(drawing(inside))
    assert found.file is None
    fault = next(fault for fault in found.faults if said in fault.message)
    assert fault.span.line in {2, 3}
    assert fault.hint
    word = re.match(r"<(\w+)> is|(\w+)= is", fault.message)
    if word:
        line = drawing(inside).decode().split("\n")[fault.span.line - 1]
        assert line[fault.span.column - 1 : fault.span.end_column - 1] == (word[1] or word[2])


def test_columns_count_characters() -> None:
    found = read_drawing(drawing("<title>ÄÖÜ 中</title><script/>"))
    assert [(each.span.line, each.span.column) for each in found.faults] == [(2, 23)]


def test_all_faults_are_told_at_once() -> None:
    found = read_drawing(drawing('<script/>\n<path onload="x"/>\n<use href="a.svg#b"/>'))
    assert [fault.span.line for fault in found.faults] == [2, 3, 4]


def test_entities_are_refused_before_they_grow() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    bomb = f'<!DOCTYPE svg [<!ENTITY a0 "ha">{levels}]><svg {SVG}>&a29;</svg>'
    (fault,) = read_drawing(bomb.encode()).faults
    assert fault.message == 'the entity "a0" is refused'


@pytest.mark.parametrize("inside", ["<g>" * 100 + "</g>" * 100, "<g/>" * 20_001])
def test_a_drawing_is_bounded_in_depth_and_number(inside: str) -> None:
    (fault,) = read_drawing(drawing(inside)).faults
    assert fault.message == "the drawing is too complex"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (DRAWING, (120, 40)),
        (INKSCAPE, (151, 76)),
        (f'<svg {SVG} width="64" height="32"/>', (64, 32)),
        (f'<svg {SVG} width="100%" height="100%" viewBox="0 0 3 2"/>', (3, 2)),
        (f'<svg {SVG} width="90" viewBox="0 0 3 2"/>', (90, 60)),
        (f'<svg {SVG} viewBox="0,0,1e3,500"/>', (1000, 500)),
    ],
)
def test_what_editors_write_is_taken_with_its_size(text: str, size: tuple[int, int]) -> None:
    assert read_drawing(text.encode()).file == PictureFile(PictureFormat.SVG, *size)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (f"<svg {SVG}/>".encode(), "does not say its size"),
        (f'<svg {SVG} viewBox="0 0 0 0"/>'.encode(), "does not say its size"),
        (b"<svg viewBox='0 0 1 1'/>", "it is no SVG"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "it is no SVG: its first tag is <html>"),
        (DRAWING.encode("utf-16"), "not readable as UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "not readable as UTF-8"),
        (b"", "not well-formed"),
    ],
)
def test_what_is_no_drawing_is_refused(data: bytes, said: str) -> None:
    (fault,) = read_drawing(data).faults
    assert said in fault.message


@given(st.text(max_size=60))
def test_any_text_in_an_attribute_is_taken_or_refused(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    found = read_drawing(drawing(f'<path style="{escaped}"/>'))
    assert (found.file is None) == bool(found.faults)
    if found.file is not None:
        assert "javascript:" not in text.lower()
        assert "\\" not in text

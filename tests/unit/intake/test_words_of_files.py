"""What real files hold: underlined headings, old encodings, badges, names that cameras give."""

import pytest

from omnigrid.drop import draft_of
from omnigrid.intake.audio import _length
from omnigrid.intake.content import Heading, Item, Paragraph
from omnigrid.intake.foreign import decode
from omnigrid.intake.texts import text_blocks
from omnigrid.intake.workbook import _written

NOTES = """Release Notes
=============

What is new
-----------

 * Recent compilers started
   throwing warnings.

 * A second thing.

Done with it.
"""


def test_underlined_lines_are_headings_and_items_go_on() -> None:
    assert list(text_blocks(NOTES)) == [
        Heading(1, "Release Notes"),
        Heading(2, "What is new"),
        Item("Recent compilers started throwing warnings."),
        Item("A second thing."),
        Paragraph("Done with it."),
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("在庫管理の手引き。倉庫の在庫", "shift_jis"),
        ("Müller & Söhne – 5 €", "windows-1252"),
    ],
)
def test_old_encodings_are_told_apart(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded == (text, encoding)


def test_what_neither_encoding_knows_is_still_a_text() -> None:
    decoded = decode(b"caf\xe9 \x81\xff")
    assert decoded is not None
    assert decoded.text.startswith("café")


def test_badges_are_no_words_and_no_pictures() -> None:
    badge = "[![License](https://img.example/l.svg?color=c41)](LICENSE)\n"
    text = f"# axe\n\n{badge * 3}\nAn engine that tests the accessibility of websites.\n"
    (page,) = draft_of("README.md", text.encode())
    assert page.intent == "axe. An engine that tests the accessibility of websites."
    assert "img.example" not in page.body
    assert page.body.startswith("An engine")
    assert page.notes == ("3 pictures were left out: drop each, and name it on the page",)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("IMG_20250612_warehouse.txt", "Warehouse"),
        ("IMG_20250612.txt", "IMG 20250612"),
        ("Report 2025.txt", "Report 2025"),
    ],
)
def test_a_camera_s_name_is_no_title(name: str, title: str) -> None:
    (page,) = draft_of(name, b"one\ntwo, three.\n")
    assert page.title == title


def test_numbers_and_lengths_are_as_people_write_them() -> None:
    assert [_written(each) for each in ("9.359999999999999E-2", "1200", "0.5", "1.2.3")] == [
        "0.0936",
        "1200",
        "0.5",
        "1.2.3",
    ]
    assert (_length(0.3), _length(61), _length(0)) == ("less than 1 s", "1 min 1 s", "")

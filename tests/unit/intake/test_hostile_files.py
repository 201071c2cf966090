"""Files that were made to do harm: each is taken harmlessly, or refused with what to do."""

import io
import zipfile
from collections.abc import Callable

import pytest

from omnigrid.drop import draft_of
from omnigrid.intake.content import Limits
from omnigrid.intake.page import PageDraft
from omnigrid.model.errors import InputError
from support.dropped import (
    MORE,
    PROSE,
    lines_of,
    packed,
    pdf,
    photograph,
    report,
    word_file,
    workbook,
    wrapped,
)
from support.hostile_files import (
    KEY,
    LAUGHS,
    OUTSIDE,
    TOKEN,
    bomb,
    declared_rows,
    endless_pdf,
    linked_archive,
    locked_pdf,
    looped_pdf,
    lying_bomb,
    pdf_and_archive,
    picture_and_page,
    rewritten,
    running_pdf,
    starting_pdf,
    word_bomb,
    word_with_type,
)


def only(name: str, data: bytes, limits: Limits | None = None) -> PageDraft:
    (draft,) = draft_of(name, data, limits or Limits())
    return draft


def refusal(name: str, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        draft_of(name, data, limits or Limits())
    assert caught.value.hint, caught.value.message
    return caught.value.message


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: bomb(30 * 1024**2), "zeros.txt was not taken: it is larger than 20 MiB"),
        (lambda: bomb(400 * 1024**2), "zeros.txt was not taken: it is larger than 20 MiB"),
        (lying_bomb, "nothing in it can be taken"),
        (lambda: packed({f"{n}.txt": b"x" for n in range(60)}), "it holds 60 files, more than 50"),
        (lambda: packed({}), "nothing in it can be taken"),
        (linked_archive, "passwords.txt was not taken: it is a link"),
        (lambda: packed({"inner.zip": bomb(10)}), "an archive within an archive"),
        (lambda: b"PK\x03\x04" + bytes(100), "damaged archive"),
        (lambda: packed({"a.txt": MORE.encode()})[:-30], "damaged archive"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_an_archive_is_bounded(make: Callable[[], bytes], said: str) -> None:
    assert said in refusal("files.zip", make())


def test_an_archive_of_many_large_files_is_read_up_to_a_bound() -> None:
    drafts = draft_of("a.zip", packed({f"{n}.txt": bytes(5 * 1024**2) for n in range(16)}))
    assert len(drafts) == 12
    assert "12.txt was not taken: unpacked it is far larger than it looks" in drafts[0].notes[-4]


def test_a_zip_slip_is_only_a_name() -> None:
    slip = packed({"../../../etc/cron.d/evil.txt": MORE.encode(), "C:\\win\\x.txt": b"Hello there"})
    assert [each.name for each in draft_of("a.zip", slip)] == ["evil.txt", "x.txt"]


def test_a_member_that_cannot_be_taken_is_noted() -> None:
    drafts = draft_of("a.zip", packed({"good.txt": MORE.encode(), "empty.txt": b""}))
    assert [each.name for each in drafts] == ["good.txt"]
    assert drafts[0].notes == ("empty.txt was not taken: it is empty",)


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE])
def test_a_word_file_with_entities(declared: str) -> None:
    assert "declares a document type" in refusal("a.docx", word_with_type(declared))


def test_a_word_file_of_200_mib() -> None:
    assert "far larger than it looks" in refusal("a.docx", word_bomb())


def test_a_word_file_with_a_broken_part() -> None:
    data = rewritten(word_file(report), "word/document.xml", b"</w:body>", b"</w:bod>")
    assert refusal("a.docx", data) == "a part of it is damaged"


def test_a_workbook_with_macros_is_read_and_not_kept() -> None:
    target = io.BytesIO(workbook({"S": [["a"], [1]]}))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0")
    draft = only("a.xlsm", target.getvalue())
    assert draft.kept is None
    assert "holds macros" in draft.notes[0]


def test_a_workbook_that_declares_a_million_rows() -> None:
    draft = only("a.xlsx", declared_rows())
    assert draft.body.count("\n|") <= 4
    assert "name" in draft.body


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (locked_pdf("secret"), "it is locked with a password"),
        (pdf([wrapped(PROSE)])[:400], "it is a damaged PDF"),
        (b"%PDF-1.7\n%%EOF", "it is a damaged PDF"),
        (b"%PDF-1.7\n" + b"1 0 obj " * 10_000, "it is a damaged PDF"),
        (looped_pdf(), "it is a damaged PDF"),
    ],
    ids=["locked", "cut off", "empty", "senseless", "loop"],
)
def test_a_pdf_that_cannot_be_read(data: bytes, said: str) -> None:
    assert said in refusal("a.pdf", data)


def test_a_pdf_with_a_broken_table_of_places_is_read() -> None:
    data = pdf([wrapped(PROSE)])
    at = data.rindex(b"startxref")
    assert "timber" in only("a.pdf", data[:at] + b"startxref\n99999999\n%%EOF").body


def test_a_pdf_that_is_locked_only_against_changes_is_read() -> None:
    assert "timber" in only("a.pdf", locked_pdf("")).body


def test_a_pdf_of_5000_pages() -> None:
    data = pdf([[f"Leaf {n}"] for n in range(5000)])
    draft = only("a.pdf", data, Limits(seconds=120))
    assert "shown is the beginning, 200 of 5,000 pages" in draft.notes
    assert draft.facts == ("5,000 pages",)


@pytest.mark.parametrize("make", [running_pdf, starting_pdf, pdf_and_archive])
def test_a_pdf_that_acts_is_read_and_not_kept(make: Callable[[], bytes]) -> None:
    draft = only("a.pdf", make())
    assert "timber" in draft.body
    assert draft.kept is None
    assert "the original is not kept" in draft.notes[-1]


def test_a_pdf_that_takes_too_long() -> None:
    assert "longer than 2 seconds" in refusal("a.pdf", endless_pdf(40), Limits(seconds=2))


def test_a_pdf_that_takes_too_much_memory() -> None:
    limits = Limits(seconds=120, memory=150 * 1024**2)
    said = refusal("a.pdf", endless_pdf(8), limits)
    assert said.startswith(
        ("it is too large", "reading it took more memory", "it is a damaged PDF")
    )


def test_html_of_100000_nested_divs() -> None:
    data = b"<html><body>" + b"<div>" * 100_000 + PROSE.encode() + b"</div>" * 100_000
    assert only("a.html", data).body.startswith("Every retailer")


def test_html_loses_its_scripts() -> None:
    data = (
        f"<!doctype html><title>T</title><p onclick=x()>{PROSE}</p><script>alert(1)</script>"
        "<style>p{}</style><svg onload=alert(2)><text>x</text></svg><p>&lt;script&gt;alert(3)"
        "<a href='javascript:alert(4)'>link</a>"
    ).encode()
    body = only("a.html", data).body
    assert "alert(1)" not in body
    assert "alert(2)" not in body
    assert "&#60;script&#62;alert(3)" in body
    assert "javascript:" not in body
    assert only("a.html", data).kept is None


def test_a_table_with_formulas_is_shown_as_text_and_not_kept() -> None:
    draft = only("a.csv", b"name,sum\n=cmd|'/c calc'!A1,2\n@SUM(A1),-3.5\n")
    assert "&#61;cmd&#124;" in draft.body
    assert draft.kept is None
    assert "cells that a spreadsheet program would run" in draft.notes[0]


def test_negative_numbers_are_no_formulas() -> None:
    assert only("a.csv", b"name,sum\nfees,-3.5\nrent,+12 %\n- none,0\n").kept is not None


def test_one_line_of_19_mib() -> None:
    draft = only("a.txt", b"Water flows down the hill. " * 700_000)
    assert len(draft.body) < 60_000
    assert "shown is the beginning" in draft.notes[0]


def test_one_line_without_a_space() -> None:
    assert len(only("a.txt", b"x" * 19 * 1024**2).body) < 60_000


def test_a_table_of_one_line_of_19_mib() -> None:
    assert len(only("a.csv", b"a,b\n" + b"x," * 9_000_000).body) < 60_000


def test_too_large() -> None:
    assert refusal("a.txt", b"x" * (20 * 1024**2 + 1)) == "it is larger than 20 MiB"


def test_empty() -> None:
    assert refusal("a.txt", b"") == "it is empty"


def test_zeros_are_no_text() -> None:
    draft = only("a.txt", b"Hello\0there\0" * 9)
    assert draft.kind == "file"
    assert draft.kept is None
    assert "Hello" not in draft.body


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_other_encodings(encoding: str) -> None:
    text = f"Grüße aus Köln\n\n{PROSE}"
    assert only("a.txt", text.encode(encoding)).title == "Grüße aus Köln"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.csv", pdf([wrapped(PROSE)]), "pdf"),
        ("a.pdf", b"a;b\n1;2\n3;4\n", "csv"),
        ("a.exe", photograph(), "jpg"),
        ("a.txt", b"<!DOCTYPE html><p>Hello", "html"),
        ("a.json", b"Just a text, nothing else.", "text"),
        ("a.html", b'{"a": 1}', "json"),
        ("a", word_file(report), "docx"),
        ("a.docx", workbook({"S": [["a"], [1]]}), "xlsx"),
        ("a.md", b"\x89PNG\r\n\x1a\n", ""),
    ],
)
def test_the_content_decides(name: str, data: bytes, kind: str) -> None:
    if kind:
        assert only(name, data).kind == kind
    else:
        assert "the picture cannot be used" in refusal(name, data)


@pytest.mark.parametrize(
    "data",
    [b"MZ\x90\0" + bytes(99), b"\x7fELF" + bytes(99), b"\xca\xfe\xba\xbe" + bytes(9)],
)
def test_programs_are_refused(data: bytes) -> None:
    assert "it is a program" in refusal("report.pdf", data)


def test_nothing_hides_behind_a_picture() -> None:
    draft = only("a.png", picture_and_page())
    assert draft.kept is not None
    assert b"<script>" not in draft.kept


def test_a_photograph_says_when_but_never_where() -> None:
    draft = only("a.jpg", photograph())
    assert draft.date == "2025-08-17"
    assert draft.kept is not None
    assert b"SecretCamera" not in draft.kept
    assert b"Exif" not in draft.kept
    assert "59" not in draft.body


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..",
        "a\0b\n\x1b[31mred.txt",
        "\u202egnp.exe",
        "x" * 300 + ".txt",
        "con.txt",
        "index.md",
        "日本語.txt",
        "-rf.txt",
        "a/b\\c.txt",
        "\ud800.txt",
        f"{TOKEN}.txt",
        "",
    ],
)
def test_a_name_is_only_a_word(name: str) -> None:
    draft = only(name, MORE.encode())
    assert draft.slug
    assert len(draft.slug) <= 100
    assert draft.name.isprintable()
    assert "/" not in draft.kept_name
    assert TOKEN not in draft.name


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"Our token is {TOKEN} for now.".encode()),
        ("a.md", f"# T\n\nUse {TOKEN} here.".encode()),
        ("a.csv", f"name,token\nx,{TOKEN}\n".encode()),
        ("a.json", f'{{"token": "{TOKEN}"}}'.encode()),
        ("a.html", f"<html><p>Use {TOKEN} here".encode()),
        ("a.pdf", pdf([["Our token is", TOKEN]])),
        ("a.docx", word_file(lines_of(f"Use {TOKEN}"))),
        ("a.xlsx", workbook({"S": [["name"], [TOKEN]]})),
        ("a.txt", f"Before.\n\n{KEY}\n\nAfter.".encode()),
        ("a.docx", word_file(lines_of(KEY))),
    ],
)
def test_secrets_are_blacked_out_and_the_original_is_not_kept(name: str, data: bytes) -> None:
    draft = only(name, data)
    whole = f"{draft}"
    assert TOKEN not in whole
    assert "x" * 60 not in whole
    assert "█" in draft.body
    assert draft.kept is None
    assert any("have it revoked" in note for note in draft.notes)

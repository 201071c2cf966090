"""What no file may hold: each at its line and column, and no secret repeated."""

import pytest

from omnigrid.check.texts import check_texts
from omnigrid.model.findings import Finding, Severity, Span
from omnigrid.model.names import SourcePath
from omnigrid.model.source import Document, Kind

TOKEN = "ghp_" + "a1B2" * 9


def found_in(text: str) -> list[Finding]:
    return list(check_texts([Document(Kind.BRAND, SourcePath("brands/a.yaml"), {}, "", text)]))


def test_a_usual_text_is_sound() -> None:
    assert found_in("name: Spade™\nowner: Zoë 🏴 of https://example.org:80/a@b\n") == []


def test_a_secret_is_refused_at_its_place_even_in_a_comment() -> None:
    (found,) = found_in(f"name: x\n# {TOKEN} is mine\n")
    assert (found.code, found.severity) == ("OG221", Severity.ERROR)
    assert found.place.span == Span(2, 3, 3 + len(TOKEN))
    assert TOKEN not in found.message + found.hint


def test_a_key_of_many_lines_is_marked_on_its_first() -> None:
    (found,) = found_in(
        "a: |\n  -----BEGIN PRIVATE KEY-----\n  MIIE\n  -----END PRIVATE KEY-----\n"
    )
    assert found.place.span == Span(2, 3, 30)


def test_hidden_characters_are_counted() -> None:
    (found,) = found_in("name: Spa\u200bde\nowner: O\u00adx\u200b\n")
    assert (found.code, found.place.span) == ("OG222", Span(1, 10, 11))
    assert "and 2 more below" in found.message


@pytest.mark.parametrize("text", ["\u05d0\u200f", "می\u200cخواهم", "👩\u200d🌾"])
def test_joiners_that_languages_need_are_left(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "span", "letter"),
    [
        ("a\ncafe\u0301 x", Span(2, 4, 5), "é"),
        ("\u212bngstrom", Span(1, 1, 2), "Å"),
        ("a\u0323\u0307".replace("\u0323\u0307", "\u0307\u0323"), Span(1, 1, 2), "ạ"),
    ],
)
def test_a_letter_in_an_unusual_form(text: str, span: Span, letter: str) -> None:
    (found,) = found_in(text)
    assert (found.code, found.place.span) == ("OG223", span)
    assert f'"{letter}"' in found.message

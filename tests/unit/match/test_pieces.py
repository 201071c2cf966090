"""Texts cut into word pieces, with a vocabulary of a dozen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.match.pieces import LONGEST_TEXT, WordPieces, words_in

KNOWN = "[UNK] [CLS] [SEP] con ##tract ##s contract cafe , ! 合 ##c".split()
NUMBERS = {piece: number for number, piece in enumerate(KNOWN)}
PIECES = WordPieces(NUMBERS)


def pieces_of(text: str) -> list[str]:
    return [KNOWN[number] for number in PIECES.of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Review the  CONTRACT\tnow\n", ["review", "the", "contract", "now"]),
        ("Café, naïve!", ["cafe", ",", "naive", "!"]),
        ("a$b^c`d", ["a", "$", "b", "^", "c", "`", "d"]),
        ("contract_review_2025.pdf", ["contract", "_", "review", "_", "2025", ".", "pdf"]),
        ("“so” – it’s…", ["“", "so", "”", "–", "it", "’", "s", "…"]),
        ("合同review", ["合", "同", "review"]),
        ("カナ がく", ["カナ", "かく"]),
        ("a\u00a0b\u2028c\u3000d", ["a", "b", "c", "d"]),
        ("in\u200bvisi\x00ble\ufffd", ["invisible"]),
        ("İstanbul STRAẞE", ["istanbul", "straße"]),
        ("👩\u200d🚀 up", ["👩🚀", "up"]),
        ("", []),
        (" \n", []),
    ],
)
def test_words_are_what_bert_makes_of_them(text: str, words: list[str]) -> None:
    assert list(words_in(text)) == words


def test_a_word_is_cut_into_its_longest_pieces() -> None:
    assert pieces_of("Contracts") == ["[CLS]", "contract", "##s", "[SEP]"]
    assert pieces_of("cons, cafés") == ["[CLS]", "con", "##s", ",", "cafe", "##s", "[SEP]"]


def test_a_word_is_known_whole_or_not() -> None:
    assert pieces_of("contractx 合") == ["[CLS]", "[UNK]", "合", "[SEP]"]


def test_a_word_of_more_than_a_hundred_letters_is_unknown() -> None:
    assert pieces_of("con" + "c" * 97 + "!").count("##c") == 97
    assert pieces_of("con" + "c" * 98 + "!") == ["[CLS]", "[UNK]", "!", "[SEP]"]


def test_a_long_text_is_cut() -> None:
    pieces = pieces_of("contracts " * 10_000)
    assert len(pieces) == LONGEST_TEXT
    assert (pieces[0], pieces[-1]) == ("[CLS]", "[SEP]")


@pytest.mark.parametrize("text", ["", "  ", "zebra", "🙂 zebra"])
def test_a_text_without_a_known_piece_has_none(text: str) -> None:
    assert PIECES.of(text) == ()


def test_what_looks_like_a_mark_of_the_model_is_text() -> None:
    assert NUMBERS["[SEP]"] not in PIECES.of("contract [SEP] contract")[:-1]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    words = list(words_in(text))
    assert all(word and not any(letter.isspace() for letter in word) for word in words)
    assert len(PIECES.of(text)) <= LONGEST_TEXT

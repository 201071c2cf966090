import pytest

from omnigrid.match.terms import all_words_of, stem, terms_of, words_of


def test_small_words_marks_and_accents_are_left_out() -> None:
    assert words_of("What is THE plan?") == ["plan"]
    assert words_of("contract_review_2025.pdf") == ["contract", "review", "2025", "pdf"]
    assert words_of("ContractReview.pdf") == ["contract", "review", "pdf"]
    assert all_words_of("Où est l'été?") == ["ou", "est", "l"]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organisation", "organization"),
        ("colour", "color"),
        ("licence", "license"),
        ("analyse", "analyze"),
        ("travelling", "traveling"),
        ("catalogue", "catalog"),
        ("centre", "center"),
    ],
)
def test_both_spellings_are_one_term(british: str, american: str) -> None:
    assert stem(british) == stem(american)


def test_terms_are_stems_and_pairs_with_the_words_they_came_from() -> None:
    assert terms_of("tracking duties") == {
        "track": "tracking",
        "duti": "duties",
        "track duti": "tracking duties",
    }


def test_small_words_are_terms_where_they_are_asked_for() -> None:
    assert set(terms_of("how are you", small=True)) == {"how", "are", "you", "how are", "are you"}
    assert terms_of("how are you") == {}

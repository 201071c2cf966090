"""Words, score and placing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.match.index import index_brands
from omnigrid.match.placing import match_intents, unmatched_findings
from omnigrid.match.score import confidence, rank_brands
from omnigrid.match.terms import stem, terms_of, words_of
from omnigrid.model.files import Priority
from omnigrid.model.matching import Intent, Parts
from omnigrid.model.names import BrandId, PackId, SectorId
from support.values import brand, page, portfolio

GARDEN = portfolio(
    brand(1, "Spade", keywords=("digging tools", "garden beds"), priority=Priority.HIGH),
    brand(2, "Rake", keywords=("leaf collection", "garden paths")),
    brand(
        3, "Basin", keywords=("rain water storage",), description="Stores water for the dry weeks."
    ),
)
INDEX = index_brands(GARDEN)


def test_small_words_marks_and_accents_are_left_out() -> None:
    assert words_of("What is THE plan?") == ["plan"]
    assert words_of("contract_review_2025.pdf") == ["contract", "review", "2025", "pdf"]


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


def test_the_brand_that_shares_the_words_comes_first_and_says_which() -> None:
    ranking = rank_brands(INDEX, Intent("somewhere to store rain water"))
    assert not ranking.unmatched
    assert ranking.matches[0].id == "TST-003"
    assert "rain water" in ranking.matches[0].terms


@pytest.mark.parametrize("text", ["", "hello", "book a table for two tonight", "?!", "the and of"])
def test_no_confident_match(text: str) -> None:
    assert rank_brands(INDEX, Intent(text)).unmatched


def test_what_is_stated_never_makes_a_match_of_nothing() -> None:
    intent = Intent("hello", SectorId("Garden"), PackId("plain"), Priority.HIGH)
    assert rank_brands(INDEX, intent).unmatched


def test_a_part_that_is_not_stated_is_left_out() -> None:
    assert confidence(Parts(60.0, None, None, None)) == 60.0
    assert confidence(Parts(60.0, 100.0, None, None)) == pytest.approx(
        (40 * 60 + 30 * 100) / 70, abs=0.05
    )
    assert confidence(Parts(60.0, 0.0, 0.0, 0.0)) == 24.0
    assert confidence(Parts(100.0, 100.0, 100.0, 100.0)) == 100.0


def test_a_stated_priority_ranks_what_is_left() -> None:
    high = rank_brands(INDEX, Intent("garden tools and paths", priority=Priority.HIGH))
    assert high.matches[0].parts.priority == 100.0
    assert rank_brands(INDEX, Intent("garden tools")).matches[0].parts.priority is None


@given(st.text(max_size=200))
def test_any_text_has_an_answer_within_bounds(text: str) -> None:
    ranking = rank_brands(INDEX, Intent(text, SectorId("Garden"), None, Priority.LOW))
    for match in ranking.matches:
        assert 0 <= match.parts.text <= 100
        assert 0 <= match.confidence <= 100
    order = [match.confidence for match in ranking.matches]
    assert order == sorted(order, reverse=True)
    assert ranking == rank_brands(INDEX, ranking.intent)


def test_pages_go_to_their_match_their_brand_or_nowhere() -> None:
    pages = (
        page("pinned", brand=BrandId("TST-002")),
        page("found", brand=None, intent="a place to store rain water"),
        page("lost", brand=None, intent="book a table for two"),
        page("corrected", brand=BrandId("TST-001"), intent="a place to store rain water"),
    )
    placed = match_intents(portfolio(*GARDEN.brands, pages=pages))
    assert [p.brand for p in placed] == ["TST-002", "TST-003", None, "TST-001"]
    (finding,) = unmatched_findings(placed)
    assert (finding.place.path, finding.severity) == ("content/lost.md", "warning")

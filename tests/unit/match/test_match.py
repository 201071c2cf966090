"""Score, explanation and placing."""

from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.load.sentences import PACKAGES
from omnigrid.match.confidence import combined
from omnigrid.match.placing import match_intents, unmatched_findings
from omnigrid.matching import matcher_of
from omnigrid.model.files import ConfigFile, MatchingConfig, Priority
from omnigrid.model.matching import Intent, Parts
from omnigrid.model.names import BrandId, PackId, SectorId
from support.values import brand, page, portfolio

GARDEN = portfolio(
    brand(1, "Spade", keywords=("digging tools", "garden beds"), priority=Priority.HIGH),
    brand(2, "Rake", keywords=("leaf collection", "garden paths")),
    brand(
        3, "Basin", keywords=("rain water storage",), description="Stores water for the dry weeks."
    ),
    brand(4, "Paywright", keywords=("payroll", "salaries"), description="Pays wages on time."),
)
MATCHER = matcher_of(GARDEN)
SETTLED = Intent("a place to store rain water")


def best(text: str, **stated: object) -> str | None:
    ranking = MATCHER.rank(Intent(text, **stated))  # type: ignore[arg-type]
    return None if ranking.unmatched else ranking.matches[0].id


def test_the_brand_that_shares_the_words_comes_first_and_says_which() -> None:
    ranking = MATCHER.rank(Intent("somewhere to store rain water"))
    assert not ranking.unmatched
    assert ranking.matches[0].id == "TST-003"
    assert "rain" in " ".join(ranking.matches[0].terms)


@pytest.mark.parametrize(
    ("text", "brand_id"),
    [
        ("employees complain that they were not paid last month", "TST-004"),
        ("autumn foliage everywhere on the lawn", "TST-002"),
        ("drought: keep what falls from the sky in a barrel", "TST-003"),
        ("payrol for our staff", "TST-004"),
        ("salary_statement_2026.pdf", "TST-004"),
        ("SalaryStatement.pdf", "TST-004"),
    ],
)
def test_other_words_slips_and_names_of_files_find_their_brand(text: str, brand_id: str) -> None:
    assert MATCHER.rank(Intent(text)).matches[0].id == brand_id


@pytest.mark.parametrize("text", ["", "hello", "tell me a joke", "?!", "the and of", "xqzzyv"])
def test_no_confident_match(text: str) -> None:
    assert best(text) is None


@pytest.mark.parametrize("text", ["Basin", "basin", "what is TST-003?", "(tst-003)"])
def test_a_brand_that_is_called_by_its_name_answers(text: str) -> None:
    ranking = MATCHER.rank(Intent(text))
    assert (ranking.matches[0].id, ranking.matches[0].confidence) == ("TST-003", 100.0)


def test_what_is_stated_never_makes_a_match_of_nothing() -> None:
    assert best("hello", sector=SectorId("Garden"), priority=Priority.HIGH) is None


def test_a_part_that_is_not_stated_is_left_out() -> None:
    assert combined(Parts(60.0, None, None, None)) == 60.0
    stated = (40 * 60 + 30 * 100) / 70
    assert combined(Parts(60.0, 100.0, None, None)) == pytest.approx(stated, abs=0.05)
    assert combined(Parts(60.0, 0.0, 0.0, 0.0)) == 24.0
    assert combined(Parts(100.0, 100.0, 100.0, 100.0)) == 100.0


def test_a_stated_priority_ranks_what_is_left() -> None:
    high = MATCHER.rank(Intent("garden tools and paths", priority=Priority.HIGH))
    assert high.matches[0].parts.priority == 100.0
    assert MATCHER.rank(Intent("garden tools")).matches[0].parts.priority is None


@given(st.text(max_size=200))
def test_any_text_has_an_answer_within_bounds(text: str) -> None:
    ranking = MATCHER.rank(Intent(text, SectorId("Garden"), None, Priority.LOW))
    for match in ranking.matches:
        assert 0 <= match.parts.text <= 100
        assert 0 <= match.confidence <= 100
    assert ranking == MATCHER.rank(ranking.intent)


def test_why_a_brand_is_not_the_first() -> None:
    intent = Intent("wages and salaries")
    found = MATCHER.look_at(intent, BrandId("tst-002"))
    assert found is not None
    place, match = found
    assert place > 1
    assert match.id == "TST-002"
    first = MATCHER.look_at(intent, MATCHER.rank(intent).matches[0].id)
    assert first == (1, MATCHER.rank(intent).matches[0])
    assert MATCHER.look_at(intent, BrandId("TST-999")) is None


def test_pages_go_to_their_match_their_brand_or_nowhere() -> None:
    pages = (
        page("pinned", brand=BrandId("TST-002")),
        page("found", brand=None, intent=SETTLED.text),
        page("lost", brand=None, intent="tell me a joke"),
        page("corrected", brand=BrandId("TST-001"), intent=SETTLED.text),
    )
    given = portfolio(*GARDEN.brands, pages=pages[:3])
    placed = match_intents(given, partial(matcher_of, given))
    assert [p.brand for p in placed] == ["TST-002", "TST-003", None]
    (finding,) = unmatched_findings(placed)
    assert (finding.place.path, finding.severity) == ("content/lost.md", "warning")
    pinned = portfolio(*GARDEN.brands, pages=pages[3:])
    assert match_intents(pinned, partial(matcher_of, pinned))[0].brand == "TST-001"


def test_a_correction_teaches() -> None:
    question = Intent("who mows the verge?")
    before = MATCHER.rank(question)
    assert before.matches[0].id != "TST-001" or before.unmatched
    correction = page("corrected", brand=BrandId("TST-001"), intent="somebody mows the verge")
    after = matcher_of(portfolio(*GARDEN.brands, pages=(correction,))).rank(question)
    assert (after.matches[0].id, after.unmatched) == ("TST-001", False)


EXAMPLES = (
    ("dig over the beds", "turn the soil", "a sharp edge for the lawn"),
    ("gather what fell from the trees", "clean paths in autumn", "the moss must go"),
    ("collect rain for dry weeks", "water butt for the roof", "save what falls on the shed"),
    ("salaries on the last day", "payslips for ten people", "deduct tax from wages"),
)


def test_a_few_brands_with_examples_are_sure_of_their_own_and_of_nothing_else() -> None:
    brands = [
        brand(number, each.name, examples=examples)
        for number, (each, examples) in enumerate(zip(GARDEN.brands, EXAMPLES, strict=True), 1)
    ]
    taught = matcher_of(portfolio(*brands))
    asked = (
        "turn over the bed",
        "clean the autumn path",
        "collect rain from the roof",
        "tax on my wages",
    )
    for number, text in enumerate(asked, 1):
        ranking = taught.rank(Intent(text))
        assert (ranking.matches[0].id, ranking.unmatched) == (f"TST-00{number}", False)
    for text in ("tell me a joke", "which teeth does a shark have", "hello", ""):
        assert taught.rank(Intent(text)).unmatched


@pytest.mark.skipif(
    not any(find_spec(package) for package in PACKAGES),
    reason="omnigrid[semantic] is not installed",
)
@pytest.mark.parametrize("examples", [EXAMPLES, ((),) * len(EXAMPLES)])
def test_with_the_sentence_model_as_well(
    examples: tuple[tuple[str, ...], ...], tmp_path: Path
) -> None:
    brands = [
        brand(number, each.name, examples=own, keywords=each.keywords, tagline=each.tagline)
        for number, (each, own) in enumerate(zip(GARDEN.brands, examples, strict=True), 1)
    ]
    found = matcher_of(portfolio(*brands), tmp_path / "matching-1", semantic=True)
    ranking = found.rank(Intent("nobody was paid their salary in March"))
    assert (ranking.matches[0].id, ranking.unmatched) == ("TST-004", False)
    matcher_of(portfolio(*brands), tmp_path / "matching-1")
    assert {path.name for path in tmp_path.iterdir()} == {"matching-1", "sentences-matching-1"}
    again = matcher_of(portfolio(*brands), tmp_path / "matching-1", semantic=True)
    assert again.rank(ranking.intent) == ranking
    assert found.rank(Intent("which teeth does a shark have")).unmatched


def test_a_synonym_of_the_portfolio_finds_the_brand_that_says_the_other() -> None:
    matching = MatchingConfig(synonyms=(("payroll", "zorp run"), ("quux", "blip")))
    config = ConfigFile(name="Test", matching=matching)
    taught = matcher_of(portfolio(*GARDEN.brands, config=config))
    assert taught.rank(Intent("the zorp run")).matches[0].id == "TST-004"
    assert MATCHER.rank(Intent("the zorp run")).unmatched
    assert taught.rank(Intent("blip")).unmatched


def test_template_and_sector_are_stated_by_id() -> None:
    ranking = MATCHER.rank(Intent(SETTLED.text, SectorId("Other"), PackId("plain")))
    assert ranking.matches[0].parts.sector == 0.0
    assert ranking.matches[0].parts.template == 100.0

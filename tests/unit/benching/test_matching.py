"""What `scripts/bench matching` counts, without the other matchers."""

import math
from pathlib import Path

import pytest

import catalogue
from benching.matching.ablation import ablation
from benching.matching.contestants import Answer, omnigrid, ranked
from benching.matching.figures import Asked, auroc, bins, calibration_error, interval, quality
from benching.matching.made import candidate_of, made_brands
from benching.matching.sets import INTENTS, Need, read_collection, read_needs
from benching.matching.speed import business_texts, in_python, loaded_bytes
from benching.matching.suite import answered
from benching.measure import ROOT
from omnigrid.matching import matcher, word_vectors

BRANDS = """{"id": "A", "name": "Spade", "keywords": ["digging tools"], "examples": ["dig a hole"]}
{"id": "B", "name": "Basin", "sector": "rain_water", "description": "stores rain water"}
"""
INTENTS_OF_BOTH = """{"i": 0, "intent": "I want to dig a hole", "answers": ["A"]}
{"i": 1, "intent": "where does the rain water go", "answers": ["B"]}
{"i": 2, "intent": "qwertzuiop", "answers": []}
"""


def _asked(answers: tuple[str, ...], ids: tuple[str, ...], score: float) -> Asked:
    return Asked(Need("?", answers), Answer(ids, score, score < 0.4))


ASKED = [
    _asked(("A",), ("A", "B"), 0.95),
    _asked(("A", "C"), ("C", "B"), 0.85),
    _asked(("A",), ("B", "C", "A"), 0.55),
    _asked(("A",), ("B", "C", "D", "A"), 0.35),
    _asked((), ("A", "B"), 0.55),
    _asked((), ("B", "A"), 0.05),
]


def test_figures_count_what_they_say() -> None:
    found = quality(ASKED)
    assert found.first == 0.5
    assert found.first_three == 0.75
    assert found.auroc == (2 + 2 + 1.5 + 1) / 8
    assert found.guarded == 0.5
    assert found.declined_in == 0.25
    assert found.declined_out == 0.5


def test_what_is_out_of_scope_is_never_right() -> None:
    assert [each.answers for each in bins(ASKED)] == [1, 0, 0, 1, 0, 2, 0, 0, 1, 1]
    error = (0.05 + 0.35 + 2 * 0.55 + 0.15 + 0.05) / 6
    assert calibration_error(ASKED) == pytest.approx(error)


def test_complete_sureness_is_in_the_last_bin() -> None:
    assert bins([_asked(("A",), ("A",), 1.0)])[-1] == (1, 1.0, 1.0)


def test_nothing_is_said_without_anything_out_of_scope() -> None:
    found = quality(ASKED[:4])
    assert math.isnan(found.auroc)
    assert math.isnan(found.guarded)
    assert auroc([1.0], [0.0]) == 1


def test_an_interval_is_around_the_share_and_always_the_same() -> None:
    low, high = interval(ASKED)
    assert 0 <= low < 0.5 < high <= 1
    assert interval(ASKED) == (low, high)


def test_equal_scores_stay_in_their_order() -> None:
    assert ranked(["A", "B", "C"], [0.5, 1.0, 0.5]) == Answer(("B", "A", "C"), 1.0)


def test_omnigrid_and_what_is_left_without_a_part_answer(tmp_path: Path) -> None:
    brands, intents = tmp_path / "brands.jsonl", tmp_path / "intents.jsonl"
    brands.write_text(BRANDS, encoding="utf-8")
    intents.write_text(INTENTS_OF_BOTH, encoding="utf-8")
    collection = read_collection("two", brands, intents)
    whole = matcher(collection.candidates, word_vectors(), collection.threshold)
    parts = list(ablation(collection.candidates, collection.threshold))
    assert len({part.name for part in parts}) == 6
    answers = answered(collection, [omnigrid("whole", whole), *parts])
    for name in ("whole", "omnigrid", "without meaning", "without pairs"):
        told = [answers[name][need.intent].ids[0] for need in collection.sets["all"][:2]]
        assert told == ["A", "B"], name


def test_made_brands_are_those_of_the_catalogue() -> None:
    files = dict(catalogue.brand_files(20, pages=False))
    for brand in made_brands(20):
        text = files[brand.source]
        assert f"id: {brand.id}\nname: {brand.name}\nsector: {brand.sector}\n" in text
        assert all(f"  - {keyword}\n" in text for keyword in brand.keywords)
        assert " ".join(text.split()).count(brand.description) == 1


def test_speed_is_measured_for_as_many_texts_as_are_asked() -> None:
    brands = made_brands(30)
    candidates = [candidate_of(brand) for brand in brands]
    texts = business_texts(25)
    assert len(set(texts)) == 25
    assert len(in_python(candidates, texts).answers) == 5
    assert loaded_bytes(brands, candidates) > 1000


def test_intents_name_brands_of_the_example_portfolio() -> None:
    files = (ROOT / "brands").rglob("*.yaml")
    known = {path.read_text(encoding="utf-8").split(maxsplit=2)[1] for path in files}
    for path in sorted(INTENTS.glob("*.jsonl")):
        needs = read_needs(path)
        assert {brand for need in needs for brand in need.answers} == known, path.name
        assert any(not need.answers for need in needs)
        assert len({need.intent for need in needs}) == len(needs)

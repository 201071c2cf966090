"""From a form to a file: whatever was typed, the file is sound and stands where it belongs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.check.files import MAX_SLUG
from omnigrid.intake.draft import Draft, draft_file
from omnigrid.intake.issue_form import BRAND, MAX_BODY, NEED, read_event
from omnigrid.load.front_matter import split_front_matter
from omnigrid.load.yaml import parse_yaml
from omnigrid.model.errors import InputError
from omnigrid.model.names import BrandId, is_slug
from support.forms import ANSWERS, brand_event, need_event, raw_event
from support.values import brand, portfolio, sector

PORTFOLIO = portfolio(
    brand(7, "Spade"),
    brand(9, "Rake"),
    sectors=(sector("Garden_Supplies"), sector("Kitchen_Goods")),
)


def drafted(data: bytes) -> Draft:
    return draft_file(read_event(data), PORTFOLIO, BrandId("TST-010"))


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        drafted(data)
    return f"{caught.value.message}\n{caught.value.hint}"


def test_a_brand() -> None:
    draft = drafted(
        brand_event(keywords="- drip hose\n* timer, roots\n\ntimer", domain="Drip.Example")
    )
    assert draft.path == "brands/garden-supplies/dripwise.yaml"
    assert parse_yaml(draft.text) == ANSWERS["brand"] | {
        "id": "TST-010",
        "keywords": ["drip hose", "timer", "roots"],
        "domain": "drip.example",
    }


def test_a_need() -> None:
    draft = drafted(
        need_event(sector="garden_SUPPLIES", priority="High", details="# Roof\n\n- one")
    )
    assert draft.path == "content/needs/water-the-roof-garden.md"
    parts = split_front_matter(draft.text)
    assert parts is not None
    assert parse_yaml(parts.head) == ANSWERS["need"] | {
        "sector": "Garden_Supplies",
        "priority": "high",
    }
    assert parts.body == "# Roof\n\n- one\n"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"name": ""}, '"Name of the brand" has no answer'),
        ({"name": "_No response_"}, '"Name of the brand" has no answer'),
        ({"name": "x" * 201}, "has 201 characters; 200 are allowed"),
        ({"tagline": "x" * 300, "owner": " "}, '"Who owns the name" has no answer'),
        ({"name": "株式会社"}, "no letter a to z"),
        ({"sector": "Gardening"}, 'no sector "Gardening"'),
        ({"owner": "Us\n\n### Sector\n\nKitchen_Goods"}, '"### Sector" stands twice'),
    ],
)
def test_an_answer_that_does_not_fit(answers: dict[str, str], said: str) -> None:
    assert said in refusal(brand_event(**answers))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not the event of an issue"),
        (b"{}", "not the event of an issue"),
        (b"[" * 100_000, "not the event of an issue"),
        (b'{"issue": {"number": "$(x)", "body": ""}}', "not the event of an issue"),
        (b'{"issue": {"number": 3, "body": null}}', "not written with one of our forms"),
        (raw_event("Hello"), "not written with one of our forms"),
        (raw_event("Hello\n\n### Name of the brand\n\nX"), "not written with one of our forms"),
        (raw_event("### Sector\n\nX"), "not written with one of our forms"),
        (raw_event("x" * 100_000), f"shorten it to {MAX_BODY:,}"),
        (need_event(details="x" * 30_000), "20,000 are allowed"),
        (need_event(priority="now"), "low, medium, high, critical"),
    ],
)
def test_an_event_that_is_no_form(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_all_faults_at_once() -> None:
    assert refusal(brand_event(name="", tagline="", owner="x" * 999)).count("  - ") == 3


def test_a_heading_that_is_no_question_belongs_to_the_answer() -> None:
    draft = drafted(need_event(details="One.\n\n### Why\n\nTwo.\r\n### Who\r\nThree."))
    assert draft.text.endswith("\nOne.\n\n### Why\n\nTwo.\n### Who\nThree.\n")


HOSTILE = [
    "---",
    "a\n---\nbrand: FAA-001\n---\nb",
    "{{ config }} {% include 'x' %}",
    "$(rm -rf /) `reboot` ; true && false | cat > x",
    "../../../etc/passwd",
    'a: b # c\n"quoted" \\ back',
    "&anchor *alias !!python/object:os.system [x] {y}",
    "\u202egnp.exe \u0000\u0007 \u2028 line",
    "🌱 Zwölf ™ ﷽ \U0001f469\u200d\U0001f33e",
    "<script>alert(1)</script><!-- x",
    "::set-output name=x::y\n::error::z",
    "no",
    "\ufeffbom",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    need = drafted(need_event(title=f"A {text}", intent=text * 2, details=text))
    parts = split_front_matter(need.text)
    assert parts is not None
    assert set(parse_yaml(parts.head)) == {"title", "intent"}
    data = parse_yaml(drafted(brand_event(name=f"A {text}", owner=text, tagline=text)).text)
    assert set(data) == set(ANSWERS["brand"]) | {"id"}


words = st.text(min_size=1, max_size=60)


@given(words, words, words)
def test_any_text_becomes_a_sound_file_or_a_refusal(name: str, line: str, text: str) -> None:
    for data in (
        brand_event(name=name, tagline=line, description=text, owner=line, keywords=text),
        need_event(title=name, intent=line, details=text),
    ):
        try:
            draft = drafted(data)
        except InputError:
            continue
        assert re.fullmatch(
            r"(brands/garden-supplies|content/needs)/[a-z0-9-]+\.(yaml|md)", draft.path
        )
        slug = draft.path.rpartition("/")[2].partition(".")[0]
        assert is_slug(slug)
        assert len(slug) <= MAX_SLUG
        parts = split_front_matter(draft.text)
        read = parse_yaml(parts.head if parts else draft.text)
        assert read["title" if parts else "name"] == " ".join(
            read["title" if parts else "name"].split()
        )
        assert "sector" not in read or read["sector"] == "Garden_Supplies"


def test_the_forms_have_different_first_questions() -> None:
    assert BRAND.questions[0].label != NEED.questions[0].label

"""A need that somebody typed, as a page."""

import pytest

from omnigrid.intake.need import intent_said, need_of

SECRET = "ghp_" + "a1B2" * 9


@pytest.mark.parametrize(
    ("text", "title", "slug"),
    [
        ("our contracts renew. Nobody notices.", "Our contracts renew", "our-contracts-renew"),
        ("Bid data\nfor a court", "Bid data", "bid-data"),
        ("a", "A", "a-text"),
        ("发票太多。请帮忙。", "发票太多。请帮忙", None),
        ("x " * 900, f"X {'x ' * 37}x…", None),
    ],
)
def test_the_first_sentence_is_the_title(text: str, title: str, slug: str | None) -> None:
    draft = need_of(text)
    assert draft.title == title
    assert slug in {None, draft.slug}
    assert draft.slug


def test_the_words_are_the_intent_and_the_text() -> None:
    draft = need_of("Track *duties*.\n\nBy region, <b>please</b>.")
    assert draft.intent == "Track *duties*. By region, <b>please</b>."
    assert draft.body == "Track \\*duties\\*.\n\nBy region, &#60;b&#62;please&#60;/b&#62;."
    assert draft.kept is None


def test_a_secret_is_blacked_out_and_told() -> None:
    draft = need_of(f"Use {SECRET} to read our filings.")
    assert SECRET not in f"{draft.title} {draft.intent} {draft.body}"
    assert "blacked out" in draft.notes[0]
    assert SECRET not in intent_said(f"words {SECRET}")

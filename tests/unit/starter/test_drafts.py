"""New files: what they say, and what their comments become."""

import re

import pytest

from omnigrid.check.shapes import read_shape
from omnigrid.load.front_matter import split_front_matter
from omnigrid.load.yaml import parse_yaml
from omnigrid.model.examples import example_of
from omnigrid.model.formats import FORMATS, Format
from omnigrid.model.names import SourcePath
from omnigrid.model.source import Document, Kind
from omnigrid.starter.drafts import draft_text, pack_texts, page_text

FORMS = pytest.mark.parametrize("form", FORMATS, ids=[form.name for form in FORMATS])


def uncommented(text: str) -> str:
    """Return a text with each `#key` as a key; comments for people have a space there."""
    return re.sub(r"^#(?=\S|  )", "", text, flags=re.MULTILINE)


def fits(form: Format, text: str) -> bool:
    document = Document(Kind.CONFIG, SourcePath("x"), parse_yaml(text))
    return not isinstance(read_shape(document, form.shape), list)


@FORMS
def test_all_comments_taken_away_give_a_file_with_every_key(form: Format) -> None:
    text = uncommented(draft_text(form, {}))
    assert parse_yaml(text).keys() == example_of(form.shape).keys()
    assert fits(form, text)


def test_keys_that_a_given_group_lacks_are_offered_in_it() -> None:
    brand = FORMATS[0]
    text = draft_text(brand, {"license": {"tier": "Gold"}})
    assert parse_yaml(text) == {"license": {"tier": "Gold"}}
    assert parse_yaml(uncommented(text))["license"].keys() == {"tier", "status", "expires"}


def test_the_schema_stands_on_the_first_line() -> None:
    text = draft_text(FORMATS[0], {"id": "FAA-001"}, "../../schemas/brand.schema.json")
    assert text.startswith(
        "# yaml-language-server: $schema=../../schemas/brand.schema.json\n"
        "# The brand's id. It never changes, even when the name does.\n"
        "id: FAA-001\n"
    )
    assert "yaml-language-server" not in draft_text(FORMATS[0], {})


def test_a_page_has_its_front_matter_and_a_text() -> None:
    parts = split_front_matter(page_text({"title": "T: or not", "intent": "dig"}))
    assert parts is not None
    assert parse_yaml(parts.head) == {"title": "T: or not", "intent": "dig"}
    assert parts.body.startswith("Write here")


def test_a_pack_has_its_files() -> None:
    assert set(pack_texts({})) == {"pack.yaml", "index.html", "styles.css"}

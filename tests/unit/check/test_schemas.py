"""The schemas for editors: whole, fresh, and of one mind with the checks."""

import json
import re
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from msgspec import Struct

from omnigrid.check.schemas import editor_settings, format_schema, schema_files
from omnigrid.check.shapes import read_shape
from omnigrid.load.front_matter import split_front_matter
from omnigrid.model.examples import example_of, groups_of
from omnigrid.model.formats import BRAND, CONFIG, FORMATS, PAGE, Format
from omnigrid.model.meanings import MEANINGS
from omnigrid.model.names import SourcePath
from omnigrid.model.source import Document, Kind
from support.yaml12 import read_yaml12

ROOT = Path(__file__).parents[3]
FORMS = pytest.mark.parametrize("form", FORMATS, ids=[form.name for form in FORMATS])


def validator(form: Format) -> Draft202012Validator:
    return Draft202012Validator(
        format_schema(form), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def errors(form: Format, data: Any) -> list[str]:
    return [error.message for error in validator(form).iter_errors(data)]


def properties(schema: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return every key of a schema, at any depth, with what is said of it."""
    found = list(schema.get("properties", {}).items())
    inner = [each for _, each in found] + [schema[k] for k in ("items",) if k in schema]
    return found + [pair for each in inner for pair in properties(each)]


@pytest.mark.parametrize("path", [*schema_files(), *editor_settings()])
def test_what_is_committed_is_fresh(path: str) -> None:
    expected = (schema_files() | editor_settings())[path]
    assert (ROOT / path).read_text(encoding="utf-8") == expected, "run scripts/generate"


def test_no_schema_is_left_over() -> None:
    assert {f"schemas/{path.name}" for path in (ROOT / "schemas").iterdir()} == set(schema_files())


@FORMS
def test_a_schema_is_one(form: Format) -> None:
    schema = format_schema(form)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:omnigrid:schema:{form.name}"


@FORMS
def test_every_key_is_explained(form: Format) -> None:
    for shape in shapes_in(form.shape):
        assert list(MEANINGS[shape]) == list(get_type_hints(shape)), shape
    for key, said in properties(format_schema(form)):
        assert said["description"][0].isupper(), key
        assert said["description"].partition("\n")[0].endswith("."), key


def test_no_meaning_is_left_over() -> None:
    assert set(MEANINGS) == {shape for form in FORMATS for shape in shapes_in(form.shape)}


def shapes_in(shape: type[Struct]) -> set[type[Struct]]:
    """A shape, and those of its groups."""
    inner = (shapes_in(group) for group in groups_of(shape).values())
    return {shape}.union(*inner)


@FORMS
def test_the_example_fits_its_schema_and_its_type(form: Format) -> None:
    example = example_of(form.shape)
    assert errors(form, example) == []
    text = json.loads(json.dumps(example), parse_int=str, parse_float=str)
    document = Document(Kind.CONFIG, SourcePath("x"), text)
    assert not isinstance(read_shape(document, form.shape), list)


@FORMS
def test_patterns_are_regular_expressions_of_javascript(form: Format) -> None:
    """With its flag u, which editors set, a backslash stands only before a sign of its own."""
    for key, said in properties(format_schema(form)):
        for escaped in re.findall(r"\\(.)", said.get("pattern", "")):
            assert escaped in r"^$\.*+?()[]{}|/dDwWsSbBnrt", key
        assert not re.search(r"\(\?[^:=!<]|\(\?<[^=!]|\\A|\\Z", said.get("pattern", "")), key


def portfolio_files() -> list[tuple[Format, Path]]:
    """Return the files of the example portfolio and of the starter."""
    roots = (ROOT, ROOT / "src/omnigrid/starter/portfolio")
    found = [(f, p) for root in roots for f in FORMATS for glob in f.files for p in root.glob(glob)]
    return sorted(found, key=lambda pair: pair[1])


def test_every_file_of_the_example_fits_as_an_editor_reads_it() -> None:
    files = portfolio_files()
    assert len(files) > 200
    validators = {form.name: validator(form) for form in FORMATS}
    for form, path in files:
        text = path.read_text(encoding="utf-8")
        if form is PAGE:
            parts = split_front_matter(text)
            assert parts is not None
            text = parts.head
        found = [error.message for error in validators[form.name].iter_errors(read_yaml12(text))]
        assert found == [], path


@pytest.mark.parametrize(
    ("form", "line"),
    [
        (BRAND, "name: 1984"),
        (BRAND, "tagline: 1.5"),
        (BRAND, "keywords: [2026, 5G, 360]"),
        (BRAND, "contact: {phone: 02079460000}"),
        (BRAND, "links: {24: https://a.example/}"),
        (BRAND, "license: {tier: 1, expires: 2027-06-30}"),
        (BRAND, "trademark: {jurisdictions: [no]}"),
        (CONFIG, "language: no"),
        (CONFIG, "targets: [{name: 1, repository: 2, branch: 2026}]"),
        (PAGE, "tags: [2026]"),
    ],
)
def test_an_editor_says_nothing_where_check_says_nothing(form: Format, line: str) -> None:
    (key,) = read_yaml12(line)
    data = json.loads(json.dumps(example_of(form.shape) | read_yaml12(line)))
    assert errors(form, data) == [], key


@pytest.mark.parametrize(
    ("form", "change", "said"),
    [
        (BRAND, {"tag line": "x"}, "tag line"),
        (BRAND, {"id": "actuary"}, "actuary"),
        (BRAND, {"priority": "urgent"}, "urgent"),
        (BRAND, {"theme": {"accent": "tomato"}}, "tomato"),
        (BRAND, {"theme": {"acent": "#000000"}}, "acent"),
        (BRAND, {"links": {"Shop": "javascript:alert(1)"}}, "javascript"),
        (BRAND, {"trademark": {"classes": [99]}}, "99"),
        (BRAND, {"keywords": "one"}, "one"),
        (BRAND, {"license": {"status": "active"}}, "tier"),
        (BRAND, {"license": {"tier": "x", "expires": "2026-13-01"}}, "2026-13-01"),
        (CONFIG, {"targets": []}, "[]"),
        (CONFIG, {"name": None}, "None"),
    ],
)
def test_an_editor_names_what_check_names(form: Format, change: dict[str, Any], said: str) -> None:
    (message,) = errors(form, example_of(form.shape) | change)
    assert said in message


def test_a_page_needs_an_intent_or_a_brand() -> None:
    assert errors(PAGE, {"title": "T", "brand": "FAA-001"}) == []
    assert errors(PAGE, {"title": "T", "intent": "dig"}) == []
    assert len(errors(PAGE, {"title": "T"})) == 1


def test_editors_say_what_to_write() -> None:
    theme = format_schema(BRAND)["properties"]["theme"]
    assert theme["properties"]["accent"]["patternErrorMessage"] == (
        'Write a colour such as "#0b7285".'
    )

"""The reference pages: fresh, complete, linked."""

from pathlib import Path

import pytest

from omnigrid.check.reference import reference_pages
from omnigrid.load.yaml import parse_yaml
from omnigrid.model.codes import CODES
from omnigrid.model.examples import example_of
from omnigrid.model.formats import CONFIG, FORMATS

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("path", reference_pages())
def test_what_is_committed_is_fresh(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert text == reference_pages()[path], "run scripts/generate"


def test_no_page_is_left_over() -> None:
    pages = {f"docs/formats/{path.name}" for path in (ROOT / "docs/formats").iterdir()}
    assert pages == {path for path in reference_pages() if path.startswith("docs/formats/")}


def test_every_code_has_its_part() -> None:
    page = (ROOT / "docs/diagnostics.md").read_text(encoding="utf-8")
    heads = [line for line in page.splitlines() if line.startswith("## ")]
    assert heads == [f"## {code}: {CODES[code].title}" for code in sorted(CODES)]
    assert all(CODES[code].text in page for code in CODES)


def test_the_entry_page_links_every_page() -> None:
    entry = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    for form in FORMATS:
        assert f"(formats/{form.name}.md)" in entry
    assert "(diagnostics.md)" in entry


def test_a_page_names_inner_keys_by_their_way() -> None:
    page = reference_pages()["docs/formats/config.md"]
    assert "| `targets` |  |" in page
    assert "| `targets[].repository` | yes |" in page
    assert "| `matching.threshold` |" in page


def test_the_example_of_a_page_is_yaml_of_ours() -> None:
    page = reference_pages()["docs/formats/config.md"]
    text = page.split("```yaml\n")[1].split("```")[0]
    assert parse_yaml(text).keys() == example_of(CONFIG.shape).keys()

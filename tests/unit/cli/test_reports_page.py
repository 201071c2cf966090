"""docs/reports.md names every format and every key."""

from pathlib import Path

from omnigrid.cli.commands.check import FORMATS
from omnigrid.model.findings import Diagnostic, Span

PAGE = (Path(__file__).parents[3] / "docs" / "reports.md").read_text(encoding="utf-8")


def test_every_format_is_named() -> None:
    assert all(f"--format {form}" in PAGE for form in FORMATS)


def test_every_key_is_in_the_example_and_explained() -> None:
    for key in (*Diagnostic.__struct_fields__, *Span.__struct_fields__):
        assert f'"{key}":' in PAGE
        assert f"`{key}`" in PAGE

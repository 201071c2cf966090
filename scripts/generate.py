"""Writes the files that are made from the model; a test compares them with what stands here."""

import sys
from pathlib import Path

from omnigrid.check.reference import reference_pages
from omnigrid.check.schemas import editor_settings, schema_files
from omnigrid.serve.openapi import openapi_text
from vectors import golden_vectors

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write every generated file that differs."""
    files = schema_files() | editor_settings() | reference_pages() | golden_vectors()
    files |= {"docs/openapi.json": openapi_text()}
    for path, text in files.items():
        target = ROOT / path
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            sys.stderr.write(f"{path}\n")


if __name__ == "__main__":
    main()

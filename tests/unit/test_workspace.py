"""Where a run works, and what stands for the program itself."""

from pathlib import Path

import pytest

import omnigrid
from omnigrid.workspace import program_version


@pytest.mark.parametrize("name", ["build.py", "packs/base/layout.html", "match/words.bin"])
def test_another_file_of_the_program_is_another_program(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / name
    changed.parent.mkdir(parents=True, exist_ok=True)
    changed.write_bytes(b"before")
    monkeypatch.setattr(omnigrid, "__file__", str(tmp_path / "__init__.py"))
    before = _version()
    compiled = tmp_path / "__pycache__" / "build.cpython-311.pyc"
    compiled.parent.mkdir()
    compiled.write_bytes(b"compiled by a run")
    assert _version() == before
    changed.write_bytes(b"after")
    assert _version() != before


def _version() -> str:
    program_version.cache_clear()
    found = program_version()
    program_version.cache_clear()
    return found

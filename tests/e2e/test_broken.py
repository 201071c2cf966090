"""Thousands of broken files, of forty kinds: one run reports every one of them."""

from collections import Counter
from pathlib import Path

from support.broken import KINDS, write_broken
from support.workspace import Workspace

COUNT = 5_000


def test_every_broken_file_is_reported_in_one_run(tmp_path: Path) -> None:
    codes = write_broken(tmp_path, COUNT)
    run = Workspace(tmp_path).run("check", "--format", "json", code=1)
    found = run.json["diagnostics"]
    assert Counter(each["code"] for each in found) == codes
    assert len({each["path"] for each in found}) == COUNT
    assert found == sorted(found, key=lambda each: (each["path"], each["span"]["line"]))
    assert run.err == f"{COUNT} errors\n"


def test_there_are_forty_kinds() -> None:
    assert len(KINDS) >= 40

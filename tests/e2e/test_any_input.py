"""Any bytes in any file: a diagnostic with a place inside its file, or a sound portfolio."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.cli.diagnostics import full_text
from omnigrid.cli.formats.github import github_text
from omnigrid.cli.formats.junit import junit_text
from omnigrid.cli.formats.sarif import sarif_text
from omnigrid.load.disk import DiskTree
from omnigrid.load.locate import locate
from omnigrid.model.codes import CODES
from omnigrid.model.errors import InputError
from omnigrid.model.findings import Diagnostic, Severity
from omnigrid.starter import starter_files
from omnigrid.survey import survey
from support.values import TODAY

EXAMPLES = Path(__file__).parents[2]
SOURCES = {
    "brands/garden-supplies/seedwell.yaml": "brands/legal-tech-compliance/actuary.yaml",
    "brands/kitchen-goods/panhonest.yaml": None,
    "sectors/kitchen-goods.yaml": "sectors/legal-tech-compliance.yaml",
    "content/water-the-beds-in-august.md": None,
    "content/new.md": "content/quality/recall-before-it-is-needed.md",
    "omnigrid.yaml": "omnigrid.yaml",
    "template_packs/ip_tracking/pack.yaml": None,
}
"""Which file is changed, and which of the example portfolio stands in for it, if any."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("any") / "portfolio"
    for path, source in starter_files().items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    return root


_WORDS = (
    ": |- |[|]|{|}|'|\"|\t|\n|  |&a |*a|!!str |!x |? |# |> |\\||---\n|...\n|<<: |%|@|`|,|~|null|no|"
    "\u202e|\u200b|e\u0301|\x00|\x85|\u2028|\ufeff|\U0001f600|99999999999999999999|-1|1e999|"
    "2026-02-30|https://a:b@c|name: x\n|id: FAA-001\n|sector: x\n|\r|[[[["
).split("|")
SECRET = "sk_live_" + "4" * 24


@st.composite
def changed(draw: st.DrawFn, original: bytes) -> bytes:
    """A file after a few edits, of words or of bytes."""
    if draw(st.booleans()):
        parts: list[bytes] = re.findall(rb"\w+|\s+|[^\w\s]", original)
        new = st.sampled_from([word.encode() for word in (*_WORDS, SECRET)]) | st.sampled_from(
            parts
        )
    else:
        parts = [bytes([byte]) for byte in original]
        new = st.binary(max_size=2)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(parts) - 1))
        width = draw(st.sampled_from([0, 0, 1, 1, 2, 20]))
        parts[at : at + width] = draw(st.lists(new, max_size=3))
        parts = parts or [b" "]
    return b"".join(parts)


@contextmanager
def standing(target: Path, data: bytes) -> Iterator[None]:
    before = target.read_bytes() if target.exists() else None
    target.write_bytes(data)
    try:
        yield
    finally:
        if before is None:
            target.unlink()
        else:
            target.write_bytes(before)


def diagnostics_of(root: Path) -> tuple[Diagnostic, ...]:
    tree = DiskTree(root)
    try:
        found = locate(tree, survey(tree, TODAY).warnings)
        assert all(each.severity is Severity.WARNING for each in found)
    except InputError as error:
        found = error.diagnostics
        errors = [each for each in found if each.severity is Severity.ERROR]
        assert errors, error  # noqa: PT017  (the law is about both outcomes)
    return found


def assert_useful(root: Path, found: Diagnostic) -> None:
    text = (root / found.path).read_bytes().decode("utf-8-sig", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= found.span.line <= len(lines)
    assert 1 <= found.span.column <= len(lines[found.span.line - 1]) + 1
    assert found.span.column < found.span.end_column
    assert found.code in CODES
    assert found.message
    assert found.hint
    assert SECRET not in found.message + found.hint + found.snippet


def assert_reported(root: Path) -> None:
    found = diagnostics_of(root)
    for each in found:
        assert_useful(root, each)
        full_text(each)
    for made in (github_text, sarif_text, junit_text):
        made(found)


@pytest.mark.parametrize("path", SOURCES)
def test_a_changed_file_is_read_or_refused_at_its_place(root: Path, path: str) -> None:
    stand_in = SOURCES[path]
    original = ((EXAMPLES / stand_in) if stand_in else (root / path)).read_bytes()

    @given(changed(original))
    def law(data: bytes) -> None:
        with standing(root / path, data):
            assert_reported(root)

    law()


@pytest.mark.parametrize("path", SOURCES)
def test_any_bytes_are_read_or_refused_at_their_place(root: Path, path: str) -> None:
    @given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
    def law(data: bytes) -> None:
        with standing(root / path, data):
            assert_reported(root)

    law()

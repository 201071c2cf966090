"""The law of dropping: any bytes under any name give a page that passes the checks, or a refusal.

In this process, without the one that bounds reading, so that every fault of ours is seen.
"""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omnigrid.check.portfolio import check_portfolio
from omnigrid.drop import drop
from omnigrid.intake.content import Limits
from omnigrid.intake.dropped import Stated
from omnigrid.intake.page import PageDraft, page_of
from omnigrid.intake.reading import read_contents
from omnigrid.load.disk import DiskTree
from omnigrid.model.errors import InputError
from omnigrid.model.findings import Severity
from omnigrid.model.source import Revision
from omnigrid.reading import read_files
from omnigrid.workspace import Workspace
from support.dropped import everyday_files, packed
from support.small import DATE, Small, tree, write_files

FILES = everyday_files()
SIGNS = st.sampled_from(
    [
        *("---\n", "# ", "* ", "> ", "|", "```\n", "~~~", "<div>", "<script>", "](", "\n\n", "\t"),
        *("![a](b.png)", "[^1]:", ": ", "&amp;", "{{ x }}", "{: #a }", "=", "\\", "`", "_", "1. "),
        *("*[a]: b", "a;b\n", '"', "\ufeff", "\u202e", "e\u0301", "\u200b", "key: [", "title: x\n"),
        *("日本語", "%PDF-", "=cmd|", "{", "[1, 2]"),
    ]
)
TEXTS = st.lists(SIGNS | st.text(max_size=20), max_size=40).map("".join)
NAMES = st.text(max_size=30) | st.sampled_from(
    ["a.md", "a.csv", "a.json", "a.html", "a.txt", "../x.md", "con", "", ".", "a.tsv"]
)

MEMBERS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A real file with some bytes changed, left out or repeated."""
    data = bytearray(FILES[draw(st.sampled_from(sorted(FILES)))])
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data) - 1))
        if draw(st.booleans()):
            data[at] = draw(st.integers(0, 255))
        else:
            del data[at : at + draw(st.integers(1, 400))]
            data = data or bytearray(b"x")
    return bytes(data)


ANY = (
    st.binary(max_size=400)
    | TEXTS.map(lambda text: text.encode("utf-8", errors="ignore"))
    | TEXTS.map(lambda text: text.encode("utf-16", errors="ignore"))
    | damaged()
    | st.dictionaries(MEMBERS, st.binary(max_size=60), max_size=3).map(packed)
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portfolio")
    write_files(folder, Small().files())
    return folder


def drafted(name: str, data: bytes) -> list[PageDraft]:
    """Return the pages of a file; none where it is refused, which says what to do."""
    try:
        return [page_of(each) for each in read_contents(name, data, Limits())]
    except InputError as refused:
        error = refused
    assert error.message
    assert error.hint
    return []


def _workspace(root: Path) -> Workspace:
    return Workspace(root, root / "build", Revision(None, DATE))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=NAMES, data=ANY)
def test_any_bytes_give_a_sound_page_or_a_refusal(root: Path, name: str, data: bytes) -> None:
    before = tree(root)
    drafts = drafted(name, data)
    dropped = drop(_workspace(root), drafts, Stated({}))
    assert len(dropped.placed) + len(dropped.refused) == len(drafts)
    assert all(each.error.message for each in dropped.refused)
    written = {path for each in dropped.placed for path in each.files}
    after = tree(root)
    new = {path for path in after if path not in before and not path.endswith("/")}
    new = {path for path in new if not path.startswith(".omnigrid/")}
    try:
        assert new == written
        assert all(path.startswith("content/drops/") for path in new)
        findings = check_portfolio(read_files(DiskTree(root)), dt.date(2026, 1, 1)).findings
        assert [each for each in findings if each.severity is Severity.ERROR] == []
    finally:
        write_files(root, Small().files())

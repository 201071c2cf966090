"""The journal: only whole lines count, and what began and never ended is known."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.journal.file import Journal
from omnigrid.model.journal import Begun, Done, Entry, Finished, Reason, Refused
from omnigrid.model.names import CommitId, Digest

SOURCE, MANIFEST = CommitId("5" * 40), Digest("d" * 64)
BEGUN = Begun(1.0, SOURCE, MANIFEST, 2, Reason.EDIT)


def done(target: str) -> Done:
    return Done(2.0, target, "update", CommitId("c" * 40), 0.5, 100, 1, Reason.EDIT)


def journal_of(folder: Path, *entries: Entry) -> Journal:
    journal = Journal(folder / "journal")
    for entry in entries:
        journal.add(entry)
    return journal


def test_what_is_written_is_read(tmp_path: Path) -> None:
    refused = Refused(3.0, "b", "no", 3, 1, Reason.EDIT)
    entries = (BEGUN, done("a"), refused, Finished(4.0, 3.0, 1, 1))
    assert tuple(journal_of(tmp_path, *entries).entries()) == entries


def test_a_publish_that_never_ended_is_known_with_what_it_did(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, BEGUN, done("a"))
    unfinished = journal.unfinished(SOURCE, MANIFEST)
    assert unfinished is not None
    assert unfinished.done == {"a"}
    assert journal.unfinished(SOURCE, Digest("e" * 64)) is None
    journal.add(Finished(4.0, 3.0, 2, 0))
    assert journal.unfinished(SOURCE, MANIFEST) is None


def test_what_was_resumed_and_cut_short_again_counts_as_one(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, BEGUN, done("a"), BEGUN, done("b"))
    unfinished = journal.unfinished(SOURCE, MANIFEST)
    assert unfinished is not None
    assert unfinished.done == {"a", "b"}
    other = Begun(5.0, SOURCE, Digest("e" * 64), 2, Reason.EDIT)
    journal.add(other)
    unfinished = journal.unfinished(SOURCE, other.manifest)
    assert unfinished is not None
    assert unfinished.done == frozenset()


def test_there_need_be_no_journal(tmp_path: Path) -> None:
    assert journal_of(tmp_path).unfinished(SOURCE, MANIFEST) is None


@given(cut=st.integers(0, 400))
def test_a_line_that_was_cut_short_takes_no_other_with_it(
    tmp_path_factory: object, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("journal")  # type: ignore[attr-defined]
    path = folder / "journal" / "publishes.jsonl"
    journal = journal_of(folder, BEGUN, done("a"))
    whole = path.read_bytes()
    path.write_bytes(whole[: min(cut, len(whole))])
    journal.add(done("b"))
    read = list(journal.entries())
    assert read[-1] == done("b")
    assert set(read) <= {BEGUN, done("a"), done("b")}

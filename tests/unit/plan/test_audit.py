"""find_flaws: no edit of the record goes unnoticed."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.audit import Branch, Commit, Flaw, Link, Record, TargetRecord, Who
from omnigrid.model.digests import digest_bytes, digest_value
from omnigrid.model.journal import Reason
from omnigrid.model.names import CommitId, Digest
from omnigrid.plan.audit import decode_record, find_flaws, knows, next_record, seen_at

LENGTH = 5


def commit_id(*parts: object) -> CommitId:
    return CommitId(digest_value([str(part) for part in parts])[:40])


def record(number: int, **changes: object) -> Record:
    target = TargetRecord(
        target="site",
        repository="/site.git",
        branch="main",
        action="update" if number > 1 else "create",
        commit=commit_id("published", number),
        manifest=digest_value(number),
        bytes=100 * number,
        seconds=0.25,
    )
    made = Record(
        time=f"2026-01-{number:02d}T12:00:00Z",
        who=Who("Jane <jane@example.org>"),
        reason=Reason.MANUAL,
        source=commit_id("source", number),
        dirty=False,
        manifest=digest_value(number),
        generator="omnigrid 0.1.0",
        targets=(target,),
    )
    return msgspec.structs.replace(made, **changes)


def chained(records: Sequence[Record]) -> list[Link]:
    """Link records as they should be: also what a careful forger does."""
    links: list[Link] = []
    for number, each in enumerate(records, start=1):
        data = next_record(each, number, links[-1].data if links else None)
        links.append(Link(commit_id(data), int(number > 1), data))
    return links


RECORDS = [record(number) for number in range(1, LENGTH + 1)]
LINKS = chained(RECORDS)
OURS = tuple(
    Commit(commit_id("published", n), digest_value(n), commit_id("source", n))
    for n in range(LENGTH, 0, -1)
)
BRANCH = Branch("site", "/site.git", "main", OURS[0].commit, OURS)
SEEN = seen_at(LENGTH, LINKS[-1])


def kinds(flaws: Sequence[Flaw]) -> list[str]:
    return [each.kind for each in flaws]


def with_data(link: Link, data: bytes | None) -> Link:
    return Link(commit_id(data), link.parents, data)


def target_with(number: int, **changes: object) -> Record:
    (target,) = RECORDS[number - 1].targets
    return record(number, targets=(msgspec.structs.replace(target, **changes),))


def test_a_chain_that_nobody_touched_has_no_flaw() -> None:
    assert find_flaws(LINKS, SEEN, [BRANCH]) == ()
    assert find_flaws(LINKS, None, [BRANCH]) == ()
    assert find_flaws((), None, [Branch("site", "/site.git", "main", None, ())]) == ()


def test_a_longer_chain_is_still_the_one_that_was_seen() -> None:
    for number in range(1, LENGTH + 1):
        assert find_flaws(LINKS, seen_at(number, LINKS[number - 1]), ()) == ()


@pytest.mark.parametrize("field", ["time", "who", "reason", "source", "dirty", "manifest"])
def test_a_changed_field_breaks_the_link_after_it(field: str) -> None:
    other = record(9, who=Who("Eve"), reason=Reason.EDIT, dirty=True)
    plain = msgspec.json.decode(LINKS[1].data or b"")
    plain[field] = msgspec.to_builtins(getattr(other, field))
    links = [*LINKS]
    links[1] = with_data(LINKS[1], msgspec.json.encode(plain))
    (flaw,) = find_flaws(links, None, ())
    assert (flaw.kind, flaw.number) == ("broken", 3)
    assert "record 2 or this one was changed" in flaw.message


def test_the_first_broken_link_is_named_first() -> None:
    links = [*LINKS]
    for at in (1, 3):
        links[at] = with_data(links[at], (links[at].data or b"") + b" ")
    assert [each.number for each in find_flaws(links, None, ())] == [3, 5]


def test_a_record_that_was_dropped() -> None:
    flaws = find_flaws([*LINKS[:2], *LINKS[3:]], None, ())
    assert flaws[0].kind == "missing"
    assert "has the number 4" in flaws[0].message


def test_a_beginning_that_was_dropped() -> None:
    flaws = find_flaws(LINKS[2:], None, ())
    assert "has the number 3" in flaws[0].message


def test_records_that_changed_places() -> None:
    swapped = [LINKS[0], LINKS[2], LINKS[1], *LINKS[3:]]
    assert kinds(find_flaws(swapped, None, ()))[:2] == ["missing", "missing"]


def test_a_chain_that_was_cut_is_told_by_who_saw_more_of_it() -> None:
    (flaw,) = find_flaws(LINKS[:3], SEEN, ())
    assert (flaw.kind, flaw.number) == ("rewritten", LENGTH)


def test_a_chain_that_was_cut_does_not_explain_the_branch() -> None:
    head, below = find_flaws(LINKS[:3], None, [BRANCH])
    assert (head.kind, head.target, head.commit) == ("unexplained", "site", OURS[0].commit)
    assert (below.kind, below.commit) == ("missing", OURS[1].commit)


def test_a_chain_that_was_taken_away() -> None:
    assert kinds(find_flaws((), SEEN, [BRANCH])) == ["rewritten", "unexplained"]


def test_a_whole_chain_put_in_its_place() -> None:
    other = chained([record(n, who=Who("Eve")) for n in range(1, LENGTH + 1)])
    assert kinds(find_flaws(other, SEEN, [BRANCH])) == ["rewritten"]


def test_a_forged_record_contradicts_the_commit_that_it_names() -> None:
    forged = [*RECORDS]
    forged[2] = target_with(3, manifest="0" * 64)
    (flaw,) = find_flaws(chained(forged), None, [BRANCH])
    assert (flaw.kind, flaw.number) == ("contradicted", 3)
    forged[2] = record(3, source=commit_id("other"))
    assert kinds(find_flaws(chained(forged), None, [BRANCH])) == ["contradicted"]


def test_a_careful_forger_who_leaves_a_publish_out() -> None:
    left_out = chained([*RECORDS[:2], *RECORDS[3:]])
    (flaw,) = find_flaws(left_out, None, [BRANCH])
    assert (flaw.kind, flaw.commit) == ("missing", commit_id("published", 3))


def test_a_publish_that_was_never_recorded() -> None:
    later = Commit(commit_id("x"), digest_value("x"), None)
    moved = Branch("site", "/site.git", "main", later.commit, (later, *OURS))
    (flaw,) = find_flaws(LINKS, SEEN, [moved])
    assert flaw.kind == "unexplained"
    assert "looks like a publish" in flaw.message


def test_a_commit_of_somebody_else() -> None:
    moved = Branch("site", "/site.git", "main", commit_id("theirs"), OURS)
    (flaw,) = find_flaws(LINKS, SEEN, [moved])
    assert flaw.kind == "unexplained"
    assert "by somebody else" in flaw.message


def test_a_branch_that_was_set_back_or_taken_away() -> None:
    back = Branch("site", "/site.git", "main", OURS[2].commit, OURS[2:])
    (flaw,) = find_flaws(LINKS, SEEN, [back])
    assert (flaw.kind, flaw.number) == ("gone", LENGTH)
    gone = Branch("site", "/site.git", "main", None, ())
    assert kinds(find_flaws(LINKS, SEEN, [gone])) == ["gone"]


def test_commits_from_before_the_first_record_need_none() -> None:
    old = Commit(commit_id("old"), digest_value("old"), None)
    branch = Branch("site", "/site.git", "main", OURS[0].commit, (*OURS, old))
    assert find_flaws(LINKS, None, [branch]) == ()


def test_a_target_that_no_record_tells_of() -> None:
    other = Branch("new", "/new.git", "main", OURS[0].commit, OURS)
    assert kinds(find_flaws(LINKS, None, [other])) == ["unexplained"]
    theirs = Branch("new", "/new.git", "main", commit_id("theirs"), ())
    assert find_flaws(LINKS, None, [theirs]) == ()


def test_who_finds_a_commit_unchanged_may_have_another_source() -> None:
    found = target_with(LENGTH, action="unchanged")
    later = record(LENGTH, source=commit_id("later"), targets=found.targets)
    assert find_flaws(chained([*RECORDS, later]), None, [BRANCH]) == ()


def test_squashing_makes_commits_anew_and_is_no_flaw() -> None:
    anew = tuple(Commit(commit_id("anew", i), c.manifest, c.source) for i, c in enumerate(OURS))
    branch = Branch("site", "/site.git", "main", anew[0].commit, anew[:3])
    squashed = target_with(LENGTH, commit=anew[0].commit, squashed=3)
    assert find_flaws(chained([*RECORDS[:-1], squashed]), None, [branch]) == ()


def test_a_publish_that_was_killed_explains_what_it_may_have_left() -> None:
    killed = target_with(LENGTH, action="interrupted", commit=None)
    assert find_flaws(chained([*RECORDS[:-1], killed]), None, [BRANCH]) == ()
    before = Branch("site", "/site.git", "main", OURS[1].commit, OURS[1:])
    assert find_flaws(chained([*RECORDS[:-1], killed]), None, [before]) == ()
    later = Commit(commit_id("x"), digest_value("x"), None)
    other = Branch("site", "/site.git", "main", later.commit, (later, *OURS[1:]))
    assert kinds(find_flaws(chained([*RECORDS[:-1], killed]), None, [other])) == ["unexplained"]


def test_after_a_squash_the_head_is_still_known_by_its_id() -> None:
    squashed = target_with(LENGTH, squashed=2)
    amended = Commit(commit_id("amended"), OURS[0].manifest, OURS[0].source)
    branch = Branch("site", "/site.git", "main", amended.commit, (amended, *OURS[1:]))
    flaws = find_flaws(chained([*RECORDS[:-1], squashed]), None, [branch])
    assert kinds(flaws) == ["unexplained", "gone"]


def test_two_chains_that_were_put_together() -> None:
    links = [*LINKS[:2], Link(LINKS[2].commit, 2, LINKS[2].data), *LINKS[3:]]
    assert kinds(find_flaws(links, None, ())) == ["forked"]


@pytest.mark.parametrize("data", [None, b"", b"{}", b"[" * 2000, b"\xff", b'{"version": 2}'])
def test_a_commit_without_a_record_that_can_be_read(data: bytes | None) -> None:
    links = [*LINKS[:2], with_data(LINKS[2], data), *LINKS[3:]]
    flaws = find_flaws(links, None, ())
    assert flaws[0].number == 3
    assert flaws[0].kind == ("missing" if data is None else "unreadable")
    assert decode_record(data) is None


def test_a_digest_from_elsewhere_must_be_there() -> None:
    digest = digest_bytes(LINKS[1].data or b"")
    assert knows(LINKS, digest) == knows(LINKS, digest[:16]) == knows((), "") == ()
    assert kinds(knows(LINKS[:1], digest)) == ["rewritten"]


PLACES = st.integers(0, LENGTH - 1)
Chain = list[Link]


def _edited(at: int, data: bytes) -> Chain:
    return [with_data(link, data) if i == at else link for i, link in enumerate(LINKS)]


def _flipped(at: int, where: int, bit: int) -> Chain:
    data = bytearray(LINKS[at].data or b"")
    data[where % len(data)] ^= 1 << bit
    return _edited(at, bytes(data))


def _reforged(at: int, name: str) -> Chain:
    return chained([record(i + 1, who=Who(name)) if i == at else r for i, r in enumerate(RECORDS)])


TAMPERED = st.one_of(
    st.builds(_flipped, PLACES, st.integers(0, 10_000), st.integers(0, 7)),
    st.builds(_edited, PLACES, st.binary(max_size=40)),
    st.builds(_reforged, PLACES, st.text(max_size=5)),
    PLACES.map(lambda at: [*LINKS[:at], *LINKS[at + 1 :]]),
    PLACES.map(lambda at: LINKS[:at]),
    PLACES.map(lambda at: chained([*RECORDS[:at], *RECORDS[at + 1 :]])),
    st.builds(lambda at, link: [*LINKS[:at], LINKS[link], *LINKS[at:]], PLACES, PLACES),
    st.permutations(LINKS),
    st.permutations(RECORDS).map(chained),
    st.lists(PLACES, max_size=LENGTH + 2).map(lambda picks: [LINKS[at] for at in picks]),
)


@given(TAMPERED)
def test_whatever_is_done_to_what_was_seen_is_found(links: Chain) -> None:
    is_longer = links[:LENGTH] == LINKS
    assert bool(find_flaws(links, SEEN, ())) or is_longer


@given(st.one_of(TAMPERED), st.booleans())
def test_the_chain_as_it_was_never_has_a_flaw(links: Chain, grown: bool) -> None:
    more = [*RECORDS, record(LENGTH + 1)] if grown else RECORDS
    assert find_flaws(chained(more), SEEN, ()) == ()
    assert all(isinstance(each.message, str) for each in find_flaws(links, None, [BRANCH]))


@given(PLACES, st.sampled_from(["manifest", "commit"]))
def test_no_careful_forger_changes_what_a_branch_knows_better(at: int, field: str) -> None:
    forged = [*RECORDS]
    value = Digest("f" * 64) if field == "manifest" else commit_id("forged")
    forged[at] = target_with(at + 1, **{field: value})
    flaws = find_flaws(chained(forged), None, [BRANCH])
    is_first = at == 0 and field == "commit"
    assert flaws or is_first

"""Whether the record of all publishes is whole, and whether it explains what stands on branches."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from omnigrid.model.audit import (
    INTERRUPTED,
    RECORD_VERSION,
    Branch,
    Commit,
    Flaw,
    Link,
    Record,
    Seen,
    TargetRecord,
)
from omnigrid.model.digests import digest_bytes
from omnigrid.model.names import CommitId, Digest

_DECODER = msgspec.json.Decoder(Record)


def encode_record(record: Record) -> bytes:
    """Return the bytes of a record: JSON that people can read, with a line end."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def decode_record(data: bytes | None) -> Record | None:
    """Return the record that these bytes hold; None where they hold none."""
    try:
        record = _DECODER.decode(data or b"")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return record if record.version == RECORD_VERSION else None


def next_record(record: Record, number: int, before: bytes | None) -> bytes:
    """Return the bytes of a record in its place in the chain, after the record ``before``."""
    previous = digest_bytes(before) if before is not None else ""
    return encode_record(msgspec.structs.replace(record, number=number, previous=previous))


def seen_at(number: int, link: Link) -> Seen:
    """Return what a machine remembers of a chain of so many records that ends in ``link``."""
    return Seen(number, link.commit, digest_bytes(link.data or b""))


def continues(links: Sequence[Link], seen: Seen | None) -> bool:
    """Whether a chain still holds all that was seen of it."""
    if seen is None:
        return True
    return len(links) >= seen.number and seen_at(seen.number, links[seen.number - 1]) == seen


def find_flaws(
    links: Sequence[Link], seen: Seen | None, branches: Iterable[Branch]
) -> tuple[Flaw, ...]:
    """Return all that speaks against a chain (the oldest record first): its broken links, what
    this machine has ``seen`` of it and is gone, and what it does not explain of ``branches``."""
    found = list(_broken(links))
    if not continues(links, seen):
        found.append(_rewritten(seen))
    records = [record for link in links if (record := decode_record(link.data))]
    for branch in branches:
        found += _unexplained(branch, _told(records, branch))
    return tuple(found)


def knows(links: Iterable[Link], digest: str) -> tuple[Flaw, ...]:
    """Return a flaw where no record of a chain has a digest (or the beginning of one)."""
    if any(digest_bytes(link.data or b"").startswith(digest) for link in links) or not digest:
        return ()
    said = f"no record has the digest {digest}: the chain was cut, replaced or rewritten"
    return (Flaw("rewritten", said),)


def _broken(links: Sequence[Link]) -> Iterator[Flaw]:
    before: bytes | None = None
    for number, link in enumerate(links, start=1):
        record, said = decode_record(link.data), ""
        expected = digest_bytes(before) if before is not None else ""
        if link.data is None:
            kind, said = "missing", "its commit holds no record"
        elif record is None:
            kind, said = "unreadable", "its record cannot be read by this version"
        elif link.parents > 1:
            kind, said = "forked", "two chains were put together there"
        elif record.number != number:
            kind, said = "missing", f"the record that stands there has the number {record.number}"
        elif record.previous != expected:
            what = f"record {number - 1} or this one" if before is not None else "it"
            kind, said = "broken", f"it does not follow from the one before: {what} was changed"
        if said:
            yield Flaw(kind, f"record {number} ({link.commit[:10]}): {said}", number, link.commit)
        before = link.data or b""


def _rewritten(seen: Seen | None) -> Flaw:
    number, digest = (seen.number, seen.digest) if seen else (0, Digest(""))
    return Flaw(
        "rewritten",
        f"record {number} with the digest {digest[:12]} was in the chain when this machine last "
        "looked, and is no longer: the chain was cut, replaced or rewritten",
        number,
    )


Entry = tuple[Record, TargetRecord]
State = tuple[str, CommitId | None]
"""A manifest, and the portfolio's commit that it was made from."""


class _Told(NamedTuple):
    """What records tell of a branch."""

    entries: list[Entry]
    """Every time that it was left at some commit."""
    interrupted: set[State]
    """What a publish that was killed may have left there."""
    remade: set[State]
    """What may stand below the head in other commits than records name: squashing older ones makes
    the younger ones anew."""

    def names(self, commit: CommitId) -> bool:
        """Whether a record says that the branch was left at a commit."""
        return any(each.commit == commit for _, each in self.entries)

    def explains(self, each: Commit) -> bool:
        """Whether a record tells of one of our commits below the head."""
        state = (each.manifest, each.source)
        return self.names(each.commit) or state in self.interrupted or state in self.remade


def _told(records: Iterable[Record], branch: Branch) -> _Told:
    place = (branch.repository, branch.branch)
    about = [(r, e) for r in records for e in r.targets if (e.repository, e.branch) == place]
    states = [(each, (each.manifest, each.source or record.source)) for record, each in about]
    interrupted = {state for each, state in states if each.action == INTERRUPTED}
    is_squashed = any(each.squashed for _, each in about)
    remade = {state for _, state in states} if is_squashed else set()
    return _Told([(r, each) for r, each in about if each.commit], interrupted, remade)


def _unexplained(branch: Branch, told: _Told) -> Iterator[Flaw]:
    entries, ours = told.entries, branch.ours
    at = f'target "{branch.target}": branch {branch.branch}'
    if branch.head is None:
        if entries:
            yield _flaw("gone", branch, f"{at} is gone, and no record says so", entries[-1])
        return
    yield from _head(branch, at, told)
    here = {branch.head, *(each.commit for each in ours)}
    if entries and (last := entries[-1][1].commit) not in here:
        said = f"{at} was left at {str(last)[:10]}, and no longer holds that commit"
        yield _flaw("gone", branch, said, entries[-1])
    explained = [place for place, each in enumerate(ours) if told.explains(each)]
    # What was published before the first record needs none.
    for each in ours[: max(explained, default=0)]:
        if not told.explains(each) and each.commit != branch.head:
            said = f"{at} holds the publish {each.commit[:10]}, which no record explains"
            yield Flaw("missing", said, commit=each.commit, target=branch.target)
    # Who writes a commit knows what it says; who finds it unchanged does not.
    wrote = {each.commit: (record, each) for record, each in entries if each.action != "unchanged"}
    for each in ours:
        if each.commit in wrote:
            yield from _contradicted(branch, at, each, wrote[each.commit])


def _head(branch: Branch, at: str, told: _Told) -> Iterator[Flaw]:
    by_us = [each for each in branch.ours[:1] if each.commit == branch.head]
    if branch.head is None or told.names(branch.head) or not (told.entries or branch.ours):
        return
    if any((each.manifest, each.source) in told.interrupted for each in by_us):
        return
    whose = "looks like a publish" if by_us else "is by somebody else"
    said = f"{at} stands at {branch.head[:10]}, which no record explains; it {whose}"
    yield Flaw("unexplained", said, commit=branch.head, target=branch.target)


def _contradicted(branch: Branch, at: str, commit: Commit, entry: Entry) -> Iterator[Flaw]:
    record, each = entry
    told = (each.manifest, each.source or record.source)
    if told != (commit.manifest, commit.source):
        said = f"record {record.number} says of {at} and commit {commit.commit[:10]} what its own "
        yield _flaw("contradicted", branch, f"{said}message does not: it was forged", entry)


def _flaw(kind: str, branch: Branch, message: str, entry: Entry) -> Flaw:
    return Flaw(kind, message, entry[0].number, str(entry[1].commit), branch.target)

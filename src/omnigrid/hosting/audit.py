"""The chain of records: a commit a record, on a ref of its own, only ever added to."""

import re
from collections.abc import Callable, Iterator

from omnigrid.hosting.cache import Cache, prepared_ref
from omnigrid.hosting.fast_import import NewCommit, commit_stream
from omnigrid.hosting.host import PAST, Host
from omnigrid.hosting.local import is_absent, make_repository
from omnigrid.hosting.push import push
from omnigrid.model.audit import AUDIT_REF, RECORD_NAME, Branch, Commit, Link
from omnigrid.model.errors import LostRace
from omnigrid.model.names import CommitId
from omnigrid.model.publishing import Destination
from omnigrid.model.targets import AuditFile, HostKind, TargetFile

TRIES = 5
_HEADER = re.compile(rb"[0-9a-f]{40} blob ([0-9]+)\n")
Next = Callable[[int, bytes | None], bytes]
"""Gives the bytes of a record from its number and the record before."""


def audit_destination(audit: AuditFile, repository: str) -> Destination:
    """Return where the chain is kept; ``repository`` is resolved."""
    kind = HostKind.LOCAL if repository.startswith("/") else HostKind.PLAIN
    rule = TargetFile(name="audit", kind=kind, repository=repository, credentials=audit.credentials)
    return Destination(name="audit", rule=rule, repository=repository, branch=AUDIT_REF)


class Chain:
    """The chain at a destination. All methods raise what the host does."""

    def __init__(self, host: Host, destination: Destination) -> None:
        self._host, self._destination = host, destination

    def head(self) -> CommitId | None:
        """Return the newest commit; None where there is none."""
        if is_absent(self._destination.repository):
            return None
        with self._host.opened(self._destination) as cache:
            return cache.remote_head(AUDIT_REF)

    def links(self) -> tuple[Link, ...]:
        """Return the whole chain, the oldest first."""
        if is_absent(self._destination.repository):
            return ()
        with self._host.opened(self._destination) as cache:
            head = cache.fetch(AUDIT_REF)
            return tuple(_links(cache, head)) if head else ()

    def add(self, complete: Next, date: int) -> tuple[int, Link]:
        """Add a record, after whatever others add meanwhile; return its number and its link.

        Raises LostRace where others are always faster.
        """
        for _ in range(TRIES - 1):
            try:
                return self._add(complete, date)
            except LostRace:
                continue
        return self._add(complete, date)

    def _add(self, complete: Next, date: int) -> tuple[int, Link]:
        repository = self._destination.repository
        with self._host.opened(self._destination) as cache:
            head = None if is_absent(repository) else cache.fetch(AUDIT_REF)
            count = _count(cache, head) if head else 0
            before = _record(cache, head) if head else None
            data = complete(count + 1, before)
            new = NewCommit(prepared_ref(AUDIT_REF), head, date, f"Record {count + 1}\n", ())
            commit = cache.make_commit(commit_stream(new, [(RECORD_NAME, data)]))
            make_repository(repository, "main", self._host.environment)
            push(cache, AUDIT_REF, commit, head)
        return count + 1, Link(commit, int(head is not None), data)


def branch_of(host: Host, destination: Destination, repository: str) -> Branch:
    """Return how a branch stands; ``repository`` is how records call it. Raises as the host."""
    name, branch = destination.name, destination.branch
    if is_absent(destination.repository):
        return Branch(name, repository, branch, None, ())
    with host.opened(destination) as cache:
        head = cache.fetch(branch)
        ours = cache.published(head, PAST) if head else ()
        commits = tuple(Commit(each.commit, each.manifest, each.source) for each in ours)
        return Branch(name, repository, branch, head, commits)


def _count(cache: Cache, head: CommitId) -> int:
    return int(cache.git.ask("rev-list", "--count", "--first-parent", operands=[head]))


def _record(cache: Cache, commit: CommitId) -> bytes:
    answer = cache.git.run("cat-file", "blob", operands=[f"{commit}:{RECORD_NAME}"])
    return answer.out if answer.code == 0 else b""


def _links(cache: Cache, head: CommitId) -> Iterator[Link]:
    options = ("--first-parent", "--reverse", "--parents")
    lines = cache.git.ask("rev-list", *options, operands=[head]).decode().splitlines()
    asked = [f"{line.split()[0]}:{RECORD_NAME}\n".encode() for line in lines]
    records = _batch(cache.git.ask("cat-file", "--batch", stdin=asked))
    for line, data in zip(lines, records, strict=True):
        commit, *parents = line.split()
        yield Link(CommitId(commit), len(parents), data)


def _batch(answer: bytes) -> Iterator[bytes | None]:
    """Yield the bytes of each file, None where there is none (git-cat-file, "BATCH OUTPUT")."""
    at = 0
    while at < len(answer):
        found = _HEADER.match(answer, at)
        if found:
            end = found.end() + int(found[1])
            yield answer[found.end() : end]
            at = end + 1
        else:
            at = answer.index(b"\n", at) + 1
            yield None

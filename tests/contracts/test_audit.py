"""The chain of records in real repositories: by every way, beside other publishers, and tampered
with by git itself."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from omnigrid.hosting.audit import Chain, audit_destination
from omnigrid.hosting.host import Host
from omnigrid.model.audit import AUDIT_REF, RECORD_NAME, Link, Record, Who
from omnigrid.model.errors import Conflict, LostRace
from omnigrid.model.journal import Reason
from omnigrid.model.targets import AuditFile, CredentialsFile
from omnigrid.plan.audit import find_flaws, next_record, seen_at
from support.hosted import VARIABLE, Hosted
from support.servers.fixtures import NewRemote
from support.servers.remote import USER
from support.servers.repository import Repository, fsck, git

WAYS = {"token": "https", "ssh": "ssh", "local": "local"}


def record(note: str) -> Record:
    return Record(
        time="2026-01-01T12:00:00Z",
        who=Who(note),
        reason=Reason.MANUAL,
        source=None,
        dirty=False,
        manifest="",
        generator="omnigrid",
        targets=(),
    )


class Book:
    """A chain, and what a test does to it."""

    def __init__(self, hosted: Hosted) -> None:
        given = CredentialsFile(user=USER, token=VARIABLE) if hosted.way == "token" else None
        address = hosted.remote.address
        self.hosted = hosted
        self.chain = Chain(hosted.host, audit_destination(AuditFile(credentials=given), address))

    @property
    def repository(self) -> Repository:
        return self.hosted.remote.repository

    def add(self, note: str) -> tuple[int, Link]:
        def complete(number: int, before: bytes | None) -> bytes:
            return next_record(record(note), number, before)

        return self.chain.add(complete, 1_700_000_000)

    def rewrite(self, *records: bytes) -> None:
        """Put other commits in the place of the chain, as somebody with git at hand would."""
        folder, parent = self.repository.folder, ""
        who = {f"GIT_{r}_{f}": "e" for r in ("AUTHOR", "COMMITTER") for f in ("NAME", "EMAIL")}
        for data in records:
            (folder / "forged").write_bytes(data)
            blob = git(folder, "hash-object", "-w", "--no-filters", str(folder / "forged"))
            index = {"GIT_INDEX_FILE": str(folder / "forged.index")}
            git(folder, "read-tree", "--empty", **index)
            entry = f"100644,{blob},{RECORD_NAME}"
            git(folder, "update-index", "--add", "--cacheinfo", entry, **index)
            tree, on = git(folder, "write-tree", **index), ["-p", parent] if parent else []
            parent = git(folder, "commit-tree", *on, "-m", "Record", tree, **who)
        git(folder, "update-ref", AUDIT_REF, parent)


@pytest.fixture(params=WAYS)
def book(request: pytest.FixtureRequest, new_remote: NewRemote, tmp_path: Path) -> Iterator[Book]:
    """An empty chain, once by each way to a repository."""
    hosted = Hosted(new_remote(WAYS[request.param]), request.param, tmp_path / "user")
    yield Book(hosted)
    for each in (hosted.repository, *hosted.caches.glob("*.git")):
        fsck(each)


def datas(book: Book) -> list[bytes]:
    return [link.data or b"" for link in book.chain.links()]


def test_records_follow_one_another(book: Book) -> None:
    assert book.chain.head() is None
    assert book.chain.links() == ()
    added = [book.add(f"publish {number}") for number in range(3)]
    assert [number for number, _ in added] == [1, 2, 3]
    links = book.chain.links()
    assert list(links) == [link for _, link in added]
    assert book.chain.head() == links[-1].commit
    assert find_flaws(links, seen_at(3, links[2]), ()) == ()


def test_the_chain_disturbs_no_branch(book: Book) -> None:
    book.hosted.publish({"index.html": b"1"})
    head = book.hosted.head()
    book.add("publish")
    assert book.hosted.head() == head
    heads = book.repository.git("for-each-ref", "--format=%(refname)")
    assert heads.split() == ["refs/heads/main", AUDIT_REF]


def test_two_publishers_lose_no_record(book: Book, tmp_path: Path) -> None:
    other = Book(book.hosted.with_environment(OTHER="1"))
    other.hosted.host = Host(tmp_path / "other", other.hosted.environment)
    other = Book(other.hosted)
    for number in range(4):
        (book if number % 2 else other).add(f"{number}")
    names = [msgspec.json.decode(data)["who"]["name"] for data in datas(book)]
    assert names == ["0", "1", "2", "3"]
    assert find_flaws(book.chain.links(), None, ()) == ()


def test_who_is_faster_comes_first(book: Book) -> None:
    book.add("first")
    meanwhile = ["while we looked"]

    def complete(number: int, before: bytes | None) -> bytes:
        while meanwhile:
            book.add(meanwhile.pop())
        return next_record(record("ours"), number, before)

    number, link = book.chain.add(complete, 1_700_000_000)
    assert number == 3
    assert book.chain.links()[-1] == link
    assert find_flaws(book.chain.links(), None, ()) == ()


def test_who_is_always_slower_gives_up(book: Book) -> None:
    def complete(number: int, before: bytes | None) -> bytes:
        book.add("faster")
        return next_record(record("ours"), number, before)

    with pytest.raises(LostRace):
        book.chain.add(complete, 1_700_000_000)
    assert find_flaws(book.chain.links(), None, ()) == ()


def test_every_kind_of_tampering_is_found(book: Book) -> None:
    for number in range(4):
        book.add(f"{number}")
    links = book.chain.links()
    seen, whole = seen_at(4, links[-1]), datas(book)
    edited = whole[1].replace(b'"1"', b'"Eve"')
    forged = next_record(record("Eve"), 5, whole[0])
    tampered = {
        "a changed field": [whole[0], edited, *whole[2:]],
        "a dropped record": [*whole[:1], *whole[2:]],
        "another order": [whole[1], whole[0], *whole[2:]],
        "a chain cut short": whole[:2],
        "a forged record": [*whole, forged],
        "another chain": [next_record(record("Eve"), 1, None)],
    }
    for what, records in tampered.items():
        book.rewrite(*records)
        assert find_flaws(book.chain.links(), seen, ()), what
    book.repository.git("update-ref", "-d", AUDIT_REF)
    assert find_flaws(book.chain.links(), seen, ()), "no chain"


def test_a_host_that_protects_refs_keeps_what_was_written(book: Book) -> None:
    book.add("first")
    book.repository.hook("pre-receive", "echo 'No.' >&2; exit 1")
    before = book.chain.head()
    with pytest.raises(Conflict, match="No"):
        book.add("second")
    book.repository.hook("pre-receive", "")
    assert book.chain.head() == before
    assert book.add("second")[0] == 2


def test_a_repository_that_is_not_there_is_made(tmp_path: Path) -> None:
    host = Host(tmp_path / "caches", {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
    chain = Chain(host, audit_destination(AuditFile(), str(tmp_path / "deep/audit.git")))
    assert chain.links() == ()
    number, _ = chain.add(lambda n, before: next_record(record("one"), n, before), 1)
    assert number == 1
    fsck(tmp_path / "deep/audit.git")

"""Ledger: a record of what came of a publish, without a secret, and never lost."""

import base64
import datetime as dt
import os
from pathlib import Path

import msgspec
import pytest

from omnigrid.hosting.host import Host
from omnigrid.ledger import Came, Ledger, Publish, has_waiting
from omnigrid.model.approvals import ApprovalFile, Scope
from omnigrid.model.audit import Record, Seen, TargetRecord, Who
from omnigrid.model.errors import Conflict, OmnigridError, Transient
from omnigrid.model.files import ConfigFile, PublishConfig
from omnigrid.model.journal import Reason
from omnigrid.model.names import CommitId, Digest
from omnigrid.model.publishing import Create, Message, Receipt, Target
from omnigrid.model.source import Revision
from omnigrid.model.targets import AuditFile, CredentialsFile, HostKind, TargetFile
from omnigrid.plan.audit import decode_record, find_flaws
from omnigrid.workspace import Workspace
from support.targets import destination_of

TOKEN = "correct horse/battery+staple"  # noqa: S105  (with what URLs and base64 would hide)
MESSAGE = Message(CommitId("5" * 40), False, Digest("a" * 64), "omnigrid", 1_700_000_000)


class Book:
    """A portfolio's ledger in a folder."""

    def __init__(self, root: Path, audit: AuditFile | None = None) -> None:
        self.workspace = Workspace(root, root / "build", Revision(None, None))
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(root), "HOST_TOKEN": TOKEN}
        host = Host(root / "caches", self.environment)
        rule = TargetFile(
            name="far",
            kind=HostKind.PLAIN,
            repository="https://host.example/a.git",
            credentials=CredentialsFile(token="HOST_TOKEN"),  # noqa: S106
        )
        publish = PublishConfig(audit=audit or AuditFile())
        self.ledger = Ledger(
            host=host,
            workspace=self.workspace,
            config=ConfigFile(name="P", targets=(rule,), publish=publish),
        )
        self.repository = root / ".omnigrid/hosting/audit.git"

    def publish(self, who: str = "Jane") -> Publish:
        return Publish(MESSAGE, Reason.EDIT, lambda: Who(who, {"CI_JOB_ID": who}), 1_750_000_000.9)

    def add(self, *came: Came) -> Seen | OmnigridError:
        return self.ledger.add(self.publish(), came)

    def records(self) -> list[Record]:
        found = [decode_record(link.data) for link in self.ledger.chain.links()]
        return [each for each in found if each]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def receipt(**more: object) -> Receipt:
    facts = {"commit": CommitId("c" * 40), "written": 3, "deleted": 0, "bytes": 42, **more}
    return Receipt(target="site", repository="x", action="create", **facts)  # type: ignore[arg-type]


def test_a_record_says_all_of_a_target(book: Book) -> None:
    destination = destination_of(book.workspace.root / "sites/a.git", name="site")
    target = Target(destination, {}, manifest=Digest("b" * 64))
    approval = ApprovalFile(target="site", by="Jane", scope=Scope.ALL, until=dt.date(2026, 1, 1))
    done = receipt(squashed=2)
    came = Came(destination, target, done, seconds=1.23456, approvals=(approval,))
    book.ledger.look()
    seen = book.add(came)
    assert isinstance(seen, Seen)
    (record,) = book.records()
    assert record.time == "2025-06-15T15:06:40Z"
    assert (record.number, record.previous, record.source) == (1, "", MESSAGE.source)
    assert record.targets == (
        TargetRecord(
            target="site",
            repository="sites/a.git",
            branch="main",
            action="create",
            commit=done.commit,
            manifest="b" * 64,
            bytes=42,
            seconds=1.235,
            squashed=2,
            approvals=(approval,),
        ),
    )


def test_no_secret_is_ever_in_it(book: Book) -> None:
    forms = [TOKEN, base64.b64encode(TOKEN.encode()).decode(), "https://me:hunter2@x.example/"]
    said = " and ".join([*forms, "ghp_" + "a" * 36])
    destination = destination_of(f"https://me:{TOKEN}@host.example/a.git", name="site")
    approval = ApprovalFile(
        target="t", by=said, scope=Scope.ALL, until=dt.date(2026, 1, 1), note=said
    )
    came = Came(destination, error=Conflict(said), approvals=(approval,))
    book.ledger.add(book.publish(said), [came])
    book.ledger.begin(book.publish(said), [Create(Target(destination, {}))])
    (link,) = book.ledger.chain.links()
    text = (link.data or b"").decode()
    waiting = (book.workspace.state / "journal/audit-waiting.json").read_text()
    for secret in (*forms, "hunter2", "ghp_a", "battery+staple"):
        assert secret not in text
        assert secret not in waiting
    assert "***" in text


def test_what_cannot_be_written_waits_in_its_order(book: Book) -> None:
    book.ledger.look()
    book.add()
    lock = book.repository / "refs/omnigrid/audit.lock"
    lock.touch()
    late = book.add(Came(destination_of("/x.git", name="late"), error=Conflict("no")))
    assert isinstance(late, Transient)
    assert has_waiting(book.workspace)
    with pytest.raises(Transient):
        book.ledger.look()
    assert has_waiting(book.workspace)
    lock.unlink()
    book.ledger.look()
    assert not has_waiting(book.workspace)
    book.add()
    counts = [len(each.targets) for each in book.records()]
    assert counts == [0, 1, 0]
    assert find_flaws(book.ledger.chain.links(), book.ledger.seen, ()) == ()


def test_a_publish_that_never_came_to_its_end_is_recorded(book: Book) -> None:
    destination = destination_of("/x.git", name="site")
    step = Create(Target(destination, {}, manifest=Digest("b" * 64)))
    book.ledger.begin(book.publish(), [step])
    assert has_waiting(book.workspace)
    book.ledger.look()
    (record,) = book.records()
    (target,) = record.targets
    assert (target.action, target.manifest, target.commit) == ("interrupted", "b" * 64, None)


def test_one_that_came_to_its_end_is_recorded_once(book: Book) -> None:
    step = Create(Target(destination_of("/x.git", name="site"), {}))
    book.ledger.begin(book.publish(), [step])
    book.add(Came(step.target.destination, step.target, receipt()))
    book.ledger.look()
    (record,) = book.records()
    assert [each.action for each in record.targets] == ["create"]


def test_a_chain_that_lost_what_was_seen_stops_everything(book: Book) -> None:
    book.add()
    seen = book.ledger.seen
    assert seen is not None
    book.ledger.look()
    other = msgspec.structs.replace(seen, number=2, commit=CommitId("d" * 40))
    (book.workspace.state / "journal/audit.json").write_bytes(msgspec.json.encode(other))
    with pytest.raises(Conflict, match="record 2, which this machine wrote or read"):
        book.ledger.look()


def test_where_the_chain_cannot_be_reached_nothing_begins(tmp_path: Path) -> None:
    audit = AuditFile(repository=f"ssh://127.0.0.1:1{tmp_path}/audit.git")
    with pytest.raises(OmnigridError):
        Book(tmp_path, audit).ledger.look()

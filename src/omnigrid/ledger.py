"""The record of every publish: kept in a chain, before anything is forgotten and after all is done.

Nothing is published where no record can be kept. What is about to be done waits on the disk from
before the first push until its record stands in the chain; the next publish writes what is left
there, after a crash or where the chain could not be reached.
"""

import datetime as dt
import os.path
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from omnigrid.hosting.audit import Chain, audit_destination
from omnigrid.hosting.host import Host
from omnigrid.hosting.secrecy import forms_of, redact
from omnigrid.model.approvals import ApprovalFile
from omnigrid.model.audit import INTERRUPTED, Link, Record, Seen, TargetRecord, Who
from omnigrid.model.errors import Conflict, LostRace, OmnigridError, Transient
from omnigrid.model.files import ConfigFile
from omnigrid.model.journal import Reason
from omnigrid.model.publishing import Create, Destination, Message, Receipt, Step, Target, Update
from omnigrid.model.secrets import mask_secrets
from omnigrid.plan.audit import continues, next_record, seen_at
from omnigrid.workspace import Workspace

_FOLDER, _WAITING = "journal", "audit-waiting.json"
_RECORDS = msgspec.json.Decoder(list[Record])


class Came(Struct, frozen=True):
    """What came of a destination: a receipt, an error, or both where only its history stayed."""

    destination: Destination
    target: Target | None = None
    receipt: Receipt | None = None
    error: OmnigridError | None = None
    seconds: float = 0
    approvals: tuple[ApprovalFile, ...] = ()


class Publish(Struct, frozen=True):
    """What is to be told of a publish. ``now`` in seconds since 1970."""

    message: Message
    reason: Reason
    who: Callable[[], Who]
    now: float


def has_waiting(workspace: Workspace) -> bool:
    """Whether a record waits to be written."""
    return (workspace.state / _FOLDER / _WAITING).exists()


class Ledger:
    """The chain of a portfolio, and how far this machine knows it."""

    def __init__(self, workspace: Workspace, host: Host, config: ConfigFile) -> None:
        audit = config.publish.audit
        repository = _resolved(audit.repository, workspace.root)
        self.chain = Chain(host, audit_destination(audit, repository))
        self._root, self._folder = workspace.root, workspace.state / _FOLDER
        self._secrets = _secrets(config, host.environment)

    @property
    def seen(self) -> Seen | None:
        """How far this machine knows the chain; None where it never looked."""
        try:
            return msgspec.json.decode(self._seen_file.read_bytes(), type=Seen)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def remember(self, number: int, link: Link) -> None:
        """Keep in mind how far the chain goes. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        _replace(self._seen_file, msgspec.json.encode(seen_at(number, link)))

    def look(self) -> None:
        """See to it that a record can be kept, and write those that wait.

        Raises Conflict where the chain is not what this machine knows of it, and what the host
        does where it cannot be reached.
        """
        seen, head = self.seen, self.chain.head()
        if seen and head != seen.commit and not continues(self.chain.links(), seen):
            raise Conflict(
                f"the record of publishes was changed: record {seen.number}, which this machine "
                "wrote or read, is no longer in it",
                "nothing was published: `omnigrid audit verify` says what is wrong. If it was "
                f"moved or begun anew on purpose, delete {self._seen_file}",
            )
        while waiting := self._waiting():
            self._write(waiting[0])
            self._wait(waiting[1:])

    def begin(self, publish: Publish, steps: Iterable[Step]) -> None:
        """Note what is about to be done, so that a publish that is killed leaves a record, too.

        Raises OSError.
        """
        targets = [each.target for each in steps if isinstance(each, Create | Update)]
        if targets:
            told = tuple(self._interrupted(each, publish.message) for each in targets)
            self._wait([self._record(publish, told)])

    def add(self, publish: Publish, came: Iterable[Came]) -> Seen | OmnigridError:
        """Write a record; return where it stands, or why it has to wait. Raises OSError."""
        record = self._record(publish, (self._target(each, publish.message) for each in came))
        self._wait([record])
        try:
            seen = self._write(record)
        except OmnigridError as error:
            return _waits(error)
        self._wait([])
        return seen

    def repository_of(self, destination: Destination) -> str:
        """Return how records call a destination's repository."""
        address = destination.repository
        if address.startswith(f"{self._root}{os.sep}"):
            address = os.path.relpath(address, self._root)
        return self._shown(address)

    def _write(self, record: Record) -> Seen:
        date = int(dt.datetime.fromisoformat(record.time).timestamp())
        number, link = self.chain.add(
            lambda number, before: next_record(record, number, before), date
        )
        self.remember(number, link)
        return seen_at(number, link)

    def _record(self, publish: Publish, targets: Iterable[TargetRecord]) -> Record:
        message, at = publish.message, dt.datetime.fromtimestamp(publish.now, dt.UTC)
        who = publish.who()
        run = {name: self._shown(value) for name, value in who.run.items()}
        return Record(
            time=at.replace(microsecond=0).isoformat().replace("+00:00", "Z"),
            who=Who(self._shown(who.name), run),
            reason=publish.reason,
            source=message.source,
            dirty=message.dirty,
            manifest=message.manifest,
            generator=message.generator,
            targets=tuple(targets),
        )

    def _interrupted(self, target: Target, message: Message) -> TargetRecord:
        return TargetRecord(
            target=target.name,
            repository=self.repository_of(target.destination),
            branch=target.branch,
            action=INTERRUPTED,
            manifest=target.manifest,
            source=target.source if target.source != message.source else None,
        )

    def _target(self, came: Came, message: Message) -> TargetRecord:
        receipt, error, target = came.receipt, came.error, came.target
        source = target.source if target else None
        return TargetRecord(
            target=came.destination.name,
            repository=self.repository_of(came.destination),
            branch=came.destination.branch,
            action=receipt.action if receipt else "refused",
            commit=receipt.commit if receipt else None,
            manifest=target.manifest if target and receipt else "",
            source=source if source != message.source else None,
            bytes=receipt.bytes if receipt else 0,
            seconds=round(came.seconds, 3),
            squashed=receipt.squashed if receipt else 0,
            refused=self._shown(error.message) if error else "",
            code=error.exit_code if error else 0,
            approvals=tuple(map(self._approval, came.approvals)),
        )

    def _approval(self, approval: ApprovalFile) -> ApprovalFile:
        note = self._shown(approval.note) if approval.note else None
        return msgspec.structs.replace(approval, by=self._shown(approval.by), note=note)

    def _shown(self, text: str) -> str:
        return mask_secrets(redact(text, self._secrets))

    def _waiting(self) -> list[Record]:
        """Records that could not be written, the oldest first."""
        try:
            return _RECORDS.decode(self._waiting_file.read_bytes())
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return []

    def _wait(self, records: list[Record]) -> None:
        if not records:
            self._waiting_file.unlink(missing_ok=True)
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        _replace(self._waiting_file, msgspec.json.encode(records))

    @property
    def _seen_file(self) -> Path:
        return self._folder / "audit.json"

    @property
    def _waiting_file(self) -> Path:
        return self._folder / _WAITING


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _waits(error: OmnigridError) -> OmnigridError:
    message = f"the record of this publish could not be written: {error.message}"
    hint = (
        "what is told above was done; the record waits here and is written before the next publish"
    )
    kind = Transient if isinstance(error, Transient | LostRace) else Conflict
    return kind(message, f"{hint}. {error.hint}")


def _resolved(repository: str, root: Path) -> str:
    is_address = "://" in repository or ":" in repository.partition("/")[0]
    return repository if is_address else os.path.normpath(root / repository)


def _secrets(config: ConfigFile, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Every form of every token that the configuration names, the longest first."""
    given = [rule.credentials for rule in config.targets] + [config.publish.audit.credentials]
    forms = {
        form
        for each in given
        if each and (token := environment.get(each.token))
        for form in forms_of(each.user, token)
    }
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))

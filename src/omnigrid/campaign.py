"""Many targets on one way: look at all, decide for all, deploy all, and tell what came of each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from omnigrid.deploy import Terms, decide, deploy, history_conflict
from omnigrid.fanout import Clock, Ended, FanOut
from omnigrid.hosting.host import Host
from omnigrid.hosting.receipts import unchanged_receipt
from omnigrid.journal.file import Journal
from omnigrid.ledger import Came
from omnigrid.model.approvals import Approvals
from omnigrid.model.audit import Who
from omnigrid.model.errors import OmnigridError
from omnigrid.model.journal import Begun, Done, Entry, Finished, Reason, Refused
from omnigrid.model.publishing import (
    Destination,
    Glance,
    Receipt,
    Step,
    Target,
    Unchanged,
)
from omnigrid.plan.pace import queue_of
from omnigrid.run.executors import Progress

Given = TypeVar("Given")
Got = TypeVar("Got")


class Refusal(Struct, frozen=True):
    """A target that was not published, and why. The others went on."""

    target: str
    error: OmnigridError


class Told(Struct, frozen=True):
    """What came of a target, as it happens: ``done`` of ``total`` are through."""

    outcome: Receipt | Refusal
    seconds: float
    tries: int
    done: int
    total: int


def _nothing(told: Told) -> None:
    """Tell nobody."""


def _no_phase(_name: str) -> None:
    """Show no phase."""


def _nobody() -> Who:
    return Who("unknown")


class Observer(Struct, frozen=True):
    """How the face watches: two clocks, and who is told of progress."""

    clock: Clock
    progress: Progress
    now: Callable[[], float]
    """The time, in seconds since 1970, for the journal."""
    told: Callable[[Told], None] = _nothing
    who: Callable[[], Who] = _nobody
    """Who works, for the record."""
    began: Callable[[str], None] = _no_phase
    """Called with the name of each phase when it begins."""


class Campaign:
    """Targets that are published together. ``budget`` is in seconds, from now."""

    def __init__(
        self,
        host: Host,
        journal: Path,
        observer: Observer,
        budget: float,
        start: float | None = None,
    ) -> None:
        """``start`` is when the whole publish did, by the observer's clock."""
        self._host, self._observer = host, observer
        self._journal = Journal(journal)
        self._until = observer.clock() + budget
        self._start = start
        self.refusals: list[Refusal] = []
        self.resumed = 0
        self.worked = False
        """Whether there was anything to do, here or in a publish that was cut short."""
        self._seconds: dict[str, float] = {}

    def glance(self, destinations: Iterable[Destination]) -> dict[str, Glance]:
        """Return what stands on every branch that can be reached; the others are refused."""
        return self.find(self._host.glance, destinations)

    def find(
        self, work: Callable[[Destination], Got], destinations: Iterable[Destination]
    ) -> dict[str, Got]:
        """Return what is found out about every destination; where it fails, that is refused."""
        named = {each.name: each for each in destinations}
        return self._for_each(work, named, named.values())

    def decide(
        self, targets: Iterable[Target], glances: Mapping[str, Glance], terms: Terms
    ) -> dict[str, Step]:
        """Return what is to be done to each target; what must not be done is refused."""

        def decided(target: Target) -> Step:
            return decide(self._host, target, glances[target.name], terms)

        named = {target.name: target for target in targets}
        return self._for_each(decided, named, [each.destination for each in named.values()])

    def deploy(self, steps: Mapping[str, Step], terms: Terms, reason: Reason) -> dict[str, Receipt]:
        """Do every step, and write into the journal what came of it."""
        unfinished = self._journal.unfinished(terms.message.source, terms.message.manifest)
        idle = {n: unchanged_receipt(s) for n, s in steps.items() if isinstance(s, Unchanged)}
        busy = {name: step for name, step in steps.items() if name not in idle}
        self.resumed = len(unfinished.done & idle.keys()) if unfinished else 0
        if not busy and not unfinished:
            return idle
        self.worked = True
        began, message = self._observer.clock(), terms.message
        self._note(Begun(self._at(), message.source, message.manifest, len(steps), reason))
        receipts = dict(idle)
        for ended in self._pushes(busy, terms):
            self._take(ended, receipts, reason, (len(receipts) - len(idle) + 1, len(busy)))
        seconds = self._observer.clock() - began
        refusals = len(busy) + len(idle) - len(receipts)
        whole = 0.0 if self._start is None else self._observer.clock() - self._start
        self._note(Finished(self._at(), seconds, len(receipts), refusals, whole))
        return receipts

    def came(
        self,
        destinations: Iterable[Destination],
        steps: Mapping[str, Step],
        receipts: Mapping[str, Receipt],
        approvals: Mapping[str, Approvals],
    ) -> Iterator[Came]:
        """Yield what came of each destination, for the record; nothing where nothing was done."""
        errors = {each.target: each.error for each in self.refusals}
        for each in destinations if self.worked or errors else ():
            name, step = each.name, steps.get(each.name)
            if name in receipts or name in errors:
                target, allowed = step.target if step else None, approvals.get(name, ())
                found = (receipts.get(name), errors.get(name), self._seconds.get(name, 0))
                yield Came(each, target, *found, allowed)

    def _pushes(self, steps: Mapping[str, Step], terms: Terms) -> Iterable[Ended[Receipt]]:
        def deployed(step: Step) -> Receipt:
            return deploy(self._host, step, terms)

        clock = self._observer.clock
        destinations = [step.target.destination for step in steps.values()]
        queue = queue_of(destinations, clock(), paced=True)
        return FanOut(deployed, steps, queue, clock, self._until).run()

    def _take(
        self,
        ended: Ended[Receipt],
        receipts: dict[str, Receipt],
        reason: Reason,
        place: tuple[int, int],
    ) -> None:
        name, result, seconds, tries = ended.name, ended.result, ended.seconds, ended.tries
        at = self._at()
        self._seconds[name] = seconds
        if isinstance(result, OmnigridError):
            refusal = Refusal(name, result)
            self.refusals.append(refusal)
            self._note(Refused(at, name, result.message, result.exit_code, tries, reason))
            self._observer.told(Told(refusal, seconds, tries, *place))
        else:
            receipts[name] = result
            if result.unsquashed:
                self.refusals.append(Refusal(name, history_conflict(result)))
            done = (result.action, result.commit, seconds, result.bytes, tries, reason)
            self._note(Done(at, name, *done))
            self._observer.told(Told(result, seconds, tries, *place))

    def _for_each(
        self,
        work: Callable[[Given], Got],
        items: Mapping[str, Given],
        destinations: Iterable[Destination],
    ) -> dict[str, Got]:
        clock = self._observer.clock
        queue = queue_of(destinations, clock(), paced=False)
        found: dict[str, Got] = {}
        for ended in FanOut(work, items, queue, clock, self._until).run():
            if isinstance(ended.result, OmnigridError):
                self.refusals.append(Refusal(ended.name, ended.result))
            else:
                found[ended.name] = ended.result
        return found

    def _note(self, entry: Entry) -> None:
        self._journal.add(entry)

    def _at(self) -> float:
        return self._observer.now()

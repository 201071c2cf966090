"""The reception of the preview: it knows what was built last, tells open pages, and answers."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from omnigrid import __version__
from omnigrid.answering import Desk, settings_of
from omnigrid.build import Built
from omnigrid.foretaste import Known
from omnigrid.inbox import Inbox
from omnigrid.learner import Learner
from omnigrid.matching import matcher_of
from omnigrid.model.errors import OmnigridError
from omnigrid.model.service import Condition, Configuration, Fault, Package, Problem, Query
from omnigrid.plan.api import VERSION
from omnigrid.serve.hub import Hub
from omnigrid.serve.operations import Answer, Asked
from omnigrid.serve.stage import Stage

Result = TypeVar("Result")
_TRUE = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}
_MANY = 1000
"""More brands than these are not indexed before somebody asks: it takes seconds."""
_LONGEST = 600.0
"""Seconds for which somebody who publishes is kept waiting."""


class Reception:
    """Stands between the thread that builds and the server. An ``Audience`` of the preview."""

    def __init__(
        self,
        stage: Stage,
        hub: Hub,
        inbox: Inbox,
        send: Callable[[Desk, str, bool], Package],
        tell: Callable[[Built | Exception, float], tuple[Fault, ...]],
    ) -> None:
        """``send`` publishes a brand; ``tell`` says what came of a build and gives its faults."""
        self._stage, self._hub, self._inbox = stage, hub, inbox
        self._send, self._tell = send, tell
        self._desk: Desk | None = None
        self._learner = Learner()

    def close(self) -> None:
        """Stop working."""
        self._learner.close()

    def looked_at(self) -> frozenset[str]:
        """Return the pages that are open, by their paths."""
        return self._hub.pages

    def changed(self) -> None:
        """Have open pages look at what changed for them."""
        self._hub.tell()

    def built(self, built: Built, known: Known, seconds: float) -> None:
        """Answer from what was built, from now on."""
        self._stage.faults = self._tell(built, seconds)
        portfolio = known.views.portfolio
        make = partial(matcher_of, portfolio, known.index)
        self._learner.learn(make, at_once=len(portfolio.brands) <= _MANY)
        self._desk = Desk(known, self._learner.matcher)

    def failed(self, error: Exception) -> None:
        """Show why nothing was built; questions are answered from what was built before."""
        self._stage.faults = self._tell(error, 0.0)

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answer to each operation."""
        return {
            "query_intent": self._query,
            "brand": lambda asked: self._now.brand_document(asked.path["id"]),
            "sectors": lambda _: self._now.overview("sectors.json"),
            "sector": lambda asked: self._now.sector_document(asked.path["id"]),
            "template": lambda asked: self._now.template_document(asked.path["id"]),
            "stats": lambda _: self._now.stats(),
            "status": lambda _: self._now.overview("status.json"),
            "health": lambda _: self._condition(),
            "config": lambda _: Configuration(VERSION, settings_of(self._now.portfolio.config)),
            "deploy": self._deploy,
        }

    @property
    def _now(self) -> Desk:
        if self._desk is None:
            hint = "mend what the pages show, and ask again"
            raise Problem(503, "the portfolio has not been built yet: it has faults", hint)
        return self._desk

    def _condition(self) -> Condition:
        faults = len(self._stage.faults)
        return Condition("faults" if faults else "ok", faults, __version__)

    def _query(self, asked: Asked) -> object:
        query = asked.body
        assert isinstance(query, Query)  # noqa: S101  (the operation takes no other)
        try:
            return self._now.find(query)
        except TimeoutError:
            raise Problem(503, "the index of intents is being made", "ask again") from None

    def _deploy(self, asked: Asked) -> Package:
        confirmed = _TRUE.get(asked.query.get("confirm", "").lower())
        if confirmed is None:
            raise Problem(400, "confirm is true or false", "say confirm=true, or leave it out")
        desk, brand = self._now, asked.query.get("brand_id", "")
        desk.brand(brand)  # Tells of an unknown one before anything waits.
        try:
            return self._done(lambda: self._send(desk, brand, confirmed))
        except OmnigridError as error:
            raise Problem(409, error.message, error.hint) from error

    def _done(self, work: Callable[[], Result]) -> Result:
        """Return what work comes to that is done between builds, never beside one."""
        try:
            return self._inbox.done(work, _LONGEST)
        except TimeoutError:
            hint = "see in the terminal of the preview what it is at"
            raise Problem(503, "this takes longer than anybody waits", hint) from None

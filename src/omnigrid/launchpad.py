"""The launchpad of the preview: takes files and orders, one launch at a time, and tells of it."""

import traceback
from collections.abc import Callable, Mapping
from typing import TypeVar

from omnigrid.inbox import Errand, Inbox
from omnigrid.intake.need import need_of
from omnigrid.intake.page import PageDraft
from omnigrid.launch import Crew, Flight
from omnigrid.launch_look import Prepared, prepare
from omnigrid.model.errors import InputError, OmnigridError
from omnigrid.model.launching import Launch, LaunchState, Look, Uploaded
from omnigrid.model.service import Problem
from omnigrid.serve.operations import Answer, Asked
from omnigrid.tracking import Tracker
from omnigrid.uploads import Uploads

Result = TypeVar("Result")
_LONGEST = 60.0
"""Seconds for which somebody who wants to look is kept waiting."""
_LONGEST_NAME = 255


class Launchpad:
    """Answers what the page "Launch" asks. Work is done by errands, between builds."""

    def __init__(
        self, inbox: Inbox, crew: Crew, tracker: Tracker, say: Callable[[str], None]
    ) -> None:
        """``say`` prints what a programmer has to know."""
        self._inbox, self._crew, self._tracker, self._say = inbox, crew, tracker, say
        self._uploads = Uploads()

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answer to each operation."""
        return {
            "upload": self._upload,
            "look": lambda asked: self._look(_order(asked)).look,
            "launch": lambda asked: self._launch(_order(asked)),
            "launched": self._state,
        }

    def _upload(self, asked: Asked) -> Uploaded:
        name = asked.query.get("name", "")
        if not name or len(name) > _LONGEST_NAME:
            raise Problem(400, "the name of the file is missing", "say ?name=, up to 255 letters")
        try:
            return self._uploads.take(name, asked.body)
        except InputError as error:
            raise Problem(422, error.message, error.hint) from None

    def _look(self, order: Launch) -> Prepared:
        drafts = self._drafts(order)
        try:
            return self._between_builds(lambda: prepare(self._crew.workspace(), order, drafts))
        except OmnigridError as error:
            status = 422 if isinstance(error, InputError) else 409
            raise Problem(status, error.message, error.hint) from error

    def _drafts(self, order: Launch) -> tuple[PageDraft, ...]:
        if order.file:
            drafts = self._uploads.find(order.file)
            if drafts is None:
                raise Problem(404, "this file is not kept any more", "drop it again")
            return drafts
        if not order.intent.strip():
            raise Problem(422, "there is neither file nor intent", "drop a file, or say your need")
        return (need_of(order.intent),)

    def _launch(self, order: Launch) -> LaunchState:
        if not self._tracker.claim():
            state = self._tracker.state()
            hint = f'wait for "{state.title or "it"}", which began {state.seconds:.0f} s ago'
            raise Problem(409, "a launch is running already", hint)
        try:
            prepared = self._look(order)
            _require_brand(prepared.look)
        except BaseException:
            self._tracker.give_up()
            raise
        pages = [each for each in prepared.look.pages if each.brand]
        budget = prepared.portfolio.config.publish.budget_seconds
        self._tracker.about(pages[0].title, budget, pages)
        flight = Flight(self._crew, prepared, order.confirmed, self._tracker)
        self._inbox.put(Errand(lambda: self._fly(flight)))
        return self._tracker.state()

    def _fly(self, flight: Flight) -> None:
        """Run a launch to its end, whatever happens on the way."""
        try:
            flight.run()
        except OmnigridError as error:
            self._tracker.fail(error.message, error.hint)
        except Exception as error:
            self._say("".join(traceback.format_exception(error)))
            what = f"this is a bug of omnigrid, not your mistake: {type(error).__name__}"
            self._tracker.fail(what, "the terminal of the preview shows more")

    def _state(self, asked: Asked) -> LaunchState:
        since = asked.query.get("since", "0")
        if not (since.isascii() and since.isdigit()) or len(since) > 6:
            raise Problem(400, "since is the number of a line", "leave it out for all lines")
        return self._tracker.state(int(since))

    def _between_builds(self, work: Callable[[], Result]) -> Result:
        try:
            return self._inbox.done(work, _LONGEST)
        except TimeoutError:
            hint = "see in the terminal of the preview what it is at"
            raise Problem(503, "the preview is busy with a build", hint) from None


def _order(asked: Asked) -> Launch:
    order = asked.body
    assert isinstance(order, Launch)  # noqa: S101  (the operation takes no other)
    return order


def _require_brand(look: Look) -> None:
    """Raise Problem where no page has a brand: it would stand on no site."""
    if any(page.brand for page in look.pages):
        return
    if not look.pages:
        first = look.not_taken[0]
        raise Problem(409, first.message, first.hint)
    near = look.pages[0].nearest
    hint = "say in more words what is needed, or choose a sector"
    hint += f"; the nearest is {near.name}" if near else ""
    raise Problem(409, "no confident match: no brand answers this well enough", hint)

"""A launch, from top to bottom: written, built, published. The tracker is told of every step."""

from collections.abc import Callable, Collection
from functools import partial

from msgspec import Struct

from omnigrid.drop import drop
from omnigrid.intake.dropped import Placed
from omnigrid.launch_look import (
    Prepared,
    file_of,
    name_of,
    place_of,
    published_pages,
    told,
)
from omnigrid.model.errors import OmnigridError
from omnigrid.model.launching import Sent
from omnigrid.model.names import BrandId
from omnigrid.model.publishing import Destination
from omnigrid.model.service import Fault, PackageTarget
from omnigrid.package import Dispatch, send_to
from omnigrid.plan.addresses import commit_address, page_address
from omnigrid.run.executors import Progress
from omnigrid.tracking import PHASES, Tracker
from omnigrid.workspace import Workspace

_STEPS = len(PHASES)
"""What publishing to one target counts: each of its phases."""
_DONE = {"published", "unchanged"}


class Crew(Struct, frozen=True):
    """Who does the work of a launch."""

    workspace: Callable[[], Workspace]
    """Gives one that compares the portfolio with its commit."""
    build: Callable[[Progress], Exception | None]
    """Brings what is served to what the files say; returns what stood in the way."""
    dispatch: Callable[[Callable[[str], None]], Dispatch]
    """Gives what publishing needs, told who hears when each of its phases begins."""
    faults: Callable[[], tuple[Fault, ...]]
    """Returns what stood in the way of the last build, as pages show it."""


class Flight:
    """One launch that is under way. Works in the thread that builds."""

    def __init__(
        self, crew: Crew, prepared: Prepared, confirmed: Collection[str], tracker: Tracker
    ) -> None:
        """``confirmed`` are targets on other machines that may be published to, by their names."""
        self._crew, self._prepared, self._tracker = crew, prepared, tracker
        self._confirmed = confirmed
        self._brands = {brand.id: brand for brand in prepared.portfolio.brands}
        self._told = 0
        """Steps of publishing of which the tracker knows that they began."""

    def run(self) -> None:
        """Write, build and publish. Raises what is our own fault."""
        placed = self._write()
        if placed and self._build(placed) and (shown := self._shown(placed)):
            self._deploy(shown)

    def _write(self) -> tuple[Placed, ...]:
        """Write the pages and return them; none where that was refused."""
        tracker, prepared = self._tracker, self._prepared
        tracker.phase("prepare", total=2)
        for looked in prepared.look.pages:
            for line in told(looked):
                tracker.say(line)
        tracker.step(1, 2)
        try:
            dropped = drop(self._crew.workspace(), prepared.drafts, prepared.stated)
        except OmnigridError as error:
            tracker.fail(error.message, error.hint)
            return ()
        for each in dropped.refused:
            tracker.say(f"not taken: {each.name}: {each.error.message}")
        placed = tuple(each for each in dropped.placed if each.brand in self._brands)
        for page in placed:
            tracker.say(f"wrote {', '.join(page.files)}")
        if not placed:
            why = dropped.refused[0].error if dropped.refused else None
            message = why.message if why else "no brand answers it well enough any more"
            tracker.fail(message, why.hint if why else "the page is kept; reword its `intent:`")
        return placed

    def _build(self, placed: Collection[Placed]) -> bool:
        """Build, and tell whether that was possible."""
        tracker, paths = self._tracker, ", ".join(each.path for each in placed)
        error = self._crew.build(self._rendered)
        if error is not None:
            said = error.message if isinstance(error, OmnigridError) else type(error).__name__
            hint = f"nothing was published. {paths} is kept: mend what is named here, then publish"
            tracker.fail(f"the portfolio was not built: {said}", hint, self._crew.faults())
            return False
        self._rendered(1, 1)
        return True

    def _shown(self, placed: Collection[Placed]) -> tuple[Placed, ...]:
        """Return the pages that publishing shows; none, after saying so, where all are hidden."""
        tracker, workspace = self._tracker, self._crew.workspace()
        public = published_pages(workspace)
        for each in placed:
            if each.path not in public:
                tracker.say(f"{each.path} stays here: it is a draft, or has expired")
        built = [each for each in placed if (workspace.out / file_of(each, self._brands)).is_file()]
        tracker.hide({each.path for each in placed if each not in built})
        shown = tuple(each for each in built if each.path in public)
        if not shown:
            paths = ", ".join(each.path for each in placed)
            hint = f"{paths} is kept: take out `draft: true`, or a day in `expires:` that has gone"
            tracker.fail("nothing was published: the page is hidden", f"{hint}, then publish")
            return ()
        tracker.say("built; every file is as the manifest says")
        if workspace.drafts:
            tracker.say("drafts and expired pages stay in the preview: they are not published")
        return shown

    def _rendered(self, done: int, total: int) -> None:
        """Hear from the engine: it renders only once all was read, checked, matched and planned."""
        tracker = self._tracker
        if tracker.phase_name == "prepare":
            tracker.phase("render", total)
            tracker.say(f"read, checked, matched and planned; rendering what is stale: {total:,}")
        tracker.step(done, total)

    def _deploy(self, placed: tuple[Placed, ...]) -> None:
        carriers, sent = self._prepared.carriers, []
        self._tracker.phase("deploy", len(carriers) * _STEPS)
        for number, target in enumerate(carriers):
            sent.append(self._sent(target, number, placed[0]))
        refused = [each for each in sent if each.outcome == "refused"]
        if refused:
            names = ", ".join(each.name for each in refused)
            message = f"{names}: {refused[0].detail}"
            kept = f"{placed[0].path} is kept, and stands in the preview"
            self._tracker.fail(message, f"{refused[0].hint}; {kept}".lstrip("; "), (), sent)
        else:
            self._tracker.end(sent)

    def _sent(self, target: Destination, number: int, page: Placed) -> Sent:
        """Publish to one target. What is not committed goes along where somebody confirmed that,
        and it is nothing but these pages."""
        tracker, total = self._tracker, len(self._prepared.carriers) * _STEPS
        began = partial(self._began, target, number * _STEPS, total)
        confirmed = target.name in self._confirmed
        allowed = confirmed and not self._prepared.look.is_dirty
        done = send_to(target, self._crew.dispatch(began), confirmed=confirmed, allow_dirty=allowed)
        tracker.step((number + 1) * _STEPS, total)
        tracker.say(f"{target.name}: {_outcome(done)}")
        return self._receipt(target, done, page)

    def _began(self, target: Destination, before: int, total: int, phase: str) -> None:
        done = before + [*PHASES].index(phase)
        if done >= self._told:  # It begins again where it finds that there is something to do.
            self._tracker.step(done, total)
            self._tracker.say(f"{target.name}: {phase}")
        self._told = done + 1

    def _receipt(self, target: Destination, done: PackageTarget, page: Placed) -> Sent:
        commit = done.detail if done.outcome in _DONE else ""
        portfolio, brand = self._prepared.portfolio, self._brands[page.brand or BrandId("")]
        address = page_address(target, portfolio, brand.slug, name_of(page))
        return Sent(
            name=target.name,
            kind=target.kind,
            is_local=done.is_local,
            repository=place_of(target, self._crew.workspace()),
            branch=target.branch,
            outcome=done.outcome,
            detail=done.detail if done.outcome == "refused" else "",
            hint=done.hint,
            commit=commit,
            commit_url=commit_address(target, commit),
            page_url="" if done.is_local or not commit else address,
        )


def _outcome(done: PackageTarget) -> str:
    if done.outcome in _DONE:
        return f"{done.outcome}, commit {done.detail[:10]}"
    return f"{done.outcome}: {done.detail}"

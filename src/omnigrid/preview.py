"""The preview, from top to bottom: a file is saved, it is rebuilt, open pages are told."""

from collections.abc import Callable, Collection, Mapping
from typing import Protocol, assert_never

from msgspec.structs import replace

from omnigrid.build import Built, build_whole
from omnigrid.foretaste import Known, foretaste
from omnigrid.inbox import Closed, Errand, GivingWay, Inbox, Superseded, Touched
from omnigrid.load.disk import DiskTree
from omnigrid.model.errors import OmnigridError, Transient
from omnigrid.model.names import OutPath, SourcePath
from omnigrid.plan.cards import SITES
from omnigrid.reading import read_files
from omnigrid.run.collecting import collect
from omnigrid.run.executors import Executor, Progress
from omnigrid.serve.shelf import Shelf
from omnigrid.warm import Readings
from omnigrid.workspace import Workspace

_AGAIN = 1.0
"""Seconds after which is tried again what the disk or another process refused."""
_PATIENT = 10.0
"""Seconds after which a build gives way no longer: there are pages that nobody looks at, too."""
_DRAWN = 0.25
"""Seconds that browsers have for themselves to show a foretaste, before all is built."""

_TIDIED = 32
"""Builds between two looks for memory that nobody uses."""


class Audience(Protocol):
    """Who looks on. Told from the thread of the preview."""

    def looked_at(self) -> frozenset[str]:
        """Return the pages that are open, by their paths."""
        ...

    def changed(self) -> None:
        """Something else is served than before."""
        ...

    def built(self, built: Built, known: Known, seconds: float) -> None:
        """The whole portfolio was built."""
        ...

    def failed(self, error: Exception) -> None:
        """The portfolio was not built."""
        ...


def _unseen(_done: int, _total: int) -> None:
    """Show no progress."""


class Preview:
    """Keeps a build folder, and what is served of it, at what the files say.

    All work is done in one thread, that of ``run``; nothing here is locked.
    """

    def __init__(
        self,
        workspace: Callable[[], Workspace],
        inbox: Inbox,
        shelf: Shelf,
        audience: Audience,
        clock: Callable[[], float],
    ) -> None:
        """``workspace`` gives one in which no file has been looked at yet."""
        self._workspace, self._inbox, self._shelf = workspace, inbox, shelf
        self._audience, self._clock = audience, clock
        self._readings = Readings()
        self._known: Known | None = None
        self._touched: Touched = frozenset()
        self._seen: Mapping[SourcePath, str] = {}
        self._due: float | None = 0.0
        self._since = clock()
        self._place = workspace()
        self._builds = 0

    def run(self) -> None:
        """Work until the inbox is closed."""
        self._warm_up()
        while True:
            match self._inbox.take(self._due):
                case None:
                    self._build(GivingWay(self._is_wanted))
                case Errand(run=run):
                    run()
                case Closed():
                    return
                case frozenset() as touched:
                    self._taste(touched)
                case other:
                    assert_never(other)

    def build(self, executor: Executor, progress: Progress) -> Exception | None:
        """Build all of it, without giving way; return what stood in the way.

        Only before ``run``, or from an errand.
        """
        return self._build(executor, progress)

    def _fresh(self, workspace: Workspace) -> Workspace:
        """Return the same place where no file was looked at, but with all that is remembered."""
        memory = self._readings.over(workspace.file_memory, workspace.started)
        fresh = replace(workspace, kept=memory)
        assert fresh.started >= workspace.started  # noqa: S101  (asked now, before any look)
        return fresh

    def _warm_up(self) -> None:
        """Render a site of each pack, so that the templates of all are compiled in this thread."""
        if self._known is not None:
            one = {brand.template: brand.slug for brand in self._known.views.portfolio.brands}
            self._tasted(self._known, {f"/{SITES}{slug}/" for slug in one.values()})

    def _taste(self, touched: Touched) -> None:
        """Show what can be told at once; the build comes after."""
        if not touched:
            self._look_for_more()
            return
        if self._due is None:
            self._since = self._clock()
        self._touched |= touched
        known, self._due = self._known, 0.0
        if known is not None and (made := self._tasted(known, self._audience.looked_at())):
            self._shelf.lay_over(made)
            self._audience.changed()
            self._due = min(max(known.seconds / 3, _DRAWN), _AGAIN)

    def _tasted(self, known: Known, looked_at: Collection[str]) -> dict[OutPath, bytes]:
        """Return what can be shown before the build; what stands in the way, the build tells."""
        try:
            return foretaste(self._place, known, self._touched, looked_at)
        except OmnigridError:
            return {}
        except Exception as error:
            self._audience.failed(error)
            return {}

    def _is_wanted(self) -> bool:
        if self._inbox.closes:
            return False
        return not self._inbox.waits or self._clock() - self._since > _PATIENT

    def _build(self, executor: Executor, progress: Progress = _unseen) -> Exception | None:
        start = self._clock()
        self._place = self._workspace()
        workspace = self._fresh(self._place)
        fault: Exception | None = None
        try:
            self._seen = workspace.disk.paths()
            built = build_whole(workspace, executor, progress)
            seconds = self._clock() - start
            self._known = known = _known(workspace, built, seconds)
        except Superseded:
            return None
        except Exception as error:
            fault = error
            self._failed(error)
        else:
            self._touched, self._due = frozenset(), None
            self._shelf.clear()
            self._audience.built(built, known, seconds)
        self._since = self._clock()
        self._audience.changed()
        self._look_for_more()
        self._tidy()
        return fault

    def _tidy(self) -> None:
        """Give back, now and then, what connections of long ago left in circles.

        Python looks for these by itself only among what is new: a stream that was open while
        something was built is no longer that.
        """
        self._builds += 1
        if self._builds % _TIDIED == 0:
            collect()

    def _failed(self, error: Exception) -> None:
        """Keep what was built last; what may be different in a moment is tried again."""
        self._due = _AGAIN if isinstance(error, Transient) else None
        self._shelf.clear()
        self._audience.failed(error)

    def _look_for_more(self) -> None:
        """Have rebuilt what was changed since the last build began, seen by the watch or not."""
        try:
            before, now = self._seen, DiskTree(self._place.root).paths()
        except OSError:  # The next build says why.
            return
        changed = {p for p in before.keys() | now.keys() if before.get(p) != now.get(p)}
        if changed:
            self._inbox.put(frozenset(map(SourcePath, changed)))


def _known(workspace: Workspace, built: Built, seconds: float) -> Known:
    files = read_files(workspace.tree, workspace.overrides, workspace.memory).files
    readings = {each.path: each for each in files}
    views, packs = built.blueprint.views, built.blueprint.packs
    return Known(readings, workspace.disk.paths(), views, packs, workspace.memory.index, seconds)

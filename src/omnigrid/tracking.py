"""How far a launch is: told by whoever works, in one thread, and asked from any other."""

from collections.abc import Callable, Collection, Sequence
from threading import Lock

from msgspec.structs import replace

from omnigrid.model.launching import (
    LaunchFailure,
    LaunchPage,
    LaunchPhase,
    LaunchState,
    LogLine,
    Sent,
)
from omnigrid.model.names import printable
from omnigrid.model.service import Fault

PHASES = {"prepare": "INHALE", "render": "HOLD", "deploy": "EXHALE"}
"""The phases of publishing, in their order, and what users of the origin system call them."""
_LONGEST = 500
"""Lines of a log; what comes after is done, but not told."""


class Tracker:
    """The state of a launch, replaced as a whole with each step. ``now`` is for the log."""

    def __init__(self, clock: Callable[[], float], now: Callable[[], float]) -> None:
        self._clock, self._now, self._lock = clock, now, Lock()
        self._state = LaunchState()
        self._kept = self._state
        self._began = self._phase_began = 0.0

    def state(self, since: int = 0) -> LaunchState:
        """Return how far it is, with the lines of the log from number ``since`` on."""
        state = self._state
        log, running = state.log[since:], state.state == "running"
        seconds = self._clock() - self._began if running else state.seconds
        return replace(state, log=log, lines=len(state.log), seconds=round(seconds, 3))

    @property
    def phase_name(self) -> str:
        """The phase that runs; empty where none does."""
        return next((p.phase for p in self._state.phases if p.state == "running"), "")

    def claim(self) -> bool:
        """Begin a launch, unless one runs: tell whether it is ours."""
        with self._lock:
            if self._state.state == "running":
                return False
            self._kept = self._state
            self._began = self._phase_began = self._clock()
            phases = tuple(LaunchPhase(*each) for each in PHASES.items())
            number = self._state.number + 1
            self._state = LaunchState(number=number, state="running", phases=phases)
            return True

    def give_up(self) -> None:
        """Take the beginning back: nothing was done."""
        self._state = self._kept

    def about(self, title: str, budget: int, pages: Sequence[LaunchPage]) -> None:
        """Say what is launched, and within how many seconds."""
        pages = tuple(pages)
        self._state = replace(self._state, title=title, budget_seconds=budget, pages=pages)

    def hide(self, paths: Collection[str]) -> None:
        """Say which of the pages were written and are not shown."""
        pages = tuple(replace(each, is_hidden=each.path in paths) for each in self._state.pages)
        self._state = replace(self._state, pages=pages)

    def phase(self, name: str, total: int = 0) -> None:
        """Begin a phase, which ends the one before."""
        self._close("done")
        self._phase_began = self._clock()
        self._change(name, state="running", total=total)

    def step(self, done: int, total: int) -> None:
        """Say how much of the phase is done."""
        self._change(self.phase_name, done=done, total=total)

    def say(self, text: str) -> None:
        """Add a line to the log."""
        if len(self._state.log) < _LONGEST:
            line = LogLine(round(self._now(), 3), printable(" ".join(text.split())))
            self._state = replace(self._state, log=(*self._state.log, line))

    def end(self, targets: Sequence[Sent]) -> None:
        """End it, and say what came of each target."""
        self._close("done")
        self._finish("done", targets)

    def fail(
        self, message: str, hint: str, faults: Sequence[Fault] = (), targets: Sequence[Sent] = ()
    ) -> None:
        """End it before its end, and say why."""
        phase = self.phase_name or "prepare"
        self.say(f"stopped: {message}")
        self._close("failed")
        failure = LaunchFailure(phase, message, hint, tuple(faults))
        self._state = replace(self._state, failure=failure)
        self._finish("failed", targets)

    def _finish(self, name: str, targets: Sequence[Sent]) -> None:
        seconds = round(self._clock() - self._began, 3)
        self._state = replace(self._state, state=name, seconds=seconds, targets=tuple(targets))

    def _close(self, state: str) -> None:
        for each in self._state.phases:
            if each.state == "running":
                seconds = round(self._clock() - self._phase_began, 3)
                done = each.total if state == "done" else each.done
                self._change(each.phase, state=state, seconds=seconds, done=done)

    def _change(self, name: str, **changes: object) -> None:
        phases = tuple(
            replace(each, **changes) if each.phase == name else each for each in self._state.phases
        )
        self._state = replace(self._state, phases=phases)

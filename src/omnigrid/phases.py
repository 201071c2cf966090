"""The phases of publishing: how long each took."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct


class Phase(Struct, frozen=True):
    """A phase of publishing and how long it took."""

    name: str
    seconds: float


class Watch:
    """Measures phases. Nothing sleeps."""

    def __init__(self, clock: Callable[[], float], began: Callable[[str], None]) -> None:
        """``began`` is called with the name of each phase when it begins."""
        self._clock, self._began = clock, began
        self.start = clock()
        self.phases: list[Phase] = []

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Measure what is done within."""
        start = self._clock()
        self._began(name)
        yield
        self.phases.append(Phase(name, self._clock() - start))

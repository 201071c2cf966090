"""What matches intents, made beside everything else: nobody who asks waits for an edit."""

from collections.abc import Callable
from functools import partial
from threading import Condition, Thread

from omnigrid.match.score import Matcher

Make = Callable[[], Matcher]
_LONGEST = 60.0
"""Seconds for which is waited for the first one: ten thousand brands take a while."""


class Learner:
    """Has the last matcher that is ready, and makes the next one."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._wanted: tuple[Make, float] | None = None
        self._ready: Matcher | None = None
        self._closed = False
        self._thread: Thread | None = None

    def close(self) -> None:
        """Stop working."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def learn(self, make: Make, seconds: float) -> None:
        """Have a matcher made, once nothing newer is wanted for some seconds."""
        with self._changed:
            self._wanted = (make, seconds if self._ready is not None else 0.0)
            self._changed.notify_all()
        if self._thread is None:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()

    def matcher(self) -> Matcher:
        """Return the last matcher; waits for the first. Raises TimeoutError."""
        with self._changed:
            self._changed.wait_for(lambda: self._ready is not None, _LONGEST)
            if self._ready is None:
                raise TimeoutError
            return self._ready

    def _run(self) -> None:
        while (make := self._next()) is not None:
            matcher = make()
            with self._changed:
                self._ready = matcher
                self._changed.notify_all()

    def _next(self) -> Make | None:
        """Return how the next matcher is made; None when the work is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._wanted is not None or self._closed)
            while not self._closed and self._wanted is not None:
                wanted = self._wanted
                if not self._changed.wait_for(partial(self._is_newer, wanted), wanted[1]):
                    self._wanted = None
                    return wanted[0]
            return None

    def _is_newer(self, than: tuple[Make, float]) -> bool:
        return self._closed or self._wanted is not than

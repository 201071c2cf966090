"""What matches intents, made beside everything else: nobody who asks waits for an edit."""

from collections.abc import Callable
from threading import Condition, Thread

from omnigrid.match.score import Matcher

Make = Callable[[], Matcher]
_LONGEST = 60.0
"""Seconds for which is waited for the first one: ten thousand brands take a while."""


class Learner:
    """Has the last matcher that is ready, and makes the next one, in a thread of its own."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._wanted: Make | None = None
        self._ready: Matcher | None = None
        self._asked = self._closed = False
        self._thread: Thread | None = None

    def close(self) -> None:
        """Stop working."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def learn(self, make: Make, *, at_once: bool) -> None:
        """Have a matcher made; when somebody asks, or ``at_once``."""
        with self._changed:
            self._wanted, self._asked = make, at_once
            self._changed.notify_all()
        if self._thread is None:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()

    def matcher(self) -> Matcher:
        """Return the last matcher; waits for the first, and no more. Raises TimeoutError."""
        with self._changed:
            self._asked = True
            self._changed.notify_all()
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
        """Return how the next matcher is made, as soon as one is wanted; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (self._asked and bool(self._wanted)))
            make, self._wanted = self._wanted, None
            return None if self._closed else make

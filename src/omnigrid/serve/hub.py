"""The open pages, and the stream of events that each listens to (WHATWG HTML, 9.2)."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from omnigrid.model.service import Problem
from omnigrid.serve.marks import Mark

BEAT = 15.0
"""Seconds after which a quiet stream says that it lives; a connection that is gone is noticed."""
MOST = 64
"""Streams at once. A browser opens six, and hidden pages close theirs."""

MarkOf = Callable[[str], Mark]
"""Gives the mark of what is served at a path."""
Notes = Callable[[], dict[str, Any]]
"""Gives what every page is to know besides: the faults."""


class Hub:
    """Tells open pages what changed for them. Lives in one event loop."""

    def __init__(self, mark: MarkOf, notes: Notes) -> None:
        self._mark, self._notes = mark, notes
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open: dict[asyncio.Event, str] = {}
        self._closed = False

    @property
    def pages(self) -> frozenset[str]:
        """The paths of the pages that are looked at. May be asked from any thread."""
        return frozenset(self._open.copy().values())

    def tell(self) -> None:
        """Have every stream look at what changed. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """End all streams."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        for event in self._open:
            event.set()

    async def stream(self, path: str, seen: str) -> AsyncIterator[bytes]:
        """Yield the events for a page at ``path`` that was served with the mark ``seen``."""
        with self._listening(path) as changed:
            known = self._mark(path)
            noted = self._notes()
            yield _event("hello", {"mark": known.text}) + _event("notes", noted)
            if seen and seen != known.text:
                yield _event("reload", {})
            while not self._closed:
                try:
                    await asyncio.wait_for(changed.wait(), BEAT)
                except TimeoutError:
                    yield b":\n\n"
                    continue
                changed.clear()
                now, notes = self._mark(path), self._notes()
                for event in _differences(known, now):
                    yield event
                if notes != noted:
                    yield _event("notes", notes)
                known, noted = now, notes

    @contextmanager
    def _listening(self, path: str) -> Iterator[asyncio.Event]:
        if len(self._open) >= MOST:
            raise Problem(429, "too many pages are open", "close some of them")
        self._loop, changed = asyncio.get_running_loop(), asyncio.Event()
        self._open[changed] = path
        try:
            yield changed
        finally:
            del self._open[changed]


def _differences(before: Mark, now: Mark) -> Iterator[bytes]:
    """Yield what a page has to do: nothing, exchange style sheets, or load itself again."""
    if before.page != now.page or before.styles.keys() != now.styles.keys():
        yield _event("reload", {})
    elif before.styles != now.styles:
        changed = {p: d for p, d in now.styles.items() if before.styles[p] != d}
        yield _event("styles", {"styles": changed, "mark": now.text})


def _event(name: str, data: object) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), msgspec.json.encode(data))

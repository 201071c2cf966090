"""The events that an open page hears, in the order in which it has to hear them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from omnigrid.model.names import Digest
from omnigrid.model.service import Problem
from omnigrid.serve import hub as hubs
from omnigrid.serve.hub import Hub
from omnigrid.serve.marks import Mark

Result = TypeVar("Result")


class World:
    """What is served, and what speaks against it."""

    def __init__(self) -> None:
        self.mark = Mark(Digest("1"), {"a.css": "1"})
        self.faults = 0
        self.hub = Hub(lambda _: self.mark, lambda: {"count": self.faults})


def told(story: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run a story in a loop of its own: beside tests of the browser, this thread has one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(story())).result()


async def heard(stream: AsyncIterator[bytes]) -> str:
    return (await asyncio.wait_for(anext(stream), 10)).decode()


def test_a_page_hears_of_what_changed_for_it_and_of_nothing_else() -> None:
    async def story() -> list[str]:
        world, said = World(), []
        stream = world.hub.stream("/", world.mark.text)
        said.append(await heard(stream))
        world.hub.tell()
        world.mark = Mark(Digest("1"), {"a.css": "2"})
        world.hub.tell()
        said.append(await heard(stream))
        world.mark = Mark(Digest("2"), {"a.css": "2"})
        world.faults = 3
        world.hub.tell()
        said += [await heard(stream), await heard(stream)]
        await stream.aclose()  # type: ignore[attr-defined]
        assert world.hub.pages == frozenset()
        return said

    hello, styles, reload, notes = told(story)
    assert hello.startswith("event: hello")
    assert 'event: notes\ndata: {"count":0}' in hello
    assert styles.startswith("event: styles")
    assert '"a.css":"2"' in styles
    assert reload.startswith("event: reload")
    assert notes.startswith('event: notes\ndata: {"count":3}')


def test_a_page_that_missed_a_change_hears_of_it_at_once() -> None:
    async def story() -> str:
        world = World()
        stream = world.hub.stream("/", "an older mark")
        await heard(stream)
        return await heard(stream)

    assert told(story).startswith("event: reload")


def test_streams_end_when_the_server_does() -> None:
    async def story() -> None:
        world = World()
        stream = world.hub.stream("/", "")
        await heard(stream)
        world.hub.close()
        with pytest.raises(StopAsyncIteration):
            await heard(stream)

    told(story)


def test_there_is_a_limit_of_open_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "MOST", 1)

    async def story() -> None:
        world = World()
        first = world.hub.stream("/", "")
        await heard(first)
        assert world.hub.pages == {"/"}
        with pytest.raises(Problem, match="too many"):
            await heard(world.hub.stream("/", ""))

    told(story)

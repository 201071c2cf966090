"""What stands between git and a server on loopback: accepts connections, in a thread of its own."""

import asyncio
import ssl
from abc import ABC, abstractmethod
from asyncio import StreamReader, StreamWriter
from contextlib import AsyncExitStack, suppress
from threading import Event, Thread
from types import TracebackType
from typing import Self

from support.servers.program import LOOPBACK, listen

BLOCK = 65_536


class Relay(ABC):
    """Listens on ``port`` for as long as the block that it opens; each connection is served."""

    def __init__(self, upstream: int, context: ssl.SSLContext | None = None) -> None:
        self.upstream = upstream
        self._context = context
        self._listening = listen()
        self.port: int = self._listening.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._serving: set[asyncio.Task[None]] = set()
        self._ready, self._over = Event(), asyncio.Event()

    @abstractmethod
    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Serve a connection to its end."""

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._loop.run_until_complete, args=[self._run()])
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._loop.close()

    async def _run(self) -> None:
        server = await asyncio.start_server(
            self._begin, sock=self._listening, ssl=self._context, limit=BLOCK
        )
        self._ready.set()
        await self._over.wait()
        server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await asyncio.sleep(0)  # what was aborted is closed in the loop's next round
        await asyncio.sleep(0)

    def _begin(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = self._loop.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            async with _closing(writer):
                await self.serve(reader, writer)

    async def connect(self, stack: AsyncExitStack) -> tuple[StreamReader, StreamWriter]:
        """Return a connection to the server, which ends with ``stack``."""
        reader, writer = await asyncio.open_connection(LOOPBACK, self.upstream, limit=BLOCK)
        await stack.enter_async_context(_closing(writer))
        return reader, writer


class _closing:  # noqa: N801  (reads like contextlib's)
    """Ends a connection in order, or at once where its task is cancelled."""

    def __init__(self, writer: StreamWriter) -> None:
        self._writer = writer

    async def __aenter__(self) -> None:
        pass

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is asyncio.CancelledError:
            self._writer.transport.abort()
            return
        self._writer.close()
        with suppress(ConnectionError, ssl.SSLError):
            await self._writer.wait_closed()

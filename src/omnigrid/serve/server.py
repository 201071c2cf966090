"""A server on a socket of ours: patient, but not for ever; it ends when it is told to."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from omnigrid.model.errors import Transient

PREFERRED = 4600
"""The port that is taken where it is free, so that an address in a browser stays good."""
MOST = 256
"""Connections at once."""
SILENCE = 10.0
"""Seconds after which a connection is closed on which no request becomes complete."""


def listen(host: str, port: int | None) -> socket.socket:
    """Return a listening socket; any free port where none is named and the usual one is taken.

    Raises Transient where the port or the address cannot be had.
    """
    for wanted in (PREFERRED, 0) if port is None else (port,):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, wanted))
        except OSError as error:
            listening.close()
            if port is None and wanted:
                continue
            raise Transient(
                f"cannot listen at {host}, port {wanted}: {error.strerror or error}",
                "leave out --port, and a free one is taken; or end what listens there",
            ) from error
        listening.listen(MOST)
        return listening
    raise AssertionError(host)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def heed_signals() -> Event:
    """Return what is set when the process is told to end, before ``serve`` listens for it.

    Nothing is raised then: Python drops an interrupt that comes while it tidies up.
    """
    told = Event()
    for each in _SIGNALS:
        signal.signal(each, lambda _number, _frame: told.set())
    return told


def serve(app: ASGIApp, listening: socket.socket, told: Event, ended: Callable[[], None]) -> None:
    """Serve until the process is told to end, or was ``told`` before; ``ended`` is then called, to
    end open streams."""
    config = uvicorn.Config(
        app,
        http=_Patient,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=MOST,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
    )
    _Server(config, told, ended).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Ends at the first signal, with open streams, and leaves the exit code to us."""

    def __init__(self, config: uvicorn.Config, told: Event, ended: Callable[[], None]) -> None:
        super().__init__(config)
        self._told, self._ended = told, ended

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for each in _SIGNALS:
            loop.add_signal_handler(each, self._end)
        if self._told.is_set():
            self._end()
        yield

    def _end(self) -> None:
        self._ended()
        self.force_exit = self.should_exit
        self.should_exit = True


class _Patient(H11Protocol):
    """Closes a connection that stays silent, or sends its request a byte at a time."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.loop.call_later(SILENCE, self._watch, None)

    def _watch(self, before: object) -> None:
        """Close where no request has become complete since ``before`` was the last one."""
        if self.transport.is_closing():
            return
        waits = self.cycle is None or self.cycle.response_complete
        if waits and self.cycle is before:
            self.transport.close()
        else:
            self.loop.call_later(SILENCE, self._watch, self.cycle if waits else self)

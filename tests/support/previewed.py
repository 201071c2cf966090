"""A running `omnigrid preview`, as somebody has it open beside an editor."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from support.workspace import COMMAND, Workspace

PATIENCE = 60.0
"""Seconds for which anything is waited for: other tests may run beside this one."""


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


class Previewed:
    """A preview that is running, its address, and what it said."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process, self._log = process, log
        self.address = self._started()

    def said(self) -> str:
        """Return what it printed so far."""
        return self._log.read_text(encoding="utf-8")

    def wait_for(self, text: str, times: int = 1) -> None:
        """Wait until it printed a text so often."""
        wait_until(lambda: self.said().count(text) >= times, self.said)

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """Send a request as it is; underscores in the names of headers are hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(self.address.rstrip("/") + path, body or None, named, method=method)  # noqa: S310
        try:
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return Answer(answer.status, _lower(answer.headers), answer.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, _lower(error.headers), error.read())

    def stop(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def _started(self) -> str:
        def found() -> re.Match[str] | None:
            return re.search(r"^(http://\S+)  \(Ctrl-C", self.said(), re.MULTILINE)

        wait_until(lambda: found() or self.process.poll() is not None, self.said)
        address = found()
        assert address, f"ended with {self.process.poll()}: {self.said()}"
        return address[1]


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def wait_until(is_so: Any, said: Any = lambda: "") -> None:
    """Wait until something is so."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, f"waited in vain; {said()}"
        time.sleep(0.02)


def free_port() -> str:
    """Return a port that nobody listens at: not the usual one, which other tests may take."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return str(found.getsockname()[1])


IMPATIENT = (
    sys.executable,
    "-c",
    "import sys, omnigrid.cli, omnigrid.serve.server as server; server.SILENCE = 0.5; "
    "omnigrid.cli.main(sys.argv[1:])",
)
"""The command, with less patience for silent connections."""


@contextmanager
def previewed(
    workspace: Workspace,
    *arguments: str,
    program: Sequence[str] = (str(COMMAND),),
    **environment: str,
) -> Iterator[Previewed]:
    """Run a preview of a portfolio, and end it with Ctrl-C if it has not ended."""
    log = workspace.root.with_name(f"{workspace.root.name}-preview.log")
    with log.open("w", encoding="utf-8") as written:
        process = subprocess.Popen(
            [*program, "preview", *arguments],
            cwd=workspace.root,
            env=workspace.environment | environment,
            stdout=written,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        yield Previewed(process, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

"""A program that works for the tests: started below a warden, and ended with them."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

LOOPBACK = "127.0.0.1"
_WARDEN = Path(__file__).with_name("warden.py")


class Program:
    """A running program; what it prints goes to ``log``. Ends with the block that it opens.

    ``listening`` are sockets that it inherits with their numbers; ``stdin`` becomes its input.
    """

    def __init__(
        self,
        command: Iterable[str | Path],
        log: Path,
        environment: Mapping[str, str] | None = None,
        *,
        listening: Iterable[socket.socket] = (),
        stdin: socket.socket | None = None,
    ) -> None:
        self.log = log
        handed = {} if stdin is None else {"WARDEN_INPUT": str(stdin.fileno())}
        sockets = [*listening, *([stdin] if stdin else [])]
        with log.open("ab") as written:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", _WARDEN, *command],
                stdin=subprocess.PIPE,
                stdout=written,
                stderr=written,
                env={"PATH": search_path(), **(environment or {}), **handed},
                pass_fds=[each.fileno() for each in sockets],
                start_new_session=True,  # Ctrl-C is for the tests, which then end their servers
            )

    @property
    def pid(self) -> int:
        """The warden's process id."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether the program has ended, by itself or because it was told to."""
        return self._process.poll() is not None

    def wait_for(self, words: str) -> bool:
        """Wait until the log says ``words``; False where the program ends without saying them."""
        for _ in range(12_000):
            over = self.ended
            if words in self.log.read_text(errors="replace"):
                return True
            if over:
                return False
            time.sleep(0.01)
        raise AssertionError(f'{self.log.name} does not say "{words}": {self.log.read_text()}')

    def end(self) -> None:
        """End the program and everything that it started; return when it is gone."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()


def search_path() -> str:
    """The PATH with the folders of servers, which not every user's has."""
    return os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])


def need(program: str, package: str) -> Path:
    """Return where a program is; skip the test where it is not, fail where servers are required."""
    found = shutil.which(program, path=search_path())
    if found is None:
        absent(f"no {program} here; on Debian: apt install {package}")
    return Path(str(found))


def absent(reason: str) -> None:
    """Skip the test because a server cannot run here; fail where OMNIGRID_SERVERS=required."""
    if os.environ.get("OMNIGRID_SERVERS") == "required":
        pytest.fail(f"{reason} (OMNIGRID_SERVERS=required)")
    pytest.skip(reason)


def listen() -> socket.socket:
    """Return a socket that listens on a free port of loopback: who connects waits for a server."""
    made = socket.create_server((LOOPBACK, 0), backlog=128)
    made.setblocking(True)
    return made

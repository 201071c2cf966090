"""The command in a process that is forked, not started: all that it imports is there already.

A test runs the command many times, and to start Python and import everything takes longer than
most of what is asked. One server a test process imports it all once, and forks for each run a
child that has the run's own arguments, variables, folder, input and output.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TextIO

from support import forked
from support.forked import ROOM

_PYTHON = ("PATH", "PYTHON", "LANG", "LC_", "GIT_PYTHON_", "LD_")
"""How variables begin that say something when Python starts or imports."""


class ForkServer:
    """Runs the command in children of a process of its own, which ends with this one."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._asking = threading.Lock()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, forked.__file__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=_environment(),
            )
        atexit.register(self.end)

    def end(self) -> None:
        """End the server; what it has forked goes on."""
        self._line.close()
        self._process.wait()

    def start(
        self,
        arguments: Sequence[str],
        folder: Path,
        variables: Mapping[str, str],
        *,
        leads: bool = False,
    ) -> "Forked":
        """Begin a run. With ``leads`` it is the first of a session of its own."""
        answers, answering = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        (out, printing), (err, saying) = os.pipe(), os.pipe()
        asked = json.dumps([list(arguments), str(folder), dict(variables), leads]).encode()
        assert len(asked) < ROOM, "too many variables"
        nothing = os.open(os.devnull, os.O_RDONLY)
        handed = [nothing, printing, saying, answering.detach()]
        with self._asking:
            socket.send_fds(self._line, [asked], handed)
        for given in handed:
            os.close(given)
        return Forked(["omnigrid", *arguments], answers, out, err)


class Forked:
    """A run of the command that goes on, with the part of subprocess.Popen that tests need."""

    def __init__(self, asked: list[str], answers: socket.socket, out: int, err: int) -> None:
        self.args, self._answers = asked, answers
        self.pid = int(answers.recv(ROOM))
        self.returncode: int | None = None
        self.stdout = os.fdopen(out, encoding="utf-8")
        self.stderr = os.fdopen(err, encoding="utf-8")
        self._said: dict[TextIO, str] = {}
        self._readers: list[threading.Thread] = []

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Return what it printed and said when it has ended and all its children have hung up.

        Raises subprocess.TimeoutExpired where that takes longer; then this may be asked again.
        """
        if not self._readers:
            streams = (self.stdout, self.stderr)
            self._readers = [threading.Thread(target=self._read, args=[each]) for each in streams]
            for reader in self._readers:
                reader.start()
        ends = None if timeout is None else time.monotonic() + timeout
        for reader in self._readers:
            reader.join(None if ends is None else max(0, ends - time.monotonic()))
            if reader.is_alive():
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
        self.wait()
        return self._said[self.stdout], self._said[self.stderr]

    def poll(self) -> int | None:
        """Return its exit code; None where it goes on."""
        if self.returncode is None and select.select([self._answers], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self) -> int:
        """Wait for its end, and return its exit code."""
        if self.returncode is None:
            with self._answers:
                self.returncode = int(self._answers.recv(ROOM))
        return self.returncode

    def kill(self) -> None:
        """End it as `kill -9` does."""
        os.kill(self.pid, signal.SIGKILL)

    def _read(self, stream: TextIO) -> None:
        with stream:
            self._said[stream] = stream.read()


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def can_fork(variables: Mapping[str, str]) -> bool:
    """Whether these variables leave Python as the server has it, on a system that can do this."""
    own = {name: value for name, value in variables.items() if name.startswith(_PYTHON)}
    return hasattr(os, "pidfd_open") and own == _environment()


@cache
def fork_server() -> ForkServer:
    """Return the server of this process."""
    return ForkServer()

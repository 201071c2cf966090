"""The command in a process that is forked, not started: all that it imports is there already.

A test runs the command some times, and to start Python and import everything takes longer than
most of what is asked. One server a test process imports it all once, and forks for each run a
child that has the run's own arguments, variables, folder, input and output.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import select
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TextIO

_LIBRARIES = ("git", "jinja2.ext", "jinja2.sandbox", "PIL.ImageDraw", "PIL.ImageFont")
_OPTIONAL = ("omnigrid.run.dask", "omnigrid.__main__")
"""What takes long to import, and few runs need."""
_PYTHON = ("PATH", "PYTHON", "LANG", "LC_", "GIT_PYTHON_", "LD_")
"""How variables begin that say something when Python starts or imports."""
_ROOM = 1 << 18
_Asked = tuple[list[str], str, dict[str, str], bool]
"""Arguments, the folder to work in, variables, and whether to lead a session."""


class ForkServer:
    """Runs the command in children of a process of its own, which ends with this one."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._asking = threading.Lock()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
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
        assert len(asked) < _ROOM, "too many variables"
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
        self.pid = int(answers.recv(_ROOM))
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
                self.returncode = int(self._answers.recv(_ROOM))
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


def _read(end: int) -> bytes:
    with open(end, "rb") as stream:
        return stream.read()


def _import_everything() -> None:
    import omnigrid  # noqa: PLC0415  (by the server alone)

    for found in pkgutil.walk_packages(omnigrid.__path__, "omnigrid."):
        if found.name not in _OPTIONAL:
            with suppress(ImportError):
                importlib.import_module(found.name)
    for name in _LIBRARIES:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _serve(line: socket.socket) -> list[str]:
    """Fork for each run until the line is cut; return the arguments, in the child."""
    running: dict[int, tuple[int, int]] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd != line.fileno():
                    selector.unregister(key.fd)
                    _tell_end(key.fd, *running.pop(key.fd))
                    continue
                asked, handed, _, _ = socket.recv_fds(line, _ROOM, 4)
                if not asked:
                    raise SystemExit(0)
                if (child := os.fork()) == 0:
                    return _become(json.loads(asked), handed, [line.detach(), *_open(running)])
                os.write(handed[3], b"%d" % child)
                for given in handed[:3]:
                    os.close(given)
                watched = os.pidfd_open(child)
                running[watched] = (child, handed[3])
                selector.register(watched, selectors.EVENT_READ)


def _open(running: Mapping[int, tuple[int, int]]) -> list[int]:
    return [*running, *(answering for _, answering in running.values())]


def _tell_end(watched: int, child: int, answering: int) -> None:
    _, status = os.waitpid(child, 0)
    with suppress(BrokenPipeError):
        os.write(answering, b"%d" % os.waitstatus_to_exitcode(status))
    os.close(answering)
    os.close(watched)


def _become(asked: _Asked, handed: list[int], kept: list[int]) -> list[str]:
    """Make a child what was asked for: its folder, variables, input and output."""
    arguments, folder, variables, leads = asked
    if leads:
        os.setsid()
    for number, given in enumerate(handed[:3]):
        os.dup2(given, number)
    for end in (*handed, *kept):
        os.close(end)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    time.tzset()
    return arguments


if __name__ == "__main__":
    sys.path[0:1] = []
    _import_everything()
    sys.argv[1:] = _serve(socket.socket(fileno=int(sys.argv[1])))
    from omnigrid.cli import main

    main()

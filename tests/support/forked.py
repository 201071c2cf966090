"""The server of :mod:`support.forking`: imports the command, and forks for each run of it.

`python forked.py DESCRIPTOR`: runs are asked for over a socket, and told of over one of their own.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import selectors
import socket
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import NoReturn

_LIBRARIES = ("git", "jinja2.ext", "jinja2.sandbox", "PIL.ImageDraw", "PIL.ImageFont")
_OPTIONAL = ("omnigrid.run.dask", "omnigrid.__main__")
"""What takes long to import, and few runs need."""
ROOM = 1 << 18
"""Bytes of a question at most."""
_Asked = tuple[list[str], str, dict[str, str], bool]
"""Arguments, the folder to work in, variables, and whether to lead a session."""


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
                asked, handed, _, _ = socket.recv_fds(line, ROOM, 4)
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


def _run_to_its_end() -> NoReturn:
    """Run the command, and end as multiprocessing ends its children.

    To tidy up memory that is shared with the server would take longer than most runs.
    """
    from omnigrid.cli import main  # noqa: PLC0415  (by the server alone)

    code = 1
    try:
        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(ValueError, OSError):  # It was closed.
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.path[0:1] = []
    _import_everything()
    sys.argv[1:] = _serve(socket.socket(fileno=int(sys.argv[1])))
    _run_to_its_end()

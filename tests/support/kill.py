"""Ends work at a chosen moment, as `kill -9` does: in a child, counted by its file-system events.

The child is forked, so that it begins as warm as its parent and takes no time to start. Processes
that the work itself forks are counted too: the events of the whole family are one sequence.
"""

import mmap
import os
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress

EVENTS = frozenset(
    {
        "open",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.truncate",
        "sqlite3.connect",
    }
)
"""What Python tells of before it is done (docs.python.org, "Audit events table")."""
_COUNT = struct.Struct("<q")
_FAILED = 3

Work = Callable[[], object]
Hook = Callable[[str, tuple[object, ...]], None]


def count_events(work: Work) -> int:
    """Return how many events some work has, done to its end in a child."""
    seen = mmap.mmap(-1, _COUNT.size)
    status = _run(work, seen, None, any_process=False)
    assert status == 0, f"the work ended with status {status}"
    return int(_COUNT.unpack(seen)[0])


def kill_at(work: Work, moment: int, *, any_process: bool = False) -> bool:
    """Do some work in a child that is killed before its event ``moment``; whether it was.

    At odd moments, a file that was to be opened for writing is left empty. With ``any_process``,
    not the child itself is killed but whichever process of its family came to that moment.
    """
    return _run(work, mmap.mmap(-1, _COUNT.size), moment, any_process=any_process) != 0


def _run(work: Work, seen: mmap.mmap, last: int | None, *, any_process: bool) -> int:
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            sys.addaudithook(_hook(seen, last, None if any_process else os.getpid()))
            work()
            os._exit(0)
        os._exit(_FAILED)
    _, status = os.waitpid(child, 0)
    assert any_process or status != _FAILED << 8, "the work failed"
    return status


def _hook(seen: mmap.mmap, last: int | None, victim: int | None) -> Hook:
    killed = False

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal killed
        if event not in EVENTS:
            return
        number = int(_COUNT.unpack(seen)[0])
        seen[:] = _COUNT.pack(number + 1)
        if last is None or number < last or killed:
            return
        killed = True  # What follows here is not the work's.
        if event == "open" and number == last and last % 2:
            _begin_to_write(arguments)
        if number == last or victim is not None:
            os.kill(victim or os.getpid(), signal.SIGKILL)

    return count


def _begin_to_write(arguments: tuple[object, ...]) -> None:
    path, _mode, flags = arguments
    if isinstance(path, str) and isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR):
        with suppress(OSError):
            os.close(os.open(path, flags, 0o666))

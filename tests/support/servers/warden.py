"""Runs a program and ends it, with all that it started, once the warden's own input is closed.

`python warden.py PROGRAM [ARGUMENT ...]`: whoever holds the other end of that input is who the
program works for; when that process ends, even by SIGKILL, nothing is left. The program's input is
the descriptor that WARDEN_INPUT names, or empty. Imports little, to start at once. For Linux.
"""

import ctypes
import os
import select
import signal
import sys
from contextlib import suppress

_SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)
_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Start the program that the arguments name; return when nothing of it is left."""
    _prctl(_SET_CHILD_SUBREAPER, 1)  # what is orphaned becomes ours, not init's
    program = _start(sys.argv[1:])
    select.select([0, os.pidfd_open(program)], [], [])
    _end_descendants()


def _start(command: list[str]) -> int:
    given = os.environ.pop("WARDEN_INPUT", "")
    child = os.fork()
    if child == 0:
        _prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        os.dup2(int(given) if given else os.open(os.devnull, os.O_RDONLY), 0)
        os.execvp(command[0], command)  # noqa: S606
    return child


def _end_descendants() -> None:
    while True:
        for child in _children():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        try:
            os.wait()  # its own children are ours from now on
        except ChildProcessError:
            return


def _children() -> list[int]:
    me = os.getpid()
    with open(f"/proc/{me}/task/{me}/children") as listing:  # noqa: PTH123
        return [int(word) for word in listing.read().split()]


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    main()

"""Programs that speak with other machines, and are not waited for for ever."""

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from omnigrid.model.errors import Transient


class Patience(NamedTuple):
    """How many seconds another machine is waited for, before it is taken for gone."""

    look: float = 90.0
    """Where it is asked a question."""
    transfer: float = 1800.0
    """Where files go over: nobody who still answers is given up earlier."""


PATIENCE = Patience()

_LAST = 5.0
"""Seconds for the pipes of a program that was ended."""
LONGEST_PAUSE = 3600.0
"""Seconds; a server that asks for more is asked again after these."""


class Said(NamedTuple):
    """What a program left."""

    code: int
    out: bytes
    err: str


def run_for(
    arguments: list[str],
    environment: Mapping[str, str],
    patience: float,
    kept: Iterable[int] = (),
    question: bytes = b"",
) -> Said:
    """Return what a program printed; after ``patience`` seconds it is ended with all it started.

    It inherits the descriptors that are ``kept``, and reads ``question``. Raises Transient where it
    cannot be started.
    """
    try:
        process = subprocess.Popen(  # noqa: S603
            arguments,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=tuple(kept),
            start_new_session=True,  # git leaves ssh and curl behind when it alone is ended.
        )
    except OSError as fault:
        raise no_git() from fault
    try:
        out, err = process.communicate(question, timeout=patience)
    except subprocess.TimeoutExpired:
        late = process.poll() is None
        out, err = _end(process)
        if late:
            err += f"\nfatal: the other machine did not answer for {patience:g} seconds".encode()
    except BaseException:  # Interrupted: nothing of ours goes on without us.
        _end(process)
        raise
    return Said(process.returncode, out, err.decode(errors="replace"))


def _end(process: "subprocess.Popen[bytes]") -> tuple[bytes, bytes]:
    """End a program with all of its session; return what it has printed."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    try:
        return process.communicate(timeout=_LAST)
    except subprocess.TimeoutExpired as rest:  # Somebody left the session and holds our pipes.
        return rest.output or b"", rest.stderr or b""


_STATUS = re.compile(rb"Recv header[^:]*: HTTP/[0-9.]+ ([0-9]{3})")
_AFTER = re.compile(
    rb"Recv header[^:]*: retry-after: *([0-9]{1,9})\s*$", re.IGNORECASE | re.MULTILINE
)


def retry_after(trace: bytes) -> float | None:
    """Return the seconds for which the last answer in a trace of git's HTTP asks to wait.

    RFC 9110, 10.2.3, in seconds; a date is not looked at. None where it does not ask.
    """
    answers = list(_STATUS.finditer(trace))
    if not answers:
        return None
    found = _AFTER.search(trace, answers[-1].start())
    return min(float(found[1]), LONGEST_PAUSE) if found else None


def no_git() -> Transient:
    """Return the error for a machine without git."""
    return Transient("the git program could not be started", "install git, 2.32 or newer")

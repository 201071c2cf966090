"""Reading in a process of its own, bounded in time and memory: a file may be made to do harm.

The process gets the file on its standard input and answers on its standard output; it opens
nothing, and writes nothing to the disk.
"""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

import omnigrid
from omnigrid.intake.content import Content, Limits
from omnigrid.model.errors import InputError

_START = "import sys; sys.path.insert(0, sys.argv[1]); import omnigrid.intake.child as c; c.main()"
_HINT = "open it in its own program and save it again, or drop a smaller part of it"


class _Question(Struct, frozen=True):
    name: str
    data: bytes
    limits: Limits


class _Answer(Struct, frozen=True):
    contents: tuple[Content, ...] = ()
    message: str = ""
    hint: str = ""


def read_bounded(name: str, data: bytes, limits: Limits) -> tuple[Content, ...]:
    """Return what ``read_contents`` does. Raises InputError, also where reading takes too much."""
    if len(data) > limits.bytes:
        data = data[: limits.bytes + 1]  # Enough to be refused.
    question = msgspec.msgpack.encode(_Question(_sendable(name), data, limits))
    folder = str(Path(omnigrid.__file__).parents[1])
    command = [sys.executable, "-I", "-B", "-c", _START, folder]
    try:
        done = subprocess.run(  # noqa: S603  (our own program; the file comes on its input)
            command, input=question, capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"reading it took longer than {limits.seconds} seconds", _HINT) from None
    try:
        answer = msgspec.msgpack.decode(done.stdout, type=_Answer)
    except msgspec.DecodeError:
        raise InputError("reading it took more memory or time than it may", _HINT) from None
    if answer.message:
        raise InputError(answer.message, answer.hint)
    return answer.contents


def main() -> None:
    """Read the file on standard input and answer on standard output."""
    from omnigrid.intake.reading import read_contents  # noqa: PLC0415

    with open(0, "rb") as source:
        question = msgspec.msgpack.decode(source.read(), type=_Question)
    _bound(question.limits)
    try:
        contents = read_contents(question.name, question.data, question.limits)
        answer = _Answer(contents)
    except InputError as error:
        answer = _Answer(message=error.message, hint=error.hint)
    except (MemoryError, RecursionError):
        answer = _Answer(message="it is too large or too deeply nested to be read", hint=_HINT)
    with open(1, "wb") as target:
        target.write(msgspec.msgpack.encode(answer))


def _bound(limits: Limits) -> None:
    """Bound what this process may take, where the system can."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415  (not on Windows, where only the time is bounded)

        wanted = (
            (resource.RLIMIT_AS, limits.memory),
            (resource.RLIMIT_CPU, limits.seconds + 1),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        )
        for what, limit in wanted:
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (limit, limit))


def _sendable(name: str) -> str:
    return name.encode("utf-8", errors="replace").decode()

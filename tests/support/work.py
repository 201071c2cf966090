"""Work for executors: importable by the processes that they start, wherever those are."""

import os
import signal
import time
import uuid
from typing import Any


def double(item: int) -> int:
    return 2 * item


def fail_at_seven(item: int) -> int:
    if item == 7:
        raise ValueError("seven is not wanted")
    return item


def end_at_seven(item: int) -> int:
    """As a process ends that the system kills when memory runs out."""
    if item == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


class Heavy:
    """Large work: counts how often it is sent, and names each copy of it."""

    sent = 0

    def __init__(self) -> None:
        self.copy = "here"
        self.ballast = bytes(100_000)

    def __getstate__(self) -> dict[str, Any]:
        Heavy.sent += 1
        return self.__dict__

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, copy=uuid.uuid4().hex)

    def __call__(self, _item: int) -> str:
        return self.copy


def pause(item: int) -> int:
    time.sleep(0.05)
    return item

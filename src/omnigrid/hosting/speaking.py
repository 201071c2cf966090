"""Git speaks with another machine: for so long, and with an ear for what must not be repeated."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from omnigrid.hosting.patience import Said, retry_after, run_for
from omnigrid.hosting.secrecy import forms_of

HEARD = "OMNIGRID_HEARD"
"""Names the descriptor to which a credential helper of ours writes what git logged in with."""
_ANSWER = 20.0
"""Seconds for a credential helper of the user's to say again what it said before."""


class Spoken(NamedTuple):
    """What came of it. ``secrets`` are those of the login, in every form, the longest first."""

    said: Said
    retry_after: float | None = None
    secrets: tuple[str, ...] = ()


def speak(
    arguments: list[str], environment: Mapping[str, str], patience: float, folder: Path
) -> Spoken:
    """Return what a git command said that was ended after ``patience`` seconds at the latest.

    ``folder`` holds files that have no name. Raises Transient where git cannot be started, OSError
    where the disk refuses.
    """
    with tempfile.TemporaryFile(dir=folder) as trace, _pipe() as (reader, writer):
        known = {
            **environment,
            "GIT_TRACE_CURL": f"/dev/fd/{trace.fileno()}",
            "GIT_TRACE_CURL_NO_DATA": "1",
            HEARD: str(writer),
        }
        said = run_for(arguments, known, patience, (trace.fileno(), writer))
        if said.code == 0:
            return Spoken(said)
        login = _read(reader)
        if not login and "remote:" in said.err:  # Others' words, who know what we logged in with.
            login = _asked_again(arguments, known, writer)
        trace.seek(0)
        return Spoken(said, retry_after(trace.read()), _forms(login))


def _asked_again(arguments: list[str], known: Mapping[str, str], writer: int) -> str:
    """What the helpers say of an address: git tells them only of logins that served or failed."""
    address = next((each for each in arguments if each.startswith("https://")), None)
    if address is None:
        return ""
    asked = ["git", *_place(arguments), "credential", "fill"]
    question = f"url={address}\n\n".encode()
    return run_for(asked, known, _ANSWER, (writer,), question).out.decode("utf-8", "replace")


def _place(arguments: list[str]) -> list[str]:
    """The words of a command that say in which repository it works."""
    return arguments[1:4] if "--git-dir=." in arguments[:4] else arguments[1:3]


def _forms(login: str) -> tuple[str, ...]:
    """Every form of what stands in the lines of git-credential(1)."""
    facts = dict(line.partition("=")[::2] for line in login.splitlines())
    secret = facts.get("password", "")
    return forms_of(facts.get("username", ""), secret) if secret else ()


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    try:
        yield reader, writer
    finally:
        os.close(reader)
        os.close(writer)


def _read(descriptor: int) -> str:
    """What stands in a pipe now: a login is far smaller than what a pipe holds."""
    try:
        return os.read(descriptor, 65_536).decode("utf-8", "replace")
    except BlockingIOError:
        return ""

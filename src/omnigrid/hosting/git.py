"""One narrow door to the git program, through GitPython where bytes are handed over."""

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from omnigrid.hosting.patience import no_git
from omnigrid.hosting.secrecy import redact
from omnigrid.hosting.speaking import speak
from omnigrid.model.errors import Bug, Transient

__all__ = ["Answer", "Git", "redact"]

_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.symlinks=false",
    "fetch.fsckObjects=true",
    "gc.auto=0",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
    "maintenance.auto=false",
)
_ALWAYS = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "file:https:ssh",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_ISOLATED = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}

# A surrounding hook's variables point git at *its* repository: `git rev-parse --local-env-vars`,
# and those that change what an argument means.
_PLACES = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DEFAULT_HASH",
    "GIT_DIR",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
_CONFIGURATION = ("GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS")
# They would write what passes, with passwords, into what we show, or into a file.
_VERBOSE = ("GIT_CURL_VERBOSE", "GIT_REDACT_COOKIES")
_TRACE = "GIT_TRACE"
_FORGOTTEN = (*_PLACES, *_VERBOSE)
_COULD_NOT_START = frozenset({126, 127})  # POSIX: env found no program, or could not run it


class Answer(NamedTuple):
    """What a git command left. ``err`` is safe to show: see :func:`redact`."""

    code: int
    out: bytes
    err: str
    retry_after: float | None = None
    """After how many seconds the server wants to be asked again, where it says so."""
    secrets: tuple[str, ...] = ()
    """What must not be shown of ``out``, the longest first."""


class Git:
    """Runs git commands in one repository, with nothing but the settings named here.

    ``ours``: a bare repository in ``directory`` itself, which nobody else configures. Otherwise
    the user's repository around ``directory``, seen with the user's own configuration.
    ``environment`` is what git gets; of the process's own variables none that point at another
    repository reach it. ``login`` are variables for where it speaks with another machine;
    ``secrets`` are blacked out wherever git repeats them. ``settings`` hold beside those of all.
    """

    def __init__(
        self,
        directory: Path,
        environment: Mapping[str, str],
        *,
        ours: bool = True,
        login: Mapping[str, str] | None = None,
        secrets: tuple[str, ...] = (),
        settings: tuple[str, ...] = (),
    ) -> None:
        self.directory = directory
        self._variables = {**environment, **_ALWAYS, **(_ISOLATED if ours else {})}
        traces = tuple(name for name in environment if name.startswith(_TRACE))
        forgotten = _FORGOTTEN + traces + (_CONFIGURATION if ours else ())
        given = [part for setting in (*_SETTINGS, *settings) for part in ("-c", setting)]
        # Never search upwards from a damaged cache: the portfolio's repository may be above it.
        place = ["-C", str(directory), *(["--git-dir=."] if ours else [])]
        self._command = ["git", *place, *given]
        self._forgotten = frozenset(forgotten)
        self._login = login or {}
        self._secrets = secrets

    def run(
        self,
        command: str,
        *options: str,
        operands: Sequence[str] = (),
        stdin: Iterable[bytes] | None = None,
        patience: float | None = None,
    ) -> Answer:
        """Return what a command answered, whatever its exit code.

        ``options`` are ours and fixed; everything that comes from elsewhere is an operand.
        ``stdin`` passes through a file without a name, so that it may be larger than the memory.
        ``patience``, in seconds, is for commands that speak with another machine.
        Raises Transient where git cannot be started, Bug for an operand that looks like an option.
        """
        ends = ["--end-of-options"] if operands else []
        arguments = [*self._command, command, *options, *ends, *map(_operand, operands)]
        if patience is not None:
            return self._speak(arguments, patience)
        if stdin is None:
            return self._ask_at_once(arguments)
        with _spooled(stdin, self.directory) as stream:
            return self._execute([*_without(self._forgotten), *arguments], stream)

    def ask(
        self,
        command: str,
        *options: str,
        operands: Sequence[str] = (),
        stdin: Iterable[bytes] | None = None,
    ) -> bytes:
        """Return what a command that has to succeed printed. Raises Transient where it fails."""
        answer = self.run(command, *options, operands=operands, stdin=stdin)
        if answer.code != 0:
            raise _local_fault(command, self.directory, answer)
        return answer.out

    def _ask_at_once(self, arguments: list[str]) -> Answer:
        """Ask a question without GitPython: a build that finds nothing to do asks a single one."""
        nothing = subprocess.DEVNULL
        try:
            done = subprocess.run(  # noqa: S603
                arguments, env=self._known(), stdin=nothing, capture_output=True, check=False
            )
        except OSError as fault:
            raise no_git() from fault
        if done.returncode in _COULD_NOT_START:
            raise no_git()
        return self._answer(done.returncode, done.stdout, done.stderr.decode(errors="replace"))

    def _speak(self, arguments: list[str], patience: float) -> Answer:
        spoken = speak(arguments, {**self._known(), **self._login}, patience, self.directory)
        said, secrets = spoken.said, (*self._secrets, *spoken.secrets)
        err = redact(said.err, secrets)
        return Answer(said.code, said.out, err, spoken.retry_after, secrets)

    def _known(self) -> dict[str, str]:
        return {n: value for n, value in self._variables.items() if n not in self._forgotten}

    def _execute(self, arguments: list[str], stdin: BinaryIO) -> Answer:
        try:
            import git as gitpython  # noqa: PLC0415  (starts git, and takes 0.2 s)
        except ImportError as fault:
            raise no_git() from fault
        try:
            code, out, err = gitpython.Git().execute(
                arguments,
                istream=stdin,
                env=self._variables,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                shell=False,
            )
        except (PermissionError, gitpython.GitCommandNotFound) as fault:
            raise no_git() from fault
        if code in _COULD_NOT_START:
            raise no_git()
        return self._answer(code, out, err)

    def _answer(self, code: int, out: bytes, err: str) -> Answer:
        return Answer(code, out, redact(err, self._secrets))


def _without(names: Iterable[str]) -> list[str]:
    """The words before a command that keep variables of our process from it.

    GitPython adds to ``os.environ`` and cannot take away, and an empty GIT_DIR is not an absent
    one. Windows has no `env`; there such variables have to be absent from the start.
    """
    if sys.platform == "win32":
        return []
    return ["env", *(word for name in names for word in ("-u", name))]


_DISK = ("No space left on device", "Disk quota exceeded", "Read-only file system")


def _local_fault(command: str, directory: Path, answer: Answer) -> Transient:
    """Return the error for a command that speaks with nobody and failed."""
    refused = next((words for words in _DISK if words in answer.err), None)
    if refused:
        hint = "nothing was published; make room there or give the right to write, then try again"
        return Transient(f"{directory}: {refused}", hint)
    return Transient(
        f"git {command} failed with code {answer.code}: {answer.err}",
        f"try again; where {directory} is only a cache, it may be deleted",
    )


def _operand(text: str) -> str:
    if text.startswith("-") or "\0" in text:
        raise Bug(f"refused to hand {text!r} to git")
    return text


@contextmanager
def _spooled(chunks: Iterable[bytes], directory: Path) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile(dir=directory) as stream:
        stream.writelines(chunks)
        stream.seek(0)
        yield stream

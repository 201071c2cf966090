"""Signing our commits through git, with a key that the configuration names and never holds."""

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from omnigrid.hosting.cache import Cache
from omnigrid.hosting.fast_import import AUTHOR, Past
from omnigrid.hosting.git import Git
from omnigrid.hosting.login import as_variables
from omnigrid.model.errors import InputError
from omnigrid.model.names import CommitId
from omnigrid.model.publishing import Destination
from omnigrid.model.targets import SigningFormat

PATIENCE = 60.0
"""Seconds; a program that asks a person for a password has nobody to ask."""
_PROGRAMS = {SigningFormat.SSH: "ssh-keygen", SigningFormat.OPENPGP: "gpg"}
_PACKAGES = {SigningFormat.SSH: "OpenSSH, 8.2 or newer", SigningFormat.OPENPGP: "GnuPG"}
_KEY_ID = re.compile(r"(0x)?[0-9A-Fa-f]{8,64}!?|[^\s@<>-][^\s@<>]*@[^\s@<>]+")
_NAME, _EMAIL = AUTHOR.removesuffix(">").split(" <")


class Signing(NamedTuple):
    """How commits are signed: git's settings, and the environment of the program that signs."""

    target: str
    variable: str
    settings: tuple[tuple[str, str], ...]
    environment: Mapping[str, str]


def signing_of(destination: Destination, environment: Mapping[str, str]) -> Signing | None:
    """Return how commits of a destination are signed; None where they are not.

    Raises InputError where the key or the program is missing. The key's own text is never shown.
    """
    rule = destination.rule.signing
    if rule is None:
        return None
    subject = f'target "{destination.name}" signs with the key that {rule.key} names'
    program = _PROGRAMS[rule.format]
    if shutil.which(program, path=environment.get("PATH")) is None:
        raise InputError(
            f"{subject}, and the program {program} is not installed",
            f"install {_PACKAGES[rule.format]}, or take `signing:` out of the target",
        )
    key = environment.get(rule.key, "")
    if rule.format is SigningFormat.SSH:
        key = _key_file(subject, rule.key, key)
    elif not _KEY_ID.fullmatch(key):
        raise InputError(
            f"{subject}, and {rule.key} {'holds no id of a key' if key else 'is not set'}",
            f"set {rule.key} to the key's fingerprint, as `gpg --list-secret-keys` shows it",
        )
    settings = (("gpg.format", str(rule.format)), ("user.signingKey", key))
    return Signing(destination.name, rule.key, settings, environment)


def _key_file(subject: str, variable: str, key: str) -> str:
    """Return the absolute path of a key file. What the variable holds may be the key itself."""
    if not key or "\n" in key or not Path(key).is_absolute() or not Path(key).is_file():
        why = "names no file that there is, by its whole path" if key else "is not set"
        raise InputError(
            f"{subject}, and {variable} {why}",
            f"write the key into a file that only you may read, and set {variable} to its path",
        )
    return key


def pasts(cache: Cache, commits: list[CommitId]) -> Iterator[Past]:
    """Yield what commits of ours, which are in the cache, say; in their order."""
    asked = [f"{commit}\n".encode() for commit in commits]
    options = ("--no-walk=unsorted", "--stdin", "-z", "--format=%T%n%ct%n%B")
    for entry in filter(None, cache.git.ask("log", *options, stdin=asked).split(b"\0")):
        tree, date, message = entry.split(b"\n", 2)
        yield Past(tree.decode(), int(date), message.rstrip(b"\n") + b"\n")


class Signers:
    """The keys of targets, each tried out once."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._tried: set[tuple[tuple[str, str], ...]] = set()

    def look(self, destination: Destination) -> Signing | None:
        """Return the same as ``of`` without trying the key out. Raises InputError."""
        return signing_of(destination, self._environment)

    def of(self, destination: Destination, cache: Cache) -> Signing | None:
        """Return how commits of a destination are signed; None where they are not.

        Raises InputError where the key is missing or does not sign.
        """
        signing = self.look(destination)
        if signing and signing.settings not in self._tried:
            tree = cache.git.ask("mktree", stdin=[b""]).decode().strip()
            _commit_tree(cache, signing, Past(tree, 0, b"Try the key\n"), None)
            self._tried.add(signing.settings)
        return signing


def sign(cache: Cache, signing: Signing, commit: CommitId, parent: CommitId | None) -> CommitId:
    """Return a signed commit like ``commit``, which is in the cache, on top of ``parent``.

    Its tree, message and dates are the same. Raises InputError where the key does not sign.
    """
    (past,) = pasts(cache, [commit])
    return _commit_tree(cache, signing, past, parent)


def _commit_tree(cache: Cache, signing: Signing, past: Past, parent: CommitId | None) -> CommitId:
    who = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", _NAME), ("EMAIL", _EMAIL), ("DATE", f"@{past.date} +0000"))
    }
    settings = as_variables(signing.settings)
    git = Git(cache.git.directory, {**signing.environment, **who}, login=settings)
    with NamedTemporaryFile(dir=cache.git.directory, prefix="message-") as file:
        file.write(past.message)
        file.flush()
        options = ["--gpg-sign", "-F", file.name, *(["-p", parent] if parent else [])]
        made = git.run("commit-tree", *options, operands=[past.tree], patience=PATIENCE)
    if made.code != 0:
        raise InputError(
            f'target "{signing.target}": the key that {signing.variable} names did not sign: '
            f"{made.err}",
            "nothing was published there; look whether the key is there and asks for no password, "
            "or load it into the agent",
        )
    return CommitId(made.out.decode().strip())

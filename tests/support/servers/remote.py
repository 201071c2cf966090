"""A hosting repository as a test meets it: an address, and what lets one in."""

import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from support.servers.repository import ISOLATED, Repository

USER = "publisher"
PASSWORD = "correct horse/battery+staple"  # noqa: S105  (with what URLs and base64 would hide)
TOKEN_VARIABLE = "SERVERS_TOKEN"  # noqa: S105

_ASKPASS = f"""\
#!/bin/sh
case $1 in
  Username*) echo {USER} ;;
  *) echo "${TOKEN_VARIABLE}" ;;
esac
"""


@dataclass(frozen=True)
class Remote:
    """A hosting repository: ``address`` for git, ``repository`` for what is asserted of it.

    ``secret`` is what has to be known to get in: a password, or nothing. ``trust`` are variables
    that are no secret, such as where the certificate of the authority is. ``ssh`` is the command
    of the connection, with the key.
    """

    kind: str
    address: str
    repository: Repository
    secret: str = ""
    trust: Mapping[str, str] = field(default_factory=dict)
    ssh: tuple[str, ...] = ()
    askpass: Path | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which plain git gets in: the secret, the key and the authority."""
        return {**self.trust, **self.by_askpass(), **self.by_ssh_command()}

    def by_askpass(self) -> dict[str, str]:
        """The secret by a program that git asks, which reads it from a variable."""
        if not self.secret or self.askpass is None:
            return {}
        return {"GIT_ASKPASS": str(self.askpass), TOKEN_VARIABLE: self.secret}

    def by_helper(self) -> dict[str, str]:
        """The secret by a credential helper in the configuration, which reads a variable."""
        helper = f'!f() {{ echo username={USER}; echo "password=${TOKEN_VARIABLE}"; }}; f'
        return {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "credential.helper",
            "GIT_CONFIG_VALUE_0": helper,
            TOKEN_VARIABLE: self.secret,
        }

    def by_ssh_command(self) -> dict[str, str]:
        """The key and the known host by git's variable for the command."""
        return {"GIT_SSH_COMMAND": shlex.join(self.ssh)} if self.ssh else {}

    def with_secret(self, secret: str) -> "Remote":
        """The same repository for somebody who knows another secret, or none."""
        return replace(self, secret=secret)

    def at(self, port: int) -> "Remote":
        """The same repository by way of another port: a proxy's, a front's."""
        before, _, after = self.address.rpartition(":")
        return replace(self, address=f"{before}:{port}/{after.partition('/')[2]}")

    @property
    def port(self) -> int:
        """The port of the address."""
        return int(self.address.rpartition(":")[2].partition("/")[0])


def write_askpass(folder: Path) -> Path:
    """Return a new program that tells git the user and, from a variable, the secret."""
    program = folder / "askpass"
    program.write_text(_ASKPASS)
    program.chmod(0o755)
    return program


@dataclass(frozen=True)
class Spoken:
    """What a git command said."""

    code: int
    out: str
    err: str


def speak(folder: Path, remote: Remote, *arguments: str, **variables: str) -> Spoken:
    """Run plain git in ``folder`` with what ``remote`` needs, whatever comes of it.

    ``variables`` come on top; an empty one is taken away.
    """
    given = {**remote.environment, **variables}
    done = subprocess.run(
        ["git", "-C", folder, *arguments],
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            **ISOLATED,
            **{name: value for name, value in given.items() if value},
        },
    )
    return Spoken(done.returncode, done.stdout, done.stderr)

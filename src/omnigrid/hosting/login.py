"""How git logs in: by what the configuration names, or as whoever publishes does anyway.

A secret reaches git in its environment and nowhere else: no command line, no file, no address.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from omnigrid.hosting.git import Git
from omnigrid.hosting.secrecy import forms_of
from omnigrid.hosting.speaking import HEARD
from omnigrid.model.errors import InputError
from omnigrid.model.publishing import Destination
from omnigrid.model.targets import CredentialsFile

_USER, _TOKEN = "OMNIGRID_USER", "OMNIGRID_TOKEN"
# Git runs these texts with a shell of its own; they hold the names of variables, no value.
_TELLS = (
    f'!f() {{ test "$1" = get && printf "username=%s\\npassword=%s\\n" "${_USER}" "${_TOKEN}"; }}; '
    "f"
)
_LISTENS = f'!f() {{ test "$1" = get || cat >"/dev/fd/${HEARD}"; }}; f'
_QUIET_SSH = (
    "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4 "
    "-o ControlMaster=no"  # One that stays in the background would hold our pipes.
)
_OWN = (
    r"^credential\.|^http\.(.*\.)?(sslcainfo|sslcapath|sslcert|sslkey|proxy|proxyauthmethod|"
    r"proxysslcainfo|sslbackend|schannelusesslcainfo)$|^core\.sshcommand$"
)
"""Of the user's own settings of git, those that decide how a host is reached; none that changes
what is sent, or to where."""
Setting = tuple[str, str]


class Login(NamedTuple):
    """How git logs in, and what no text that leaves us may hold."""

    variables: Mapping[str, str]
    """For git, where it speaks with the host."""
    secrets: tuple[str, ...] = ()
    account: tuple[str, str, str] | None = None
    """The host, the user and the variable with the token, where the configuration names them."""


def login_of(
    destination: Destination, environment: Mapping[str, str], own: Iterable[Setting]
) -> Login:
    """Return how git logs in at a destination. Raises InputError where a variable is not set.

    ``own`` are the user's settings of git: see :func:`own_settings`.
    """
    if not destination.repository.startswith("https://"):
        return Login(as_variables(own) | _quiet_ssh(environment, own))
    given = destination.rule.credentials
    if given is None:
        return Login(as_variables([*own, ("credential.helper", _LISTENS)]))
    token = _value(destination, given, environment)
    kept = [(name, value) for name, value in own if not name.startswith("credential.")]
    variables = as_variables([*kept, ("credential.helper", ""), ("credential.helper", _TELLS)])
    return Login(
        {**variables, _USER: given.user, _TOKEN: token},
        forms_of(given.user, token),
        (_host(destination.repository), given.user, given.token),
    )


def own_settings(environment: Mapping[str, str]) -> tuple[Setting, ...]:
    """Return the user's settings of git that decide how hosts are reached; they may hold secrets.

    Nothing else of the user's configuration reaches our caches.
    """
    git = Git(Path("/"), environment, ours=False)
    answer = git.run("config", "-z", "--get-regexp", operands=[_OWN])
    entries = answer.out.decode("utf-8", "surrogateescape").split("\0")
    pairs = (entry.partition("\n") for entry in entries if entry)
    # A name without a value counts as true (git-config(1), VALUES).
    return tuple((name, value if equals else "true") for name, equals, value in pairs)


def as_variables(settings: Iterable[Setting]) -> dict[str, str]:
    """Return the variables by which git takes settings: a command line is seen by everybody."""
    known = list(settings)
    variables = {"GIT_CONFIG_COUNT": str(len(known))}
    for number, (name, value) in enumerate(known):
        variables |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


def _quiet_ssh(environment: Mapping[str, str], own: Iterable[Setting]) -> dict[str, str]:
    """An ssh that asks nobody and gives up; unless the user has a command of their own."""
    chosen = {"GIT_SSH_COMMAND", "GIT_SSH"} & environment.keys()
    if chosen or any(name == "core.sshcommand" for name, _ in own):
        return {}
    return {"GIT_SSH_COMMAND": _QUIET_SSH}


def _value(destination: Destination, given: CredentialsFile, environment: Mapping[str, str]) -> str:
    token = environment.get(given.token, "")
    if not token.strip() or any(sign in token for sign in "\r\n\0"):
        what = "holds more than one line" if token.strip() else "is not set"
        raise InputError(
            f'target "{destination.name}" logs in with the environment variable {given.token}, '
            f"which {what}",
            f"set {given.token} to the password or token, for example from the secrets of your CI",
        )
    return token


def _host(address: str) -> str:
    found = re.match(r"https://([^/]*)", address)
    return found[1] if found else address

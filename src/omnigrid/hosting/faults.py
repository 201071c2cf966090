"""What git's words about a hosting repository mean, and what to do.

Each pattern was seen with git 2.39 (GnuTLS) and OpenSSH 9.2 under ``LC_ALL=C``, or stands in
git's `http.c`, `remote-curl.c` and `transport.c` and in curl's list of error codes.
"""

import re
from typing import NamedTuple

from omnigrid.model.errors import InputError, Unreachable

_NUMBER = r"(?:returned error: |HTTP )"
_QUOTED = 20
"""Lines of others that are shown, and characters of each."""
_WIDEST = 300


class LoginRefused(InputError):  # noqa: N818  (named by consequence, as all errors are)
    """The host refused a password or token: whoever goes on with it may lock the account."""


class _Fault(NamedTuple):
    pattern: str
    what: str
    """What happened; ``{address}`` is put in."""
    hint: str
    kind: type[InputError | Unreachable] = InputError
    """InputError where a second try would end as the first did."""


_FORBIDDEN = _Fault(
    rf"{_NUMBER}(403|451)",
    "{address} does not allow this",
    "give whoever publishes the right to write to the repository",
)
_BUSY = _Fault(
    rf"{_NUMBER}429",
    "{address} has had too many requests",
    "publish again later; `pushes_per_minute` of the target slows us down",
    Unreachable,
)
_FAULTS = (
    _Fault(
        "dubious ownership",
        "git does not trust {address}: it belongs to another user",
        "publish as its owner, or give it to the user who publishes (chown)",
    ),
    _Fault(
        "transport '.*' not allowed",
        "{address} would be reached in a way that is not used here",
        "name the repository by an https or an ssh address",
    ),
    _Fault(
        "could not read (Username|Password)",
        "{address} asks for a password, and none is known",
        "name the environment variable that holds it in `credentials.token` of the target, or set "
        "up a credential helper of git",
    ),
    _Fault(
        rf"Authentication failed|{_NUMBER}401",
        "{address} refused the password or token",
        "look whether it has expired, and whether it may write to this repository; it was not "
        "tried again, so that no account is locked",
        LoginRefused,
    ),
    _Fault(
        "REMOTE HOST IDENTIFICATION HAS CHANGED",
        "{address} shows another host key than the one that is known",
        "somebody may be listening: compare the key with the one that the host publishes before "
        "you replace it in known_hosts",
    ),
    _Fault(
        "Host key verification failed",
        "the host key of {address} is not known here",
        "ask the host for its key (ssh-keyscan), compare the fingerprint with the one that it "
        "publishes, and add it to known_hosts",
    ),
    _Fault(
        r"Permission denied \(",
        "{address} refused the ssh key, or none was offered",
        "add the public key to the host's deploy keys, with the right to write, and load the "
        "private one into the ssh agent",
    ),
    _Fault(
        "certificate|ca cert file",
        "the certificate of {address} cannot be trusted",
        "look at the date of this machine and at the certificate; a private authority is named by "
        "the environment variable GIT_SSL_CAINFO",
    ),
    _Fault(
        rf"{_NUMBER}413",
        "{address} takes no push of this size",
        "raise the host's limit, or publish over ssh",
    ),
    _FORBIDDEN,
    _Fault(
        rf"{_NUMBER}(404|405|410)|repository '.*' not found|Repository not found"
        "|does not appear to be a git repository|invalid gitfile format|is this a git repository"
        "|unable to update url base from redirection",
        "{address} is not a git repository, or is hidden from whoever publishes",
        "look at how it is written; make the repository there, or give the right to see it; for a "
        "folder name an empty or a new one, or a git repository",
    ),
    _Fault(
        "fsck error|fatal: fsck",
        "{address} holds something that git's own check refuses",
        "an old commit there is damaged: publish to another branch or repository",
    ),
    _BUSY,
    _Fault(
        rf"{_NUMBER}(408|425|5\d\d)",
        "{address} is out of order for now",
        "that is the host's own fault and mostly passes soon: publish again later",
        Unreachable,
    ),
    _Fault(
        "Could not resolve host",
        "no host of the name in {address} was found",
        "look at how it is written, and at the network",
        Unreachable,
    ),
    _Fault(
        "did not answer for|Operation too slow|not responding|timed out",
        "{address} stopped answering",
        "look at the network and at the host's status page, then publish again",
        Unreachable,
    ),
    _Fault(
        "Couldn't connect|Failed to connect|Connection refused|No route|Network is unreachable",
        "nobody answers at {address}",
        "look whether the server runs, and at the network, then publish again",
        Unreachable,
    ),
    _Fault(
        "No space left on device|Disk quota exceeded|Read-only file system",
        "a disk has no room left for what goes to or comes from {address}",
        "make room here, or have it made there, then publish again",
        Unreachable,
    ),
)
_ELSE = _Fault(
    "",
    "the connection to {address} broke off",
    "look at the network, then publish again: only what is missing is done",
    Unreachable,
)


def fault_of(address: str, err: str, retry_after: float | None = None) -> InputError | Unreachable:
    """Return the error for a command that failed before or beside a push.

    ``err`` is what git said, fit for a screen. What the server said through git (``remote:``) is
    quoted and never judged: it may say anything.
    """
    fault = _found(err)
    if fault is _FORBIDDEN and retry_after is not None:
        fault = _BUSY  # So GitHub says it: a lasting no would not ask us to come back.
    message = "\n".join([fault.what.format(address=address), *quoted(err)])
    if fault.kind is not Unreachable:
        return fault.kind(message, fault.hint)
    asked = f"; it asks for a pause of {retry_after:g} s" if retry_after is not None else ""
    return Unreachable(message, fault.hint + asked, retry_after)


def quoted(err: str) -> list[str]:
    """Return git's and the server's words as lines of a quotation, without those that say nothing.

    They are as long as we like, however long they are.
    """
    lines = [line.strip() for line in err.splitlines()]
    kept = [line for line in lines if line.strip("@ ") and not line.startswith(_NOISE)]
    shown = [f"  {line[:_WIDEST]}{'…' if len(line) > _WIDEST else ''}" for line in kept[:_QUOTED]]
    return shown + (["  …"] if len(kept) > _QUOTED else [])


_NOISE = (
    "fatal: Could not read from remote repository.",
    "Please make sure you have the correct access rights",
    "and the repository exists.",
    "error: failed to push some refs to",
    "warning: redirecting to",
)


def _found(err: str) -> _Fault:
    lines = err.splitlines()
    own = "\n".join(
        line for line in lines if not line.startswith("remote:") and "remote error:" not in line
    )
    return next((each for each in _FAULTS if re.search(each.pattern, own, re.IGNORECASE)), _ELSE)

"""Moving a hosting branch forward: a compare-and-swap, and a look at what became of it."""

import re
from typing import NamedTuple

from omnigrid.hosting.cache import Cache, branch_ref
from omnigrid.hosting.faults import LoginRefused, fault_of, quoted
from omnigrid.hosting.git import Answer, redact
from omnigrid.model.errors import Conflict, InputError, LostRace, OmnigridError, Unreachable
from omnigrid.model.names import CommitId

_OPTIONS = (
    "--porcelain",
    "--no-progress",
    "--no-verify",
    "--no-follow-tags",
    "--no-signed",
    "--recurse-submodules=no",
)
_SERVERS_OWN = ("remote:", "error: remote unpack failed:")
"""How lines begin that the server said."""
_AS_IT_WAS = "the branch is as it was: "


def push(cache: Cache, branch: str, commit: CommitId, expected: CommitId | None) -> None:
    """Move ``branch`` from ``expected`` (None: it does not exist yet) to ``commit``.

    Where the server did not confirm it, what the branch holds afterwards decides: a connection may
    break after the server has done its work. Raises LostRace where somebody else was first,
    Conflict where the server refuses, InputError where it will refuse again, Unreachable where the
    branch is as it was and a second try may succeed.
    """
    ref = branch_ref(branch)
    lease = f"--force-with-lease={ref}:{expected or ''}"
    operands = [cache.repository, f"{commit}:{ref}"]
    answer = cache.git.run(
        "push", *_OPTIONS, lease, operands=operands, patience=cache.patience.transfer
    )
    now = commit if answer.code == 0 else _look(cache, branch, answer)
    if now == commit:
        cache.note_pushed(branch, commit)
    elif now == expected:
        raise _refused(cache, ref, answer)
    elif now is None or not _is_below(cache, branch, commit):
        raise _lost_race(cache, branch, now)


def _look(cache: Cache, branch: str, answer: Answer) -> CommitId | None:
    """Return where the branch stands; no look is worth a second try with a wrong password."""
    fault = fault_of(redact(cache.repository), answer.err, answer.retry_after)
    if isinstance(fault, LoginRefused):
        raise LoginRefused(fault.message, _AS_IT_WAS + fault.hint)
    try:
        return cache.remote_head(branch)
    except (InputError, Unreachable) as error:
        raise _unknown(cache, error) from None


def _unknown(cache: Cache, error: InputError | Unreachable) -> Unreachable:
    what, *said = error.message.splitlines()
    began = f"the push to {redact(cache.repository)} broke off, and what became of it is not known"
    return Unreachable(
        "\n".join([f"{began}: {what}", *said]),
        "the branch holds either what it held or all that was to be published: publish again, "
        "which finds out and does nothing twice",
        getattr(error, "retry_after", None),
    )


def _is_below(cache: Cache, branch: str, commit: CommitId) -> bool:
    """Whether our commit arrived and somebody went on from there before we looked."""
    head = cache.fetch(branch)
    return head is not None and cache.holds(head, commit)


def _lost_race(cache: Cache, branch: str, now: CommitId | None) -> LostRace:
    found = f"it is at {now[:12]} now" if now else "it is gone now"
    return LostRace(
        f"somebody else changed branch {branch} of {redact(cache.repository)} meanwhile: {found}",
        "their change was kept and nothing of ours was written: publish again, on top of it",
    )


def _refused(cache: Cache, ref: str, answer: Answer) -> OmnigridError:
    """Return why a branch is as it was, after a push that wanted to move it."""
    address = redact(cache.repository)
    reason = rejection(answer.out, ref)
    if reason is None:
        fault = fault_of(address, answer.err, answer.retry_after)
        if isinstance(fault, InputError):
            return InputError(fault.message, _AS_IT_WAS + fault.hint)
        return Unreachable(fault.message, _AS_IT_WAS + fault.hint, fault.retry_after)
    said = [line for line in answer.err.splitlines() if line.startswith(_SERVERS_OWN)]
    reason = redact(reason, answer.secrets)
    words = "\n".join([f"{address} refused the push: {reason}", *quoted("\n".join(said))])
    objection = _objection(reason, "\n".join(said))
    return objection.kind(words, _AS_IT_WAS + objection.hint)


class _Objection(NamedTuple):
    reason: str
    """What git itself gives as the reason of a rejection."""
    words: str
    """What the server said beside it; it may say anything, and so decides only between hints."""
    hint: str
    kind: type[Conflict | Unreachable] = Conflict


_DISK = (
    "No space left on device|Disk quota exceeded|Read-only file system"
    "|unable to create temporary object directory"
)
_OBJECTIONS = (
    _Objection(
        "unpacker error|unable to (migrate|create)|failed to update ref",
        _DISK,
        "publish again when there is room on the host's disk, and it may be written",
        Unreachable,
    ),
    _Objection(
        "failed to update ref|cannot lock ref",
        "",
        "somebody else is writing there: publish again. Where the words above name a lock that "
        "stays, a git there was killed: take that file away",
        Unreachable,
    ),
    _Objection(
        "remote failure|incorrect old value|reference already exists",
        "",
        "publish again",
        Unreachable,
    ),
    _Objection(
        "unpacker error|hook declined",
        "exceeds|[Ll]arge files|maximum allowed size",
        "the host takes no file or push of this size: make it smaller, or ask for a larger limit",
    ),
    _Objection(
        "",
        "[Pp]rotected branch|GH006|GH013|not allowed to push",
        "let whoever publishes push to this branch (the host's rules for branches), or name "
        "another `branch` in the target",
    ),
    _Objection(
        "checked out",
        "",
        "somebody works in that folder on this branch: name a bare repository, or another `branch` "
        "in the target",
    ),
)
_ANY = _Objection("", "", "change what the server objects to, then publish")


def _objection(reason: str, words: str) -> _Objection:
    return next(
        (e for e in _OBJECTIONS if re.search(e.reason, reason) and re.search(e.words, words)), _ANY
    )


def rejection(porcelain: bytes, ref: str) -> str | None:
    """Return why ``ref`` was rejected, None where it was not (git-push(1), OUTPUT)."""
    for line in porcelain.decode("utf-8", "replace").splitlines():
        flag, _, rest = line.partition("\t")
        names, _, summary = rest.partition("\t")
        if flag == "!" and names.endswith(f":{ref}"):
            return redact(summary)
    return None

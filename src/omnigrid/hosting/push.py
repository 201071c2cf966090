"""Moving a hosting branch forward: a compare-and-swap, and a look at what became of it."""

from omnigrid.hosting.cache import Cache, branch_ref
from omnigrid.hosting.git import Answer, redact
from omnigrid.model.errors import Conflict, Transient
from omnigrid.model.names import CommitId

_OPTIONS = (
    "--porcelain",
    "--no-progress",
    "--no-verify",
    "--no-follow-tags",
    "--no-signed",
    "--recurse-submodules=no",
)
_WORDS_SHOWN = 20


def push(cache: Cache, branch: str, commit: CommitId, expected: CommitId | None) -> None:
    """Move ``branch`` from ``expected`` (None: it does not exist yet) to ``commit``.

    What the branch holds afterwards decides, not what the push said: a connection may break after
    the server has done its work. Raises Conflict where somebody else was first or the server
    refuses, Transient where the branch is as it was and a second try may succeed.
    """
    ref = branch_ref(branch)
    lease = f"--force-with-lease={ref}:{expected or ''}"
    operands = [cache.repository, f"{commit}:{ref}"]
    answer = cache.git.run("push", *_OPTIONS, lease, operands=operands)
    now = cache.remote_head(branch)
    if now == commit:
        cache.note_pushed(branch, commit)
    elif now == expected:
        raise _refused(cache, ref, answer)
    elif now is None or not _is_below(cache, branch, commit):
        raise _lost_race(cache, branch, now)


def _is_below(cache: Cache, branch: str, commit: CommitId) -> bool:
    """Whether our commit arrived and somebody went on from there before we looked."""
    head = cache.fetch(branch)
    return head is not None and cache.holds(head, commit)


def _lost_race(cache: Cache, branch: str, now: CommitId | None) -> Conflict:
    found = f"it is at {now[:12]} now" if now else "it is gone now"
    return Conflict(
        f"somebody else changed branch {branch} of {redact(cache.repository)} meanwhile: {found}",
        "their change was kept and nothing of ours was written: publish again, on top of it",
    )


def _refused(cache: Cache, ref: str, answer: Answer) -> Conflict | Transient:
    address = redact(cache.repository)
    reason = rejection(answer.out, ref)
    # "failed to update ref": a lock or a disk on their side; "remote failure": no report came.
    if reason is None or "failed to update ref" in reason or "[remote failure]" in reason:
        return Transient(
            f"the push to {address} did not arrive: {reason or ''} {answer.err}".rstrip(),
            "the branch is as it was: publish again",
        )
    words = [f"{address} refused the push: {reason}", *_server_words(answer.err)]
    return Conflict(
        "\n".join(words), "the branch is as it was: change what the server objects to, then publish"
    )


def rejection(porcelain: bytes, ref: str) -> str | None:
    """Return why ``ref`` was rejected, None where it was not (git-push(1), OUTPUT)."""
    for line in porcelain.decode("utf-8", "replace").splitlines():
        flag, _, rest = line.partition("\t")
        names, _, summary = rest.partition("\t")
        if flag == "!" and names.endswith(f":{ref}"):
            return redact(summary)
    return None


def _server_words(err: str) -> list[str]:
    """What the server said, a line each, marked as a quotation."""
    lines = [line.strip() for line in err.splitlines() if line.startswith("remote:")]
    return [f"  {line}" for line in lines[:_WORDS_SHOWN]]

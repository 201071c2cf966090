"""Keeping a branch's history short, where its owner asks for that: the one place that rewrites.

Never by default, never commits of others, and only from the very head that was looked at.
"""

from typing import NamedTuple

from omnigrid.hosting.cache import Cache, prepared_ref
from omnigrid.hosting.fast_import import AUTHOR, history_stream
from omnigrid.hosting.push import push
from omnigrid.hosting.signing import Signing, pasts, sign
from omnigrid.hosting.trailers import MANIFEST
from omnigrid.model.errors import Conflict
from omnigrid.model.names import CommitId
from omnigrid.model.publishing import Rewrite

_OURS = f"{AUTHOR}\n{AUTHOR}"


class Squashed(NamedTuple):
    """Where a branch stands afterwards, and how many commits became one."""

    head: CommitId
    commits: int


def foresee(cache: Cache, head: CommitId, keep: int) -> Rewrite | None:
    """Return what keeping ``keep`` commits will do to a branch that is about to get one more."""
    try:
        commits = _all_ours(cache, head)
    except Conflict as error:
        return Rewrite(0, error.message)
    older = len(commits) + 1 - keep
    return Rewrite(older + 1) if older > 0 else None


def squash(
    cache: Cache, branch: str, head: CommitId, keep: int, signing: Signing | None
) -> Squashed | None:
    """Leave ``keep`` commits on a branch that stands at ``head``; None where it has no more.

    The oldest that stays becomes the root, with its tree and message: it stands for itself and for
    all before it. Raises Conflict where others committed there, and all that ``push`` raises: the
    branch is as it was then.
    """
    commits = _all_ours(cache, head)
    if len(commits) <= keep:
        return None
    made = _remade(cache, branch, commits[:keep][::-1], signing)
    push(cache, branch, made, head)
    return Squashed(made, len(commits) - keep + 1)


def _all_ours(cache: Cache, head: CommitId) -> list[CommitId]:
    """Return all commits below a head, the newest first. Raises Conflict where one is not ours."""
    keys = f"%(trailers:key={MANIFEST},valueonly,separator=%x20)"
    form = f"--format=%H%n%P%n{keys}%n%an <%ae>%n%cn <%ce>"
    told = cache.git.ask("log", "-z", "--topo-order", form, operands=[head])
    found = []
    for entry in filter(None, told.decode("utf-8", "replace").split("\0")):
        commit, parents, manifest, who = entry.split("\n", 3)
        if not manifest or who != _OURS or len(parents.split()) > 1:
            raise Conflict(
                f"commit {commit[:10]} there is by somebody else, and what others did is never "
                "squashed away"
            )
        found.append(CommitId(commit))
    return found


def _remade(
    cache: Cache, branch: str, commits: list[CommitId], signing: Signing | None
) -> CommitId:
    """Return the last of ``commits``, made anew on top of one another; the first has no parent."""
    if signing is None:
        ref = prepared_ref(branch)
        return cache.make_commit(history_stream(ref, pasts(cache, commits)))
    made: CommitId | None = None
    for commit in commits:
        made = sign(cache, signing, commit, made)
    return made or commits[-1]

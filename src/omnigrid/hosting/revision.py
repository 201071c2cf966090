"""Which state of the user's own repository a build is made from."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from omnigrid.hosting.git import Git
from omnigrid.model.errors import Transient
from omnigrid.model.names import CommitId
from omnigrid.model.source import Place, Revision
from omnigrid.model.tree import FILES, FOLDERS

PORTFOLIO = (*FOLDERS, *FILES)
"""What a build reads, relative to the portfolio's root."""


def read_revision(root: Path, environment: Mapping[str, str], epoch: int | None) -> Revision:
    """Return the commit that the portfolio at ``root`` stands on, with its committer date in UTC.

    ``root`` may lie anywhere in its repository. ``epoch``, in seconds since 1970, is the date
    whatever git says.

    A build needs no git, so whatever git cannot or will not say is unknown, and no error: the
    commit is None where there is no repository, no commit or no git program, and where git
    refuses a repository of another owner. Here, and only here, git reads the user's own
    configuration, so that `safe.directory` and the user's ignored files count as they do for
    `git status`.
    """
    try:
        commit, date = _head(Git(root, environment, ours=False))
    except Transient:
        commit, date = None, None
    seconds = date if epoch is None else epoch
    return Revision(
        commit=commit,
        date=None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC),
    )


def is_changed(root: Path, environment: Mapping[str, str]) -> bool:
    """Return whether a portfolio's files differ from the commit that it stands on.

    Files that git does not know yet count as changes. Raises Transient where git does not say.
    """
    git = Git(root, environment, ours=False)
    options = ("--porcelain", "--untracked-files=normal")
    return git.ask("status", *options, operands=PORTFOLIO) != b""


def place_of(
    root: Path, environment: Mapping[str, str], ours: CommitId | None, other: CommitId
) -> Place:
    """Return where ``other`` stands, as seen from ``ours``; beside it where nothing is ours."""
    if ours is None or ours == other:
        return Place.BEFORE
    git = Git(root, environment, ours=False)
    if git.run("cat-file", "-e", operands=[f"{other}^{{commit}}"]).code != 0:
        return Place.UNKNOWN
    is_after = git.run("merge-base", "--is-ancestor", operands=[ours, other]).code == 0
    return Place.AFTER if is_after else Place.BEFORE


def history_of(root: Path, environment: Mapping[str, str], commit: CommitId) -> dict[CommitId, int]:
    """Return a commit of the portfolio and all before it, each with its place: 0 is the commit."""
    git = Git(root, environment, ours=False)
    lines = git.ask("rev-list", "--topo-order", operands=[commit]).decode().split()
    return {CommitId(line): place for place, line in enumerate(lines)}


def _head(git: Git) -> tuple[CommitId | None, int | None]:
    answer = git.run("rev-list", "--max-count=1", "--timestamp", operands=["HEAD"])
    if answer.code != 0:
        return None, None
    seconds, commit = answer.out.split()
    return CommitId(commit.decode()), int(seconds)

"""Whether git is at work in somebody's repository, told without asking git."""

from pathlib import Path


def git_is_at_work(root: Path) -> bool:
    """Whether git is about to change the files of the repository around ``root``.

    As long as it checks out another commit, git holds the lock of the index (git,
    "Documentation/technical/api-index.txt"). In a linked work tree that lock is elsewhere, and
    the answer is no.
    """
    return any((folder / ".git" / "index.lock").exists() for folder in (root, *root.parents))

"""A bare repository as a server keeps it, seen from the server's side."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ISOLATED = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""Git without the settings of whoever runs the tests."""
BRANCH = "main"


def git(folder: Path, *arguments: str, **variables: str) -> str:
    """Return what a git command in ``folder`` printed. Raises CalledProcessError."""
    return _run(folder, arguments, None, variables)


def feed(folder: Path, given: bytes, *arguments: str) -> str:
    """Return what a git command with this input printed. Raises CalledProcessError."""
    return _run(folder, arguments, given, {})


def _run(
    folder: Path, arguments: Sequence[str], given: bytes | None, variables: Mapping[str, str]
) -> str:
    done = subprocess.run(
        ["git", "-C", folder, *arguments],
        check=True,
        capture_output=True,
        input=given,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **ISOLATED, **variables},
    )
    return done.stdout.decode().strip()


class Repository:
    """A bare repository on the disk: asked and given rules behind its server's back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> "Repository":
        """Make it, empty, with its parent folders."""
        self.folder.mkdir(parents=True)
        self.git("init", "--quiet", "--bare", "--template=", f"--initial-branch={BRANCH}")
        return self

    def git(self, *arguments: str) -> str:
        """Return what a git command printed there."""
        return git(self.folder, *arguments)

    def configure(self, key: str, value: str) -> None:
        """Set an option of the repository, as its owner would."""
        self.git("config", key, value)

    def hook(self, name: str, script: str) -> None:
        """Set a hook, a shell script; an empty one takes it away."""
        path = self.folder / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        if script:
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)

    def head(self, branch: str = BRANCH) -> str | None:
        """Return the commit of a branch; None where there is none."""
        known = self.git("for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")
        return known or None

    def tree(self, branch: str = BRANCH) -> dict[str, str]:
        """Return every path of a branch with mode and blob id, to compare branches by."""
        if self.head(branch) is None:
            return {}
        listing = self.git("ls-tree", "-r", "-z", "--full-tree", f"refs/heads/{branch}")
        entries = (entry.partition("\t") for entry in listing.split("\0") if entry)
        return {path: f"{about.split()[0]} {about.split()[2]}" for about, _, path in entries}

    def commits(self, branch: str = BRANCH) -> int:
        """Return how many commits a branch has."""
        return int(self.git("rev-list", "--count", f"refs/heads/{branch}", "--"))

    def fsck(self) -> None:
        """Check every object and link. Raises AssertionError with git's words."""
        fsck(self.folder)


def fsck(folder: Path) -> None:
    """Check a repository with `git fsck --strict`. Raises AssertionError with git's words."""
    done = subprocess.run(
        ["git", "-C", folder, "fsck", "--strict", "--no-dangling", "--no-progress"],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], **ISOLATED},
    )
    said = (done.stdout + done.stderr).strip()
    assert (done.returncode, _faults(said)) == (0, []), said


def _faults(said: str) -> list[str]:
    """What git complains of; that a branch does not exist yet is nothing to complain of."""
    fine = ("notice: HEAD points to an unborn branch", "notice: No default references")
    return [line for line in said.splitlines() if line and not line.startswith(fine)]

"""Rules that the owner of a repository set: what is refused, what is slow, what breaks."""

import shlex
from pathlib import Path

from support.servers.repository import BRANCH, Repository

GITHUB_PROTECTED = """\
error: GH006: Protected branch update failed for refs/heads/main.
error: Changes must be made through a pull request."""
GITHUB_TOO_LARGE = """\
error: File big.bin is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB
error: GH001: Large files detected. You may want to try Git Large File Storage."""
GITHUB_RULES = """\
error: GH013: Repository rule violations found for refs/heads/main."""
GITLAB_PROTECTED = "GitLab: You are not allowed to push code to protected branches on this project."
FORGEJO_PROTECTED = "Forgejo: Not allowed to push to protected branch main"
FORGES = (
    GITHUB_PROTECTED,
    GITHUB_TOO_LARGE,
    GITHUB_RULES,
    GITLAB_PROTECTED,
    FORGEJO_PROTECTED,
)
"""What forges say when they refuse a push; git puts "remote: " before each line."""


def protect(repository: Repository) -> None:
    """Nobody rewrites or deletes a branch."""
    repository.configure("receive.denyNonFastForwards", "true")
    repository.configure("receive.denyDeletes", "true")


def refuse(repository: Repository, words: str, hook: str = "pre-receive") -> None:
    """Refuse every push (``update``: every branch of it) with these words."""
    repository.hook(hook, f"printf '%s\\n' {shlex.quote(words)} >&2\nexit 1")


def refuse_branch(repository: Repository, words: str, branch: str = BRANCH) -> None:
    """Refuse a push of one branch with these words; others are taken."""
    test = f'test "$1" = {shlex.quote(f"refs/heads/{branch}")} || exit 0'
    repository.hook("update", f"{test}\nprintf '%s\\n' {shlex.quote(words)} >&2\nexit 1")


def limit_file(repository: Repository, size: int) -> None:
    """Refuse files of more than ``size`` bytes, naming the first, as a forge does."""
    listed = "git rev-list --objects $new --not --all"
    sizes = "git cat-file --batch-check='%(objecttype) %(objectsize) %(rest)'"
    script = f"""\
while read old new ref; do
  {listed} | {sizes} | while read type size path; do
    if [ "$type" = blob ] && [ "$size" -gt {size} ]; then
      echo "File $path is $size bytes; this exceeds the file size limit of {size}" >&2
      exit 1
    fi
  done || exit 1
done"""
    repository.hook("pre-receive", script)


def limit_push(repository: Repository, size: int) -> None:
    """Let git itself refuse pushes of more than ``size`` bytes."""
    repository.configure("receive.maxInputSize", str(size))


def hold(repository: Repository, gate: Path) -> Path:
    """Let every push wait until ``gate`` exists; return what exists once one waits."""
    waiting = gate.with_name(f"{gate.name}.waiting")
    script = f"touch {shlex.quote(str(waiting))}\n"
    script += f"until [ -e {shlex.quote(str(gate))} ]; do sleep 0.02; done"
    repository.hook("pre-receive", script)
    return waiting


def break_before(repository: Repository) -> None:
    """The server's git is killed before a branch has moved."""
    repository.hook("pre-receive", "kill -9 $PPID")


def break_after(repository: Repository) -> None:
    """The server's git is killed once a branch has moved: the client never hears of it."""
    repository.hook("reference-transaction", 'test "$1" != committed || kill -9 $PPID')


def overtake(repository: Repository) -> None:
    """A colleague commits on top of every push before the client can look."""
    who = "GIT_AUTHOR_NAME=c GIT_AUTHOR_EMAIL=c GIT_COMMITTER_NAME=c GIT_COMMITTER_EMAIL=c"
    theirs = f"{who} git commit-tree -p $new -m Theirs $new^{{tree}}"
    repository.hook("post-receive", f"read old new ref; git update-ref $ref $({theirs})")


def lift(repository: Repository) -> None:
    """Take every hook away."""
    for hook in ("pre-receive", "update", "post-receive", "reference-transaction"):
        repository.hook(hook, "")

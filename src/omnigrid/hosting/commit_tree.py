"""The portfolio's files in a commit of its own repository, without a checkout."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from omnigrid.hosting.git import Git
from omnigrid.model.errors import InputError
from omnigrid.model.names import CommitId, SourcePath
from omnigrid.model.tree import CONFIG_NAME, FILES, FOLDERS


class CommitTree:
    """The files of the portfolio at ``root`` as they were in ``commit``. A version is a blob id."""

    def __init__(self, root: Path, commit: CommitId, environment: Mapping[str, str]) -> None:
        self._git = Git(root, environment, ours=False)
        self._commit = commit
        self._blobs: dict[str, bytes] = {}

    def paths(self) -> dict[SourcePath, str]:
        """Return every file and its blob id."""
        return {path: blob for path, blob in self._files.items() if "/." not in f"/{path}"}

    def read(self, path: SourcePath, limit: int) -> bytes:
        """Return the first ``limit`` bytes of a file. Raises FileNotFoundError."""
        blob = self._files.get(path)
        if blob is None:
            raise FileNotFoundError(path)
        if blob not in self._blobs:
            self.fetch([path])
        return self._blobs[blob][:limit]

    def fetch(self, paths: Iterable[SourcePath]) -> None:
        """Read these files from git, all with one process, and forget those of the last time."""
        wanted = sorted({self._files[path] for path in paths if path in self._files})
        asked = [f"{blob}\n".encode() for blob in wanted]
        self._blobs = dict(_batch(self._git.ask("cat-file", "--batch", stdin=asked)))

    @cached_property
    def _files(self) -> dict[SourcePath, str]:
        # Paths are relative to the portfolio's folder, which may be below the repository's.
        wanted = [*FILES, *FOLDERS]
        listing = self._git.ask("ls-tree", "-r", "-z", operands=[self._commit, *wanted])
        return dict(_blobs_of(listing))


def _blobs_of(listing: bytes) -> Iterator[tuple[SourcePath, str]]:
    for entry in listing.split(b"\0"):
        about, _, path = entry.partition(b"\t")
        if about.startswith(b"100"):
            yield SourcePath(path.decode("utf-8", "surrogateescape")), about.split()[2].decode()


def _batch(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield id and bytes of each object (git-cat-file, "BATCH OUTPUT")."""
    at = 0
    while at < len(answer):
        line = answer.index(b"\n", at)
        name, _, size = answer[at:line].split(b" ")
        start, end = line + 1, line + 1 + int(size)
        yield name.decode(), answer[start:end]
        at = end + 1


def same_portfolio(
    root: Path, environment: Mapping[str, str], one: CommitId, other: CommitId
) -> bool:
    """Whether both commits have the same portfolio; no where one is not known.

    Approvals and measurements may differ: what somebody agreed to is none of them.
    """
    git = Git(root, environment, ours=False)
    if one == other:
        return True
    wanted = [CONFIG_NAME, *FOLDERS]
    answers = [git.run("ls-tree", "-z", operands=[each, *wanted]) for each in (one, other)]
    return all(each.code == 0 for each in answers) and answers[0].out == answers[1].out


def find_commit(root: Path, name: str, environment: Mapping[str, str]) -> CommitId:
    """Return the commit that ``name`` (a branch, a tag, an id, HEAD~1) stands for.

    Raises InputError where there is none.
    """
    git = Git(root, environment, ours=False)
    if not name.startswith("-") and "\0" not in name:
        found = git.run("rev-parse", "--verify", "--quiet", operands=[f"{name}^{{commit}}"])
        if found.code == 0:
            return CommitId(found.out.decode().strip())
    raise InputError(
        f'there is no commit "{name}" here',
        "name a branch, a tag or a commit of the portfolio's repository, such as main or HEAD~1",
    )


def branching_point(root: Path, environment: Mapping[str, str]) -> CommitId:
    """Return where HEAD left the main branch; HEAD itself where it is the main branch.

    Raises InputError where the portfolio is not in git.
    """
    git = Git(root, environment, ours=False)
    for main in ("origin/HEAD", "origin/main", "main", "origin/master", "master"):
        found = git.run("merge-base", operands=["HEAD", main])
        if found.code == 0:
            return CommitId(found.out.decode().strip())
    return find_commit(root, "HEAD", environment)

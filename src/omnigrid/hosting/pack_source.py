"""One commit of somebody else's repository, as files: fetched with depth 1, never checked out."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from omnigrid.hosting.cache import init_bare
from omnigrid.hosting.git import Answer, Git, redact
from omnigrid.model.digests import digest_bytes
from omnigrid.model.errors import InputError, OmnigridError, Transient
from omnigrid.model.names import CommitId

_COMMIT = re.compile(r"[0-9a-f]{40}")
_FETCHED = "refs/omnigrid/pack"
_PATIENCE = {
    # Seconds without a kilobyte, after which git gives up (git-config, "http.lowSpeedLimit").
    "GIT_HTTP_LOW_SPEED_LIMIT": "1024",
    "GIT_HTTP_LOW_SPEED_TIME": "20",
}
_SSH = "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=10"
_KINDS = {b"120000": "is a symbolic link", b"160000": "is a submodule"}
_NOT_ONE = ("does not appear to be a git repository", "invalid gitfile", "dubious ownership")
_GONE = ("not our ref", "couldn't find remote ref", "no such remote ref")


class PackTree(Struct, frozen=True):
    """A commit's files below a folder, and when it was made."""

    commit: CommitId
    date: dt.date
    files: tuple[tuple[str, bytes], ...]


class PackRepository:
    """A repository that holds packs; what was fetched stays in a bare cache of ours.

    Raises Transient where it does not answer, InputError where it has not what was asked for.
    """

    def __init__(self, folder: Path, url: str, environment: Mapping[str, str]) -> None:
        """``url`` is what ``packs.sources`` let through: https, ssh or file, without a secret."""
        self._url = url
        place = folder / f"{digest_bytes(url.encode())[:32]}.git"
        ssh = {"GIT_SSH_COMMAND": environment.get("GIT_SSH_COMMAND", _SSH)}
        self._git = Git(place, {**environment, **_PATIENCE, **ssh})

    def resolve(self, ref: str) -> CommitId:
        """Return the commit that a tag, a branch or a commit's id stands for now."""
        if is_commit(ref):
            return CommitId(ref)
        init_bare(self._git, "main")
        names = [f"refs/tags/{ref}^{{}}", f"refs/tags/{ref}", f"refs/heads/{ref}"]
        answer = self._git.run("ls-remote", operands=[self._url, *names])
        if answer.code != 0:
            raise self._unreachable(answer)
        lines = answer.out.decode("utf-8", "replace").splitlines()
        found = {name: commit for commit, _, name in (line.partition("\t") for line in lines)}
        commit = next((found[name] for name in names if name in found), "")
        if not is_commit(commit):
            raise self._unknown(ref)
        return CommitId(commit)

    def tree(self, commit: CommitId, folder: str, most: int, limit: int) -> PackTree:
        """Return the files of a commit below a folder: at most ``most``, of ``limit`` bytes in all.

        Links and submodules are refused; names are as git has them, for the caller to judge.
        """
        self._fetch(commit)
        entries = list(self._listed(commit, folder))
        if len(entries) > most or sum(size for _, _, size in entries) > limit:
            raise InputError(
                f"{redact(self._url)} holds far more than a template pack",
                "name the pack's own folder behind a #, such as #packs/plain",
            )
        asked = (f"{blob}\n".encode() for _, blob, _ in entries)
        answer = self._git.ask("cat-file", "--batch", stdin=asked) if entries else b""
        names = (name for name, _, _ in entries)
        files = tuple(zip(names, _batch(answer), strict=True))
        return PackTree(commit, self._date(commit), files)

    def _fetch(self, commit: CommitId) -> None:
        init_bare(self._git, "main")
        known = self._git.run("cat-file", "-e", operands=[f"{commit}^{{tree}}"])
        if known.code == 0:
            return
        options = ("--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head")
        operands = [self._url, f"+{commit}:{_FETCHED}"]
        answer = self._git.run("fetch", *options, "--no-recurse-submodules", operands=operands)
        if answer.code != 0:
            raise self._unreachable(answer)

    def _listed(self, commit: CommitId, folder: str) -> Iterator[tuple[str, str, int]]:
        """Yield path below the folder, blob id and size."""
        operands = [f"{commit}:{folder}"] if folder else [commit]
        listing = self._git.run("ls-tree", "-r", "-z", "-l", "--full-tree", operands=operands)
        if listing.code != 0:
            raise InputError(
                f'{redact(self._url)} has no folder "{folder}" at {commit[:10]}',
                "name the folder in which its pack.yaml stands",
            )
        for entry in listing.out.split(b"\0"):
            about, _, path = entry.partition(b"\t")
            if about:
                mode, _, blob, size = about.split()
                name = path.decode("utf-8", "surrogateescape")
                if mode in _KINDS:
                    raise _refused(redact(self._url), name, _KINDS[mode])
                yield name, blob.decode(), int(size)

    def _date(self, commit: CommitId) -> dt.date:
        text = self._git.ask("show", "--no-patch", "--format=%ct", operands=[commit]).decode()
        return dt.datetime.fromtimestamp(int(text), dt.UTC).date()

    def _unreachable(self, answer: Answer) -> OmnigridError:
        if any(words in answer.err for words in _GONE):
            return self._unknown("the locked commit")
        lost = any(words in answer.err for words in _NOT_ONE)
        if lost:
            return InputError(
                f"{redact(self._url)} is not a git repository, or may not be read",
                "look at the address; git's credentials and the ssh agent are those of this user",
            )
        return Transient(
            f"{redact(self._url)} could not be read: {answer.err.splitlines()[-1][:300]}"
            if answer.err
            else f"{redact(self._url)} could not be read",
            "try again when it can be reached",
        )

    def _unknown(self, ref: str) -> InputError:
        return InputError(
            f"{redact(self._url)} does not have {ref} (any more)",
            f"look which tags it has: git ls-remote {redact(self._url)}",
        )


def is_commit(ref: str) -> bool:
    """Whether a ref is the whole id of a commit."""
    return _COMMIT.fullmatch(ref) is not None


def _batch(answer: bytes) -> Iterator[bytes]:
    """Yield the bytes of each object (git-cat-file, "BATCH OUTPUT")."""
    at = 0
    while at < len(answer):
        line = answer.index(b"\n", at)
        size = int(answer[at:line].split(b" ")[2])
        yield answer[line + 1 : line + 1 + size]
        at = line + 1 + size + 1


def _refused(address: str, name: str, why: str) -> InputError:
    shown = name.encode("unicode_escape", "backslashreplace").decode()
    return InputError(
        f'the pack from {address} is refused: "{shown[:200]}" {why}',
        "nothing was taken; tell whoever makes the pack",
    )

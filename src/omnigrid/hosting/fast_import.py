"""One commit as a stream for `git fast-import` (its format: git-fast-import(1))."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from omnigrid.model.errors import Bug
from omnigrid.model.names import BlobId, CommitId

AUTHOR = "omnigrid <omnigrid@localhost>"
Content = BlobId | bytes
"""A file's bytes, or the id of a blob that the repository has."""


class NewCommit(Struct, frozen=True):
    """A commit to be made on ``ref``; without a parent it begins a history.

    ``date`` in seconds since 1970: nothing else but the content decides the commit's id.
    """

    ref: str
    parent: CommitId | None
    date: int
    message: str
    delete: tuple[str, ...]


def commit_stream(commit: NewCommit, files: Iterable[tuple[str, Content]]) -> Iterator[bytes]:
    """Yield the stream that makes ``commit``; git answers with the commit's id on its output.

    Raises Bug for a path or an id that git's trees cannot hold.
    """
    message = commit.message.encode()
    yield b"feature done\ncommit %s\nmark :1\n" % commit.ref.encode()
    yield b"author %s %d +0000\n" % (AUTHOR.encode(), commit.date)
    yield b"committer %s %d +0000\n" % (AUTHOR.encode(), commit.date)
    yield b"data %d\n%s\n" % (len(message), message)
    if commit.parent is not None:
        yield b"from %s\n" % _object_id(commit.parent)
    # Deletions first: a file may make room for a folder of its name.
    for path in commit.delete:
        yield b"D %s\n" % quote(path)
    for path, content in files:
        yield from _modify(path, content)
    yield b"get-mark :1\ndone\n"


class Past(NamedTuple):
    """A commit of ours as it was: the id of its tree, its date, and its message."""

    tree: str
    date: int
    message: bytes


def history_stream(ref: str, commits: Iterable[Past]) -> Iterator[bytes]:
    """Yield the stream that makes commits anew on ``ref``, each on top of the one before.

    Git answers with the id of the last one. Raises Bug for what is not the id of a tree.
    """
    yield b"feature done\n"
    mark = 0
    for mark, commit in enumerate(commits, start=1):
        yield b"commit %s\nmark :%d\n" % (ref.encode(), mark)
        yield b"author %s %d +0000\n" % (AUTHOR.encode(), commit.date)
        yield b"committer %s %d +0000\n" % (AUTHOR.encode(), commit.date)
        yield b"data %d\n%s\n" % (len(commit.message), commit.message)
        yield b"from :%d\n" % (mark - 1) if mark > 1 else b""
        yield b'M 040000 %s ""\n\n' % _object_id(commit.tree)
    yield b"get-mark :%d\ndone\n" % mark


def blob_stream(blobs: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the stream that makes blobs, which nothing refers to yet."""
    yield b"feature done\n"
    for data in blobs:
        yield b"blob\ndata %d\n" % len(data)
        yield data
        yield b"\n"
    yield b"done\n"


def quote(path: str) -> bytes:
    """Return a path as the stream wants it: in quotes, with LF, backslash and quote escaped.

    Bytes that are not UTF-8 come as Python's surrogate escapes (PEP 383) and go out as they were.
    Raises Bug for what git refuses in a tree: empty parts, ``.``, ``..`` and ``.git``.
    """
    parts = path.lower().split("/")
    if "\0" in path or not {"", ".", "..", ".git"}.isdisjoint(parts):
        raise Bug(f"git cannot hold a file named {path!r}")
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return b'"%s"' % escaped.encode("utf-8", "surrogateescape")


def _modify(path: str, content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield b"M 100644 inline %s\ndata %d\n" % (quote(path), len(content))
        yield content
        yield b"\n"
    else:
        yield b"M 100644 %s %s\n" % (_object_id(content), quote(path))


def _object_id(text: str) -> bytes:
    if re.fullmatch("[0-9a-f]{40}", text) is None:
        raise Bug(f"not the id of a git object: {text!r}")
    return text.encode()

"""What a run found out about a portfolio's files, kept as long as none of them changes."""

import os
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from omnigrid.model.digests import digest_value
from omnigrid.model.names import Digest
from omnigrid.model.tree import FileTree, is_stamp, stamp_time

Answer = TypeVar("Answer")


class _Kept(msgspec.Struct, frozen=True):
    """The file: what was asked, of which files, and the answer."""

    question: Digest
    answer: msgspec.Raw


class Seen:
    """A look at all files of a tree."""

    def __init__(self, tree: FileTree) -> None:
        """Look at the files as they are."""
        self._stamps = tree.paths()

    @cached_property
    def digest(self) -> Digest:
        """The digest of their names and stamps."""
        # The bytes of a name that is no text can be in no digest.
        listed = [name.encode("utf-8", "backslashreplace").decode() for name in self._stamps]
        return digest_value([listed, list(self._stamps.values())])

    @cached_property
    def newest(self) -> int:
        """When one of them was last changed, in nanoseconds since 1970."""
        return max(map(stamp_time, filter(is_stamp, self._stamps.values())), default=0)


class Answers(Generic[Answer]):
    """Keeps the answer to one question in a file.

    A file that is missing, damaged or of another question means: not known. A portfolio's file
    that was changed in the same tick of the clock in which we looked is not trusted, as in git's
    index (git, "Documentation/technical/racy-git").
    """

    def __init__(
        self, path: Path, kind: type[Answer], started: int, seen: Seen, question: str
    ) -> None:
        """Ask a question about the files that were seen; ``kind`` is the type of the answer.

        ``started`` is a time before they were looked at, as the file system has it.
        """
        self._path, self._decoder = path, msgspec.json.Decoder(kind)
        self._start, self._seen = started, seen
        self._asked = digest_value([question, seen.digest])

    def known(self) -> Answer | None:
        """Return the answer that was kept; None where none was, or not to this question."""
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            kept = msgspec.json.decode(self._path.read_bytes(), type=_Kept)
            if kept.question == self._asked:
                return self._decoder.decode(kept.answer)
        return None

    def keep(self, answer: Answer) -> None:
        """Keep an answer that was found after the question was asked."""
        if self._seen.newest >= self._start:
            return
        partial = self._path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):  # What cannot be kept is found again.
            encoded = msgspec.Raw(msgspec.json.encode(answer))
            partial.write_bytes(msgspec.json.encode(_Kept(self._asked, encoded)))
            partial.replace(self._path)

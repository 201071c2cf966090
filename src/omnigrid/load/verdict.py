"""The last verdict on a portfolio's files, kept as long as none of them changes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from omnigrid.load.disk import DiskTree
from omnigrid.model.digests import digest_value
from omnigrid.model.findings import Diagnostic
from omnigrid.model.names import Digest


class Verdict(msgspec.Struct):
    """What is known of the files; None until something is learned."""

    known: tuple[Diagnostic, ...] | None = None

    def learn(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Take note of what was found."""
        self.known = diagnostics


class _Kept(msgspec.Struct, frozen=True):
    """The verdict file: what was asked, of which files, and the answer."""

    question: Digest
    diagnostics: tuple[Diagnostic, ...]


class Verdicts:
    """Keeps one verdict in a file. A file that is missing, damaged or of others means: not known.

    A portfolio's file that was changed in the same tick of the clock in which we looked is not
    trusted, as in git's index (git, "Documentation/technical/racy-git").
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def about(self, tree: DiskTree, question: str) -> Iterator[Verdict]:
        """Give the verdict on a tree's files; what is learned about them is kept."""
        start = self._touch()
        newest, versions = tree.versions()
        asked = digest_value([question, versions])
        verdict = Verdict(self._recall(asked))
        fresh = verdict.known is None
        yield verdict
        if fresh and verdict.known is not None and start is not None and newest < start:
            self._keep(_Kept(asked, verdict.known))

    def _touch(self) -> int | None:
        """Return the file system's time now, in nanoseconds; None where it cannot be written."""
        mark = self._path.with_suffix(f".{os.getpid()}")
        try:
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.write_bytes(b"")
            time = mark.stat().st_mtime_ns
            mark.unlink()
        except OSError:
            return None
        return time

    def _recall(self, asked: Digest) -> tuple[Diagnostic, ...] | None:
        try:
            kept = msgspec.json.decode(self._path.read_bytes(), type=_Kept)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None
        return kept.diagnostics if kept.question == asked else None

    def _keep(self, kept: _Kept) -> None:
        partial = self._path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):  # A verdict that cannot be kept is found again.
            partial.write_bytes(msgspec.json.encode(kept))
            partial.replace(self._path)

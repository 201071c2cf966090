"""Writing what a job made: each file that changed once and whole, skipped by digest otherwise."""

import errno
import os
from collections.abc import Container, Mapping
from pathlib import Path
from typing import NamedTuple

from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.manifest import Entry, encode_entries
from omnigrid.model.names import JobId, OutPath
from omnigrid.model.plan import Artifact
from omnigrid.output.stamps import UNKNOWN, Stamp, look, stamp_of, stamped

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
_IN_THE_WAY = frozenset({errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.EEXIST})
"""A file of the last build stands where a folder shall be, or the other way round; or a link."""


class Made(NamedTuple):
    """What stands below ``build/`` for a job, or waits in the stage."""

    job: JobId
    entries: bytes
    """Its files, as a record keeps them."""
    written: bytes
    """The paths that were written, one a line."""
    files: int
    """How many these are."""
    size: int
    """Their bytes."""
    staged: bool
    """Whether some of them are moved into place at the end."""
    stamped: bytes
    """The stamps of its files, encoded."""


class Writer:
    """Writes the files of jobs. Several processes may do so at once, each for jobs of its own.

    A path that the last manifest does not name is written where it belongs: nothing refers to it
    before the next manifest does. A path that it names is staged; those that it names for other
    jobs, and these may take over, are ``taken``.
    """

    def __init__(self, build: Path, stage: Path, taken: Container[OutPath] = ()) -> None:
        self._build, self._stage, self._taken = str(build), str(stage), taken

    def write(
        self, artifact: Artifact, known: Mapping[OutPath, Entry], intact: Mapping[OutPath, Entry]
    ) -> Made:
        """Write what differs from ``intact``, the files of the last build that are as it left them.

        ``known`` are all files that the last manifest names for this job. Raises OSError.
        """
        entries: dict[OutPath, Entry] = {}
        written: list[OutPath] = []
        staged = False
        stamps: list[Stamp] = []
        for path, data in artifact.files:
            sha256 = digest_bytes(data)
            before = intact.get(path)
            if before is not None and before.sha256 == sha256:
                entries[path] = before
                stamps.append(look(f"{self._build}/{path}"))
                continue
            entries[path] = Entry(blob_id(data), sha256, len(data))
            written.append(path)
            named = path in known or path in self._taken
            stamp = UNKNOWN if named else self._put(path, data)
            stamps.append(stamp)
            if stamp == UNKNOWN:
                staged = True
                _write(f"{self._stage}/{path}", data)
        return Made(
            artifact.job,
            encode_entries(entries),
            "\n".join(written).encode(),
            len(written),
            sum(entries[path].size for path in written),
            staged,
            stamped(entries, stamps),
        )

    def _put(self, path: OutPath, data: bytes) -> Stamp:
        """Write a new file where it belongs; UNKNOWN where it has to be staged."""
        try:
            return _write(f"{self._build}/{path}", data)
        except OSError as error:
            if error.errno not in _IN_THE_WAY:
                raise
            return UNKNOWN


def _write(target: str, data: bytes) -> Stamp:
    try:
        handle = os.open(target, _FLAGS, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120  (hot path)
        handle = os.open(target, _FLAGS, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        return stamp_of(os.fstat(handle))
    finally:
        os.close(handle)

"""Stamps of written files: with one look at each, what nobody touched need not be read again."""

import os
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from omnigrid.model.manifest import MANIFEST_NAME, is_inside
from omnigrid.model.names import JobId, OutPath
from omnigrid.output.spool import TOGETHER

Stamp = bytes
"""A file's size, times (mtime and ctime, in nanoseconds) and inode."""
SIZE = 32
"""Bytes of a stamp."""
UNKNOWN: Stamp = bytes(SIZE)
_pack = struct.Struct("<QQQQ").pack
_TIMES = struct.Struct("<8xQQ8x")


def stamp_of(found: os.stat_result) -> Stamp:
    """Return a file's stamp: it changes with the file, except within the same tick of the clock."""
    return _pack(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def look(path: str) -> Stamp:
    """Return the stamp of a file as it is now; UNKNOWN where there is none."""
    try:
        return stamp_of(os.lstat(path))
    except OSError:
        return UNKNOWN


def _look_below(folder: int, path: str) -> Stamp:
    """Return the same for a path below an open folder: the way to it is walked once for all."""
    try:
        return stamp_of(os.stat(path, dir_fd=folder, follow_symlinks=False))
    except OSError:
        return UNKNOWN


class Stamped(Struct, frozen=True, array_like=True):
    """A job's files as the last build left them: paths, one a line, and their stamps, joined."""

    paths: str
    stamps: bytes

    def touched(self, folder: int) -> list[OutPath]:
        """Return the files in an open folder that are not as they were left, or may not be."""
        paths = self.paths.split("\n")
        now = b"".join([_look_below(folder, path) for path in paths])
        if now == self.stamps and UNKNOWN not in now:
            return []
        return [
            OutPath(path)
            for at, path in enumerate(paths)
            if now[at * SIZE : (at + 1) * SIZE] != self.stamps[at * SIZE : (at + 1) * SIZE]
            or now[at * SIZE : (at + 1) * SIZE] == UNKNOWN
        ]


Left = msgspec.Raw
"""``Stamped`` as it stands in the memory: encoded until somebody asks."""
_encode = msgspec.msgpack.encode
_LEFT = msgspec.msgpack.Decoder(Stamped)


def stamped(paths: Iterable[OutPath], stamps: Iterable[Stamp]) -> bytes:
    """Return the stamps of a job's files, encoded."""
    return _encode(Stamped("\n".join(paths), b"".join(stamps)))


class Stamps(Struct, frozen=True, array_like=True):
    """The stamps of a build folder, with that of the manifest which they belong to."""

    manifest: Stamp
    jobs: dict[JobId, Left]


NO_STAMPS = Stamps(UNKNOWN, {})
_DECODER = msgspec.msgpack.Decoder(Stamps)


def read_stamps(memory: Path, folder: Path) -> Stamps:
    """Return the stamps in ``memory`` that belong to the manifest in ``folder``; else none.

    A file that was changed within the same tick of the clock as the stamps were kept is not
    trusted, as in git's index (git, "Documentation/technical/racy-git").
    """
    try:
        kept = memory.stat().st_mtime_ns
        stamps = _DECODER.decode(memory.read_bytes())
    except (OSError, msgspec.MsgspecError):
        return NO_STAMPS
    if stamps.manifest != look(str(folder / MANIFEST_NAME)) or _newest(stamps.manifest) >= kept:
        return NO_STAMPS
    return stamps


def remembered_paths(memory: Path) -> set[OutPath]:
    """Return every path that the last build left, whatever became of its manifest."""
    try:
        kept = _DECODER.decode(memory.read_bytes())
    except (OSError, msgspec.MsgspecError):
        return set()
    paths: set[str] = set()
    with suppress(msgspec.MsgspecError):
        for each in kept.jobs.values():
            paths.update(_LEFT.decode(each).paths.split("\n"))
    return {OutPath(path) for path in paths if is_inside(OutPath(path))}


def _newest(stamp: Stamp) -> int:
    return max(map(int, _TIMES.unpack(stamp)))


def keep_stamps(
    memory: Path,
    folder: Path,
    jobs: Mapping[JobId, Left],
    passing: Callable[[Iterator[bytes]], Iterator[bytes]] = iter,
) -> None:
    """Keep stamps for the next run; where they cannot be kept every file is read again.

    What is written goes through ``passing``, chunk by chunk.
    """
    partial_file = memory.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        memory.parent.mkdir(parents=True, exist_ok=True)
        with partial_file.open("wb") as file:
            file.writelines(passing(_chunks(look(str(folder / MANIFEST_NAME)), jobs)))
        partial_file.replace(memory)


def _chunks(manifest: Stamp, jobs: Mapping[JobId, Left]) -> Iterator[bytes]:
    """Yield ``Stamps``, encoded, some jobs at a time: all of them may be a hundred MiB.

    An array of two and a map, https://github.com/msgpack/msgpack/blob/master/spec.md
    """
    yield b"\x92" + _encode(manifest) + b"\xdf" + len(jobs).to_bytes(4, "big")
    names = [*jobs]
    for at in range(0, len(names), TOGETHER):
        chunk = names[at : at + TOGETHER]
        yield b"".join([part for job in chunk for part in (_encode(job), jobs[job])])


CHUNK = 1024
"""Jobs that are looked at in one go."""


def looks(folder: Path, stamps: Stamps) -> tuple[partial[list[JobId]], list[list[JobId]]]:
    """Return a function and its items, for an executor: the jobs with files that were touched."""
    jobs = list(stamps.jobs)
    chunks = [jobs[at : at + CHUNK] for at in range(0, len(jobs), CHUNK)]
    return partial(_touched, str(folder), stamps.jobs), chunks


def _touched(folder: str, jobs: dict[JobId, Left], chunk: list[JobId]) -> list[JobId]:
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return chunk  # Gone since the stamps were read, with all its files.
    try:
        return [job for job in chunk if _is_touched(jobs[job], descriptor)]
    finally:
        os.close(descriptor)


def _is_touched(left: Left, folder: int) -> bool:
    try:
        return bool(_LEFT.decode(left).touched(folder))
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return True

"""Compiled templates, kept between runs in the user's own cache, as Python keeps its ``.pyc``.

Not beside the portfolio: what is loaded here runs as code, and a portfolio's folder is written by
whoever sends a pull request.
"""

from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from types import CodeType

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from omnigrid.model.digests import digest_value

_KEPT = 400
"""Compiled templates that are kept: those of fifty packs, or of a long day of editing one."""


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates by what they were compiled from; damaged ones count as absent."""

    def __init__(self, folder: Path, program: str) -> None:
        """``program`` stands for the compiler: another one may make other code."""
        super().__init__(str(folder))
        self._folder, self._program = folder, program
        # What the disk gave: each pack has templates of the base, which are read once for all.
        self._known: dict[str, CodeType] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return the compiled template, or an empty place for it."""
        key = digest_value([self._program, name, filename, source])[:32]
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        bucket.code = self._known.get(key)
        if bucket.code is None:
            with suppress(OSError):
                self.load_bytecode(bucket)
            if bucket.code is not None:
                self._known[key] = bucket.code
        return bucket

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; where the disk refuses, it is compiled again next time."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            super().dump_bytecode(bucket)
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        kept = [path.stat() for path in self._folder.iterdir()]
        if len(kept) <= _KEPT:
            return
        oldest = sorted(kept, key=attrgetter("st_mtime_ns"))[len(kept) - _KEPT // 2].st_mtime_ns
        for path in self._folder.iterdir():
            if path.stat().st_mtime_ns < oldest:
                path.unlink(missing_ok=True)

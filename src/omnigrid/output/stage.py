"""The stage: a build is written here whole, then moved into place.

The staged manifest is the marker: with it, a build that was killed is finished by the next one;
without it, forgotten. Every step of the move may be repeated.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from omnigrid.model.manifest import MANIFEST_NAME, Manifest
from omnigrid.model.names import OutPath
from omnigrid.output.manifest import encode_manifest, read_manifest

STAGE = ".stage"


class Stage:
    """The folder ``.stage`` inside a build folder."""

    def __init__(self, build: Path) -> None:
        self._build = build
        self._folder = build / STAGE
        self._files = self._folder / "files"

    def heal(self) -> None:
        """Finish a build that was killed after it was staged whole; forget one killed before."""
        if (self._files / MANIFEST_NAME).is_file():
            self._move_into_place()
        self.clear()

    def begin(self) -> None:
        """Make an empty stage that names this process."""
        self.clear()
        self._files.mkdir(parents=True)
        owner_file(self._build).write_text(str(os.getpid()))

    def clear(self) -> None:
        """Remove the stage."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def put(self, path: OutPath, data: bytes) -> None:
        """Stage one file."""
        target = self._files / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def commit(self, manifest: Manifest) -> None:
        """Mark the stage as whole, and move it into place."""
        partial = self._folder / "manifest.partial"
        partial.write_bytes(encode_manifest(manifest))
        partial.replace(self._files / MANIFEST_NAME)
        self._move_into_place()
        self.clear()

    def _move_into_place(self) -> None:
        """Delete what no job owns any more, replace what changed, and the manifest last."""
        old, new = read_manifest(self._build), read_manifest(self._files)
        for path in old.files.keys() - new.files.keys():
            self._remove(path)
        for path in sorted(_files_below(self._files)):
            if path != MANIFEST_NAME:
                target = self._build / path
                target.parent.mkdir(parents=True, exist_ok=True)
                (self._files / path).replace(target)
        (self._files / MANIFEST_NAME).replace(self._build / MANIFEST_NAME)

    def _remove(self, path: OutPath) -> None:
        """Delete a file, and the folders that it leaves empty."""
        target = self._build / path
        # Repeated after a kill, the file may be gone, or its folder already be the new file.
        with suppress(FileNotFoundError, NotADirectoryError):
            target.unlink()
        for folder in target.parents:
            if folder == self._build:
                break
            try:
                folder.rmdir()
            except OSError:
                break


def owner_file(build: Path) -> Path:
    """Return the file that names the process which writes ``build``."""
    return build / STAGE / "owner"


def _files_below(folder: Path) -> Iterator[OutPath]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield OutPath(path.relative_to(folder).as_posix())

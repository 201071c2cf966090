"""The stage: what replaces files of the last build waits here, and is moved when all is there.

The staged manifest is the marker: with it, a build that was killed is finished by the next one;
without it, forgotten, with the new files that it had already written. Every step of the move may
be repeated.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from omnigrid.model.manifest import MANIFEST_NAME, Manifest, gone_files, is_inside
from omnigrid.model.names import OutPath
from omnigrid.output.manifest import read_manifest

STAGE = ".stage"
_BEGUN = "begun"
"""Lists the paths that the last manifest does not name and this build may write, one a line."""


class Stage:
    """The folder ``.stage`` inside a build folder."""

    def __init__(self, build: Path) -> None:
        self._build = build
        self.folder = build / STAGE
        self.files = self.folder / "files"

    def heal(self) -> None:
        """Finish a build that was killed after it was staged whole; forget one killed before."""
        if not self.folder.is_dir():
            return
        if (self.files / MANIFEST_NAME).is_file():
            self._move_into_place(read_manifest(self._build), read_manifest(self.files))
        else:
            self._forget()
        self.clear()

    def begin(self, new: Iterable[OutPath]) -> None:
        """Make an empty stage that names this process, and the new paths that it may write."""
        self.clear()
        self.files.mkdir(parents=True)
        with (self.folder / _BEGUN).open("w") as listed:
            listed.writelines(f"{path}\n" for path in new)
        owner_file(self._build).write_text(str(os.getpid()))

    def clear(self) -> None:
        """Remove the stage."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def commit(self, old: Manifest, new: Manifest, encoded: Iterable[bytes]) -> tuple[OutPath, ...]:
        """Mark the stage as whole, move it into place, and return what was deleted."""
        marker = self.folder / "manifest.partial"
        with marker.open("wb") as file:
            file.writelines(encoded)
        marker.replace(self.files / MANIFEST_NAME)
        deleted = self._move_into_place(old, new)
        self.clear()
        return deleted

    def _move_into_place(self, old: Manifest, new: Manifest) -> tuple[OutPath, ...]:
        """Delete what no job owns any more, replace what changed, and the manifest last."""
        deleted = tuple(sorted(gone_files(old, new)))
        for path in deleted:
            self._remove(path)
        for path in sorted(_files_below(self.files)):
            if path != MANIFEST_NAME:
                target = self._build / path
                target.parent.mkdir(parents=True, exist_ok=True)
                _move(self.files / path, target)
        (self.files / MANIFEST_NAME).replace(self._build / MANIFEST_NAME)
        return deleted

    def remove(self, paths: Iterable[OutPath]) -> None:
        """Delete files, and the folders that they leave empty."""
        for path in sorted(paths):
            self._remove(path)

    def _forget(self) -> None:
        """Take away the new files of a build that was killed: no manifest names them."""
        with suppress(OSError, UnicodeDecodeError):
            named = {path for path, _ in read_manifest(self._build).files()}
            for line in (self.folder / _BEGUN).read_text().split("\n"):
                path = OutPath(line)
                if path not in named and is_inside(path):
                    self._remove(path)

    def _remove(self, path: OutPath) -> None:
        """Delete a file, and the folders that it leaves empty."""
        target = self._build / path
        # Repeated after a kill, the file may be gone, or its folder already be the new file.
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
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


def _move(source: Path, target: Path) -> None:
    """Move a file into place, also where somebody made an empty folder there."""
    try:
        source.replace(target)
    except IsADirectoryError:
        target.rmdir()
        source.replace(target)


def _files_below(folder: Path) -> Iterator[OutPath]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield OutPath(path.relative_to(folder).as_posix())

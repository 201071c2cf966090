"""New files of a portfolio: all of them or none, never over another, never elsewhere."""

import os
from collections.abc import Mapping
from pathlib import Path

from omnigrid.model.errors import Conflict, OmnigridError, Transient
from omnigrid.model.names import SourcePath

_ROOMS = ("content/", "brands/", "sectors/")


def write_new(root: Path, files: Mapping[SourcePath, bytes]) -> None:
    """Write files that are not there yet, the last of them first.

    Raises Conflict where a file is there or a folder leads elsewhere, and Transient where the disk
    refuses: then nothing is kept of any of them.
    """
    made: list[Path] = []
    try:
        for path in reversed(list(files)):
            _write(root, path, files[path], made)
    except OmnigridError:
        for each in reversed(made):
            each.rmdir() if each.is_dir() else each.unlink()
        raise


def _write(root: Path, path: SourcePath, data: bytes, made: list[Path]) -> None:
    if not path.startswith(_ROOMS) or ".." in path.split("/"):
        raise Conflict(f"{path} is no place for a new file", "nothing was written")
    try:
        _make_folders(root, path, made)
        _write_whole(root, path, data, made)
    except FileExistsError:
        raise Conflict(
            f"{path} is already there",
            "nothing was written; choose another name, or edit that file",
        ) from None
    except OSError as error:
        raise Transient(
            f"cannot write {path}: {error.strerror or error}",
            "see that the folder may be written and the disk is not full, then try again",
        ) from None


def _write_whole(root: Path, path: SourcePath, data: bytes, made: list[Path]) -> None:
    """Write a file that is whole as soon as it is there: we may be killed at any moment.

    Raises FileExistsError where it is there already.
    """
    partial = root / ".omnigrid" / f"new-{os.getpid()}"
    _make_folders(root, SourcePath(f".omnigrid/{partial.name}"), made)
    partial.unlink(missing_ok=True)
    target = root / path
    try:
        with partial.open("xb") as file:
            file.write(data)
        _link_new(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    made.append(target)


def _link_new(partial: Path, target: Path) -> None:
    """Give a file its name, unless something has that. Raises FileExistsError, OSError."""
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:  # Another file system, or one without links.
        with target.open("xb") as file:
            file.write(partial.read_bytes())


def _make_folders(root: Path, path: SourcePath, made: list[Path]) -> None:
    folder = root
    for name in path.split("/")[:-1]:
        folder /= name
        if folder.is_symlink():
            raise Conflict(
                f"{folder.relative_to(root)} is a link to another place",
                "nothing was written; make it a folder of the portfolio",
            )
        if not folder.is_dir():
            folder.mkdir()
            made.append(folder)

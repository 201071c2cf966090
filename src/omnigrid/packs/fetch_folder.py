"""A pack from a folder on this disk."""

import datetime as dt
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from omnigrid.model.errors import InputError
from omnigrid.packs.fetched import Fetched
from omnigrid.packs.sifting import MAX_BYTES, MAX_FILE, MAX_FILES, refused, sift

_PLAIN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def fetch_folder(root: Path, path: str) -> Fetched:
    """Return the pack in a folder, relative to the portfolio at ``root`` or absolute.

    Raises InputError where there is none, or where it breaks the law of packs.
    """
    folder = root / path
    if not folder.is_dir():
        raise InputError(
            f'there is no folder "{path}"', "name a folder that holds a pack.yaml, or its address"
        )
    listed = list(_walk(folder, ""))
    if len(listed) > 4 * MAX_FILES or sum(found.st_size for _, found in listed) > 4 * MAX_BYTES:
        raise refused(path, "holds far more than a template pack", "name the pack's own folder")
    files = sift((name, _read(folder / name, name)) for name, _ in listed)
    newest = max((found.st_mtime for _, found in listed), default=0.0)
    return Fetched(files, path, date=dt.datetime.fromtimestamp(newest, dt.UTC).date())


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.stat_result]]:
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        if entry.name.startswith("."):
            continue
        found, name = entry.stat(follow_symlinks=False), prefix + entry.name
        if stat.S_ISLNK(found.st_mode):
            raise refused(name, "is a symbolic link", "put the file itself there")
        if stat.S_ISDIR(found.st_mode):
            yield from _walk(folder / entry.name, f"{name}/")
        elif stat.S_ISREG(found.st_mode):
            yield name, found
        else:
            raise refused(name, "is neither a file nor a folder")


def _read(path: Path, name: str) -> bytes:
    try:
        with os.fdopen(os.open(path, _PLAIN), "rb") as file:
            return file.read(MAX_FILE + 1)
    except OSError as error:
        raise refused(name, f"cannot be read: {error.strerror or error}") from None

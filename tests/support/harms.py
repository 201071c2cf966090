"""What may befall a build folder between two builds; each harm takes a number that chooses what."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from support.ways import built_files

Harm = Callable[[Path, int], object]


def _file(out: Path, number: int) -> Path:
    files = built_files(out)
    return out / files[number * 7 % len(files)]


def edit_a_file(out: Path, number: int) -> None:
    _file(out, number).write_bytes(b"edited by hand")


def edit_a_file_unseen(out: Path, number: int) -> None:
    """Change a file and give it back its size and time."""
    path = _file(out, number)
    before = path.stat()
    path.write_bytes(bytes(before.st_size))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def delete_a_file(out: Path, number: int) -> None:
    _file(out, number).unlink()


def truncate_a_file(out: Path, number: int) -> None:
    os.truncate(_file(out, number), 1)


def delete_a_folder(out: Path, number: int) -> None:
    """Delete the folder of a file: of a site, or of the whole build."""
    shutil.rmtree(_file(out, number).parent)


def forget_everything(out: Path, _: int) -> None:
    shutil.rmtree(out.parent / ".omnigrid", ignore_errors=True)


def damage_what_is_kept(out: Path, number: int) -> None:
    """Truncate or overwrite one of the files in which a run keeps what it found out."""
    kept = [path for path in sorted(out.parent.glob(".omnigrid/cache/*")) if path.is_file()]
    if kept:
        path = kept[number // 2 % len(kept)]
        path.write_bytes(b"damaged" if number % 2 else path.read_bytes()[:-9])


HARMS: tuple[Harm, ...] = (
    edit_a_file,
    edit_a_file_unseen,
    delete_a_file,
    truncate_a_file,
    delete_a_folder,
    forget_everything,
    damage_what_is_kept,
)

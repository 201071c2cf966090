"""Packs from the portfolio's own tree, and the two that omnigrid brings itself."""

from collections import defaultdict
from collections.abc import Container
from functools import lru_cache
from pathlib import Path

from omnigrid.model.digests import digest_files
from omnigrid.model.errors import InputError
from omnigrid.model.files import PackFile
from omnigrid.model.names import PackId, SourcePath, printable
from omnigrid.model.packs import (
    BASE_PACK,
    OVERRIDES_FOLDER,
    PACKS_FOLDER,
    PORTFOLIO_PACK,
    Pack,
    Packs,
)
from omnigrid.model.tree import FileTree
from omnigrid.packs.overrides import overridden

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes of a pack's file that are read; no template comes near."""


def read_packs(tree: FileTree, declared: dict[PackId, PackFile]) -> Packs:
    """Return the portfolio's packs and the built-in ones, with all of their files.

    Raises InputError where a file cannot be read.
    """
    files, base = _read_below(tree, PACKS_FOLDER, declared), builtin_pack(BASE_PACK)
    overrides = _read_below(tree, OVERRIDES_FOLDER, declared)
    own = {
        pack_id: overridden(_pack(pack_id, file, files[pack_id]), overrides[pack_id], base)
        for pack_id, file in declared.items()
    }
    return {**own, BASE_PACK: base, PORTFOLIO_PACK: builtin_pack(PORTFOLIO_PACK)}


def _read_below(
    tree: FileTree, folder: str, declared: Container[PackId]
) -> dict[PackId, dict[str, bytes]]:
    """Return the files below a folder that has one for each pack."""
    files: dict[PackId, dict[str, bytes]] = defaultdict(dict)
    paths = sorted(path for path in tree.paths() if path.startswith(folder))
    tree.fetch(paths)
    for path in paths:
        pack_id, _, name = path.removeprefix(folder).partition("/")
        if PackId(pack_id) in declared:
            files[PackId(pack_id)][name] = _read(tree, path)
    return files


def _read(tree: FileTree, path: SourcePath) -> bytes:
    try:
        return tree.read(path, LARGEST_FILE)
    except OSError as error:
        raise InputError(
            f"{printable(path)} cannot be read: {error.strerror}",
            "put a file there that you may read",
        ) from None


@lru_cache(maxsize=2)
def builtin_pack(pack_id: PackId) -> Pack:
    """Return a pack that omnigrid brings itself."""
    folder = Path(__file__).with_name("builtin") / pack_id.removeprefix("_")
    file = PackFile(id=pack_id, name=pack_id, version="1.0.0", api=1, description="built in")
    return _pack(pack_id, file, dict(sorted(_files(folder))))


def _pack(pack_id: PackId, file: PackFile, files: dict[str, bytes]) -> Pack:
    return Pack(pack_id, file, files, digest_files(files))


def _files(folder: Path, prefix: str = "") -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir():
            found += _files(entry, f"{prefix}{entry.name}/")
        else:
            found.append((prefix + entry.name, entry.read_bytes()))
    return found

"""Packs from folders: those of the portfolio, and the two that omnigrid brings itself."""

from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from pathlib import Path

from omnigrid.model.digests import digest_files
from omnigrid.model.files import PackFile
from omnigrid.model.names import PackId
from omnigrid.model.packs import BASE_PACK, PORTFOLIO_PACK, Pack, Packs

PACKS_FOLDER = "template_packs"


def read_packs(root: Path, declared: dict[PackId, PackFile]) -> Packs:
    """Return the portfolio's packs and the built-in ones, with all of their files.

    Raises OSError where a file cannot be read.
    """
    own = {
        pack_id: _pack(pack_id, file, root / PACKS_FOLDER / pack_id)
        for pack_id, file in declared.items()
    }
    builtin = package_files("omnigrid.packs") / "builtin"
    shared = {
        pack_id: _pack(pack_id, _builtin_file(pack_id), builtin / pack_id.removeprefix("_"))
        for pack_id in (BASE_PACK, PORTFOLIO_PACK)
    }
    return {**own, **shared}


def _builtin_file(pack_id: PackId) -> PackFile:
    return PackFile(id=pack_id, name=pack_id, version="1.0.0", api=1, description="built in")


def _pack(pack_id: PackId, file: PackFile, folder: Traversable) -> Pack:
    files = dict(sorted(_files(folder)))
    return Pack(pack_id, file, files, digest_files(files))


def _files(folder: Traversable, prefix: str = "") -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir():
            found += _files(entry, f"{prefix}{entry.name}/")
        else:
            found.append((prefix + entry.name, entry.read_bytes()))
    return found

"""The registry of packs that a command asks, and its answers as rows."""

from collections.abc import Sequence

from omnigrid.cli.session import Session
from omnigrid.fetching import fetched_index
from omnigrid.load.disk import DiskTree
from omnigrid.model.errors import InputError
from omnigrid.model.files import ConfigFile
from omnigrid.model.source import Kind
from omnigrid.packs.registry import Offer, Registry, open_registry
from omnigrid.reading import read_files

_WIDTH = 60


def registry_of(session: Session, named: str) -> Registry:
    """Return the registry that is named, or that omnigrid.yaml names.

    Raises InputError where there is none or it cannot be used, and Transient where it is away.
    """
    address = named or _configured(session)
    if not address:
        raise InputError(
            "no registry of packs is named",
            "add `--registry FILE|URL`, or to omnigrid.yaml `packs:` and below it `registry: …`",
        )
    reach = session.supply.reach
    if "://" not in address:
        return open_registry(session.root / address, reach.cache / "registries")
    path, problem = fetched_index(reach, address)
    if problem:
        session.say(f"note: the registry was not asked ({problem}); its last index is used")
    return open_registry(path, reach.cache / "registries")


def _configured(session: Session) -> str:
    for reading in read_files(DiskTree(session.root.resolve())).files:
        if reading.kind is Kind.CONFIG and isinstance(reading.file, ConfigFile):
            return reading.file.packs.registry or ""
    return ""


def rows_of(offers: Sequence[Offer]) -> list[tuple[str, str, str, str]]:
    """Return offers as rows: id, version, name, description."""
    return [(each.id, each.version, each.name, _short(each.description)) for each in offers]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1].rstrip()}…"

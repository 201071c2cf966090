"""Packs from elsewhere: a source in, its files out."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import assert_never

from msgspec import Struct

from omnigrid.hosting.pack_source import PackRepository
from omnigrid.model.digests import digest_bytes, digest_value
from omnigrid.model.errors import InputError, OmnigridError, Transient
from omnigrid.model.names import CommitId
from omnigrid.packs.archive import MAX_ARCHIVE, unpack
from omnigrid.packs.fetch_drive import DRIVE, fetch_drive
from omnigrid.packs.fetch_folder import fetch_folder
from omnigrid.packs.fetch_https import Web, get
from omnigrid.packs.fetched import Fetched
from omnigrid.packs.registry import MAX_INDEX, parse_index
from omnigrid.packs.sifting import MAX_BYTES, MAX_FILES, Refused, sift
from omnigrid.packs.sources import (
    ArchiveSource,
    DriveSource,
    FolderSource,
    GitSource,
    parse_source,
)
from omnigrid.packs.store import write_whole

DAY = 24 * 3600.0
"""Seconds for which a source counts as unchanged."""


class Reach(Struct, frozen=True):
    """What fetching needs of the world: handed in, never looked up."""

    root: Path
    """The portfolio's folder: where relative folders begin."""
    cache: Path
    """Where fetched packs and repositories are kept; may be deleted."""
    environment: Mapping[str, str]
    web: Web
    now: Callable[[], float]
    """The time in seconds since 1970."""
    offline: bool = False
    locked: bool = False
    """Whether a source that has changed since is a stop."""
    drive: str = DRIVE
    """Where Google Drive is."""


class Sources:
    """Fetches packs. Raises InputError, or Transient where the source is away."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def fetch(self, text: str) -> Fetched:
        """Return what a source holds now."""
        try:
            return self._fetch(text)
        except Refused as error:
            raise InputError(
                f"the pack from {text} is refused: {error.message}", error.hint
            ) from None

    def _fetch(self, text: str) -> Fetched:
        source, reach = parse_source(text), self._reach
        if reach.offline and not isinstance(source, FolderSource):
            raise Transient("--offline asks nobody", "run it again without --offline")
        match source:
            case GitSource():
                return self._repository(source, text)
            case ArchiveSource():
                answer = get(reach.web, source.url, MAX_ARCHIVE)
                files = unpack(answer.data, source.folder)
                at = answer.url.partition("?")[0] if answer.url != source.url else source.url
                return Fetched(files, at, digest_bytes(answer.data), answer.date)
            case FolderSource():
                return fetch_folder(reach.root, source.path)
            case DriveSource():
                return fetch_drive(source, reach.web, reach.environment, reach.drive)
            case _:
                assert_never(source)

    def commit(self, source: GitSource) -> CommitId:
        """Return the commit that a tag stands for now."""
        return self._at(source).resolve(source.ref)

    def _repository(self, source: GitSource, text: str) -> Fetched:
        repository = self._at(source)
        commit = repository.resolve(source.ref)
        tree = repository.tree(commit, source.folder, 4 * MAX_FILES, MAX_BYTES)
        head, at, _ = text.partition("#")[0].rpartition("@")
        folder = f"#{source.folder}" if source.folder else ""
        return Fetched(sift(tree.files), f"{head}{at}{commit}{folder}", date=tree.date)

    def _at(self, source: GitSource) -> PackRepository:
        folder = self._reach.cache / "repositories"
        return PackRepository(folder, source.url, self._reach.environment)


def fetched_index(reach: Reach, url: str) -> tuple[Path, str]:
    """Return the file of a registry's index, fetched when it is a day old; and why it was not.

    Raises InputError, or Transient where it is away and was never fetched.
    """
    path = reach.cache / "indexes" / f"{digest_value(url)[:32]}.json"
    age = reach.now() - path.stat().st_mtime if path.is_file() else None
    if age is not None and 0 <= age < DAY:
        return path, ""
    try:
        if reach.offline:
            raise Transient("--offline asks nobody", "run it again without --offline")
        data = get(reach.web, url, MAX_INDEX).data
        parse_index(data)
        write_whole(path, data)
    except OmnigridError as error:
        if age is None:
            raise
        return path, error.message
    return path, ""

"""The files of a whole build, as a branch carries them, read from its manifest when asked for."""

from collections.abc import ItemsView, Iterable, Iterator, Mapping
from functools import cached_property

from omnigrid.model.manifest import MANIFEST_NAME, Manifest
from omnigrid.model.names import BlobId, JobId, OutPath


class BuildFiles(Mapping[OutPath, BlobId]):
    """Every path of a build and its blob, the manifest's own among them.

    Most publishes ask for the files of a few jobs: all others stay JSON then.
    """

    def __init__(self, manifest: Manifest, own: BlobId, count: int | None = None) -> None:
        """``own`` is the manifest's blob, ``count`` how many files there are, where it is known."""
        self.manifest, self.own = manifest, own
        self._count = count
        self._asked: dict[OutPath, BlobId] = {MANIFEST_NAME: own}

    def of(self, jobs: Iterable[JobId]) -> dict[OutPath, BlobId]:
        """Return the files of some jobs, and the manifest."""
        records = (self.manifest.jobs[job] for job in jobs if job in self.manifest.jobs)
        found = {path: each.blob for record in records for path, each in record.entries().items()}
        self._asked |= found
        return {**found, MANIFEST_NAME: self.own}

    def __getitem__(self, path: OutPath) -> BlobId:
        return self._asked.get(path) or self._all[path]

    def __iter__(self) -> Iterator[OutPath]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all) if self._count is None else self._count

    def __contains__(self, path: object) -> bool:
        return path in self._asked or path in self._all

    def items(self) -> ItemsView[OutPath, BlobId]:
        """Return paths and blobs, several times as fast as one by one."""
        return self._all.items()

    @cached_property
    def _all(self) -> dict[OutPath, BlobId]:
        found = {path: entry.blob for path, entry in self.manifest.files()}
        return {**found, MANIFEST_NAME: self.own}

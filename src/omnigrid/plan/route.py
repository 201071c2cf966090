"""Which files go to which hosting branch, and the manifest that each branch is left with."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

import msgspec

from omnigrid.model.build_files import BuildFiles
from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.limits import Breach
from omnigrid.model.manifest import (
    Entry,
    Manifest,
    Record,
    encode_entries,
)
from omnigrid.model.names import BlobId, Digest, JobId, OutPath
from omnigrid.model.publishing import Destination, Target
from omnigrid.model.targets import HostKind
from omnigrid.plan.cards import SITES
from omnigrid.plan.hosts import made_for
from omnigrid.plan.limits import breaches_of, limits_of, weigh

Encode = Callable[[Manifest], bytes]
"""Gives the bytes of a manifest."""


class Encoded(NamedTuple):
    """A build's manifest as bytes, and how many files there are with it, where that is known."""

    data: bytes
    files: int | None = None


class Router:
    """The files of a build, and the way of each to the places where it belongs."""

    def __init__(self, manifest: Manifest, encode: Encode, known: Encoded | None = None) -> None:
        self._manifest, self._encode = manifest, encode
        self._known = known

    def target(self, destination: Destination) -> Target:
        """Return a place with the files that it is to carry.

        Each branch has a manifest of its own: what it names is ours there, and nothing else.
        """
        if _is_whole(destination):
            return self._whole(destination)
        moved = self._moved(destination)
        made = made_for(destination, moved.files)
        expected = frozenset(made)
        jobs = {**moved.jobs, **_host_job(destination, made)}
        part = Manifest(self._manifest.version, self._manifest.generator, jobs)
        manifest = self._encode(part)
        made[destination.manifest_path] = manifest
        files = moved.files | {path: blob_id(data) for path, data in made.items()}
        return Target(
            destination,
            files,
            moved.origins,
            made,
            digest_bytes(manifest),
            expected=expected,
            breaches=_breaches(destination, part, manifest),
        )

    def _whole(self, destination: Destination) -> Target:
        """The build as it is: its manifest is that of the branch."""
        data, count = self._encoded
        files = BuildFiles(self._manifest, blob_id(data), count)
        breaches = _breaches(destination, self._manifest, data)
        return Target(destination, files, manifest=digest_bytes(data), breaches=breaches)

    @cached_property
    def _encoded(self) -> Encoded:
        return self._known or Encoded(self._encode(self._manifest))

    def _moved(self, destination: Destination) -> "_Moved":
        """The jobs that belong to a destination, each with its files where they stand there."""
        moved, root = _Moved({}, {}, {}), destination.root
        if destination.folders is None:
            for job, record in self._manifest.jobs.items():
                moved.take(job, record, "", root + destination.folder)
        else:
            for slug, folder in sorted(destination.folders.items()):
                job = JobId(f"site:{slug}")
                if job in self._manifest.jobs:
                    record = self._manifest.jobs[job]
                    moved.take(job, record, f"{SITES}{slug}/", root + folder)
        return moved


class _Moved(NamedTuple):
    """Jobs whose files stand elsewhere; ``origins`` leads back to where the build has them."""

    jobs: dict[JobId, Record]
    files: dict[OutPath, BlobId]
    origins: dict[OutPath, OutPath]

    def take(self, job: JobId, record: Record, before: str, after: str) -> None:
        """Take those files of a job that begin with ``before``, which ``after`` replaces."""
        if before == after:
            self.jobs[job] = record
            self.files.update((path, entry.blob) for path, entry in record.entries().items())
            return
        entries: dict[OutPath, Entry] = {}
        for path, entry in record.entries().items():
            if path.startswith(before):
                there = OutPath(after + path.removeprefix(before))
                entries[there] = entry
                self.files[there] = entry.blob
                self.origins[there] = path
        self.jobs[job] = Record(record.key, record.inputs, _raw(entries))


def _is_whole(destination: Destination) -> bool:
    """Whether a branch holds the build as it is, and nothing beside it."""
    plain = destination.kind in {HostKind.LOCAL, HostKind.PLAIN}
    return plain and destination.folders is None and not destination.folder


def _breaches(destination: Destination, part: Manifest, encoded: bytes) -> tuple[Breach, ...]:
    """Return the limits of the host that a branch with this manifest passes or comes near to."""
    limits = limits_of(destination)
    if not limits:
        return ()
    files = ((path, entry.size) for path, entry in part.files())
    return breaches_of(limits, weigh([*files, (destination.manifest_path, len(encoded))]))


def _raw(entries: Mapping[OutPath, Entry]) -> msgspec.Raw:
    return msgspec.Raw(encode_entries(dict(entries)))


def _host_job(destination: Destination, made: Mapping[OutPath, bytes]) -> dict[JobId, Record]:
    """The files that the host expects, as a job, so that the manifest owns them."""
    if not made:
        return {}
    entries = {
        path: Entry(blob_id(data), digest_bytes(data), len(data)) for path, data in made.items()
    }
    return {
        JobId(f"host:{destination.kind}"): Record(Digest(""), msgspec.Raw(b"{}"), _raw(entries))
    }

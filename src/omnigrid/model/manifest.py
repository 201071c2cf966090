"""The manifest: what stands under ``build/``, which job made it, and from which inputs."""

from msgspec import Struct

from omnigrid.model.names import BlobId, Digest, JobId, OutPath

MANIFEST_VERSION = 1
MANIFEST_NAME = OutPath("manifest.json")


class Entry(Struct, frozen=True):
    """One output file. ``size`` in bytes."""

    blob: BlobId
    sha256: Digest
    size: int
    job: JobId


class Trace(Struct, frozen=True):
    """What a job was made from: input name to digest."""

    inputs: dict[str, Digest]


class Manifest(Struct, frozen=True):
    """The commit point of a build: files that it does not name are not part of the build."""

    version: int
    generator: str
    files: dict[OutPath, Entry]
    jobs: dict[JobId, Trace]


EMPTY_MANIFEST = Manifest(version=MANIFEST_VERSION, generator="", files={}, jobs={})


class BuildResult(Struct, frozen=True):
    """What one build did to ``build/``. Paths are sorted."""

    manifest: Manifest
    digest: Digest
    """SHA-256 of the manifest file."""
    written: tuple[OutPath, ...]
    deleted: tuple[OutPath, ...]

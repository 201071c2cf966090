"""The manifest as a file."""

from pathlib import Path

import msgspec

from omnigrid.model.digests import digest_bytes
from omnigrid.model.manifest import EMPTY_MANIFEST, MANIFEST_NAME, MANIFEST_VERSION, Manifest
from omnigrid.model.names import Digest, OutPath

_DECODER = msgspec.json.Decoder(Manifest)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest in ``folder``; the empty one where it is missing, damaged or unknown.

    An empty manifest means a clean build, never an error.
    """
    try:
        manifest = _DECODER.decode((folder / MANIFEST_NAME).read_bytes())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return EMPTY_MANIFEST
    known = manifest.version == MANIFEST_VERSION and all(map(is_inside, manifest.files))
    return manifest if known else EMPTY_MANIFEST


def is_inside(path: OutPath) -> bool:
    """Whether a path stays inside the build folder: a forged manifest must delete nothing else."""
    parts = path.split("/")
    return all(
        part not in {"", ".", ".."} and "\\" not in part and "\0" not in part for part in parts
    )


def encode_manifest(manifest: Manifest) -> bytes:
    """Return the manifest's bytes: sorted, so that equal builds have equal manifests."""
    encoded = msgspec.json.encode(manifest, order="deterministic")
    return msgspec.json.format(encoded, indent=1) + b"\n"


def manifest_digest(manifest: Manifest) -> Digest:
    """Return the SHA-256 of the manifest's file."""
    return digest_bytes(encode_manifest(manifest))

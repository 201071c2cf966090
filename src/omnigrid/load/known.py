"""Documents that were parsed before, kept between runs by the version of their file."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from omnigrid.load.portfolio import Known
from omnigrid.model.names import SourcePath
from omnigrid.model.source import Document, Kind


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """The file's shape: the program that wrote it, and its documents.

    Without their whole text: only what passed the checks of texts is kept.
    """

    generator: str
    documents: list[tuple[str, str, str, Any, str]]


_DECODER = msgspec.msgpack.Decoder(_Kept)


def recall_documents(path: Path, generator: str) -> Known:
    """Return the documents in a file; none where it is missing, damaged or of another version."""
    try:
        kept = _DECODER.decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    if kept.generator != generator:
        return {}
    kinds = {kind.name: kind for kind in Kind}
    return {
        (SourcePath(source), version): Document(kinds[kind], SourcePath(source), data, body)
        for source, version, kind, data, body in kept.documents
    }


def keep_documents(path: Path, generator: str, known: Known) -> None:
    """Keep documents for the next run; where they cannot be kept they are parsed again."""
    documents: list[tuple[str, str, str, Any, str]] = [
        (each.path, version, each.kind.name, each.data, each.body)
        for (_, version), each in known.items()
    ]
    partial = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(msgspec.msgpack.encode(_Kept(generator, documents)))
        partial.replace(path)

"""What each intent matched in the last build, as the static API tells it."""

from pathlib import Path

import msgspec
from msgspec import Struct

from omnigrid.model.names import BrandId, OutPath, SourcePath

INTENTS = OutPath("api/intents.json")


class _Intent(Struct, frozen=True):
    source: SourcePath
    brand: BrandId | None


class _Intents(Struct, frozen=True):
    """As much of the file as is needed."""

    intents: tuple[_Intent, ...]


def last_matches(folder: Path) -> dict[SourcePath, BrandId]:
    """Return the brand of each intent that matched one; nothing where there was no build."""
    try:
        found = msgspec.json.decode((folder / INTENTS).read_bytes(), type=_Intents)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return {each.source: each.brand for each in found.intents if each.brand is not None}

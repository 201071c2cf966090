"""A portfolio's own files in place of some of a pack's, without a copy of the pack."""

from collections.abc import Mapping

from msgspec.structs import replace

from omnigrid.model.digests import digest_files
from omnigrid.model.packs import ORIGINAL, Pack

ADDED = {"styles.css": b"/* replaces the pack's */", "app.js": b"/* replaces the pack's */"}
"""Files that come after the pack's own, unless they begin with this line."""
KEPT = frozenset({"pack.yaml"})
"""Files that are never replaced: they say what the pack is."""


def overridden(pack: Pack, overrides: Mapping[str, bytes], base: Pack) -> Pack:
    """Return a pack with some files replaced; its digest stands for them as well.

    What a template replaces is kept below ``original/``, so that it can be extended; where the pack
    has none of that name, that is the one of the shared base.
    """
    own = {name: data for name, data in overrides.items() if name not in KEPT}
    if not own:
        return pack
    files, inherited = dict(pack.files), set()
    for name, data in own.items():
        if name.endswith(".html"):
            found = pack.files.get(name, base.files.get(name))
            if found is not None:
                files[ORIGINAL + name] = found
            if name not in pack.files and name in base.files:
                inherited.add(name)
        files[name] = _joined(name, pack.files.get(name), data)
    digest = digest_files(files)
    return replace(pack, files=files, digest=digest, overrides=own, inherited=frozenset(inherited))


def _joined(name: str, original: bytes | None, data: bytes) -> bytes:
    replaces = ADDED.get(name)
    if original is None or replaces is None or data.lstrip().startswith(replaces):
        return data
    return original + b"\n" + data

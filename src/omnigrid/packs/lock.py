"""``packs.lock`` as text: JSON in one order, one value a line, so that people can review it."""

import re
from typing import Any

import msgspec

from omnigrid.model.findings import Finding, Keys, Place, Span
from omnigrid.model.locks import LOCK_PATH, Lock
from omnigrid.model.names import SourcePath
from omnigrid.model.secrets import mask_secrets
from omnigrid.model.tree import FileTree

MAX_LOCK = 8 * 1024 * 1024
"""Bytes: thousands of packs with all of their files."""
_HINT = "take the file from the last good commit, or add the pack again with `omnigrid packs add`"


def lock_text(lock: Lock) -> str:
    """Return the text of a lock: equal locks, equal texts."""
    import json  # noqa: PLC0415  (most portfolios have no lock)

    plain = msgspec.to_builtins(lock)
    plain["packs"] = {
        pack_id: {**pack, "files": dict(sorted(pack["files"].items()))}
        for pack_id, pack in sorted(plain["packs"].items())
    }
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def read_lock(tree: FileTree) -> Lock | Finding:
    """Return the lock of a portfolio, an empty one where it has none; or why it cannot be used."""
    if LOCK_PATH not in tree.paths():
        return Lock()
    try:
        data = tree.read(LOCK_PATH, MAX_LOCK + 1)
    except OSError as error:
        return _fault(f"it cannot be read: {error.strerror or error}", Span(1, 1, 2))
    if len(data) > MAX_LOCK:
        return _fault(f"it is larger than {MAX_LOCK // 1024**2} MiB", Span(1, 1, 2))
    return parse_lock(data)


def parse_lock(data: bytes) -> Lock | Finding:
    """Return the lock that these bytes hold, or why they hold none."""
    import json  # noqa: PLC0415

    try:
        plain = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
        return msgspec.convert(plain, Lock)
    except json.JSONDecodeError as error:
        return _fault(
            f"it is not JSON: {error.msg}", Span(error.lineno, error.colno, error.colno + 1)
        )
    except _Twice as error:
        return _fault(f'the key "{error}" stands in it twice', Span(1, 1, 2))
    except msgspec.ValidationError as error:
        return _misfit(str(error))
    except (ValueError, RecursionError):  # No UTF-8, a number of 5,000 digits, or too deep.
        return _fault("it is not a readable text", Span(1, 1, 2))


class _Twice(Exception):  # noqa: N818
    """A key that a reader would see, and a program would drop."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _misfit(message: str) -> Finding:
    """Return the finding of what msgspec says: ``… - at `$.packs.plain.sha256```."""
    said, _, way = message.partition(" - at ")
    keys: Keys = tuple(re.findall(r"[\w-]+", way.strip("`").removeprefix("$")))
    named = f' at "{".".join(map(str, keys))}"' if keys else ""
    return Finding(
        "OG431",
        f"the lock of template packs cannot be used{named}: {mask_secrets(said)}",
        Place(LOCK_PATH, keys),
        _HINT,
    )


def _fault(why: str, span: Span) -> Finding:
    message = f"the lock of template packs cannot be used: {why}"
    return Finding("OG431", message, Place(SourcePath(LOCK_PATH), span=span), _HINT)

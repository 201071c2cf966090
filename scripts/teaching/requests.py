"""Everyday requests put together: what people want to do or to know, in the ways in which they ask.

How a text is asked ("how do I", "is there a way to") shows in what the model makes of it; glosses
of words and needs of firms seldom ask.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

_DATA = Path(__file__).parent / "data/requests.txt"
_EACH = 10
"""Ways in which each is asked."""


def read_requests() -> dict[str, list[str]]:
    """Return for each kind of line in ``requests.txt`` what stands in such lines, once."""
    found: dict[str, dict[str, None]] = {}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        kind, colon, parts = line.partition(": ")
        if colon and not line.startswith("#"):
            found.setdefault(kind, {}).update(dict.fromkeys(parts.split(", ")))
    return {kind: list(parts) for kind, parts in found.items()}


def texts_of_requests() -> list[str]:
    """Return what somebody wants, each asked in some ways; the same each time."""
    read, chance = read_requests(), random.Random(1)  # noqa: S311
    texts = [
        text
        for thing, way in (("to", "ask to"), ("of", "ask of"), ("whether", "ask whether"))
        for text in _asked(read[thing], read[way], chance)
    ]
    return list(dict.fromkeys(texts))


def _asked(things: Sequence[str], ways: Sequence[str], chance: random.Random) -> Iterator[str]:
    for thing in things:
        for way in chance.sample(ways, min(_EACH, len(ways))):
            yield way.replace("…", thing)

"""What a new file may be given when nobody says: the next free id, what its neighbours have."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from omnigrid.check.files import slug_of
from omnigrid.check.references import claimed_ids
from omnigrid.model.names import BrandId, Slug, SourcePath, strip_marks
from omnigrid.model.source import Kind, Reading

_ID = re.compile(r"([A-Z]{2,6})-([0-9]{3,7})")
FIRST_PREFIX = "BRD"
"""The prefix of the first brand's id where the portfolio's name gives none."""


def next_brand_id(readings: Iterable[Reading], portfolio_name: str) -> BrandId:
    """Return the id after the highest one of the prefix that most brands have.

    Ids of files with faults count as well: FAA-150 comes after FAA-149, whatever else is wrong.
    """
    claimed = filter(None, map(_ID.fullmatch, claimed_ids(readings, Kind.BRAND)))
    numbers: dict[str, list[str]] = {}
    for found in claimed:
        numbers.setdefault(found[1], []).append(found[2])
    if not numbers:
        return BrandId(f"{_prefix_from(portfolio_name)}-001")
    prefix = max(numbers, key=lambda each: len(numbers[each]))
    highest = max(numbers[prefix], key=int)
    return BrandId(f"{prefix}-{int(highest) + 1:0{len(highest)}d}")


def _prefix_from(name: str) -> str:
    letters = re.sub(r"[^A-Z]", "", strip_marks(name).upper())[:3]
    return letters if len(letters) >= 2 else FIRST_PREFIX


def most_used(readings: Iterable[Reading], kind: Kind, *keys: str) -> str | None:
    """Return the text that most valid files of a kind have at a key; None where none has one."""
    counted = Counter(_texts_at((each.file for each in readings if each.kind is kind), keys))
    return next((text for text, _ in counted.most_common(1)), None)


def _texts_at(files: Iterable[object], keys: tuple[str, ...]) -> Iterator[str]:
    for file in files:
        value: Any = file
        for key in keys:
            value = getattr(value, key, None)
        if isinstance(value, str):
            yield value


def taken_slug(readings: Iterable[Reading], kind: Kind, slug: Slug) -> SourcePath | None:
    """Return the file of a kind that has a slug; None where it is free."""
    return next((r.path for r in readings if r.kind is kind and slug_of(r.path) == slug), None)

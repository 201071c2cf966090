"""The day that a file says it is from."""

import datetime as dt
import re

_DAY = re.compile(r"(?:D:)?(\d{4})[-:/]?(\d{2})[-:/]?(\d{2})")
_FIRST, _LAST = 1970, 2099
"""Years that are believed: clocks that were never set say 1601 or 1904."""


def day_of(text: str) -> str:
    """Return the day of ISO 8601, PDF ("D:20260504…") or Exif ("2026:05:04 …"); else nothing."""
    found = _DAY.match(text.strip())
    if found is None:
        return ""
    try:
        day = dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return ""
    return day.isoformat() if _FIRST <= day.year <= _LAST else ""

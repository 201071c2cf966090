"""Days and moments in words, the same in every locale."""

import datetime as dt

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def day_in_words(day: dt.date) -> str:
    """Return a day in words, ``14 September 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(at: dt.datetime) -> str:
    """Return a moment in words, ``14 September 2026, 06:00 UTC``."""
    utc = at.astimezone(dt.UTC)
    return f"{day_in_words(utc)}, {utc:%H:%M} UTC"

"""The nearest valid name, for hints."""

import difflib
from collections.abc import Iterable


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that looks most like ``word``; None where none looks alike."""
    by_folded = {choice.casefold(): choice for choice in choices}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(choice: str | None, where: str = "") -> str:
    """Return a hint that offers ``choice``; empty where there is none."""
    return f'did you mean "{choice}"{f" ({where})" if where else ""}?' if choice else ""

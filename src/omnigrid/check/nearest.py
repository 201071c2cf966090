"""The nearest valid name, for hints."""

import difflib
from collections.abc import Iterable


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that looks most like ``word``, or begins with it; None where none does."""
    by_folded = {choice.casefold(): choice for choice in choices}
    folded = word.casefold()
    found = difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    longer = [choice for choice in by_folded if len(folded) > 3 and choice.startswith(folded)]
    best = next(iter([*found, *longer]), None)
    return by_folded[best] if best is not None else None


def did_you_mean(choice: str | None, where: str = "") -> str:
    """Return a hint that offers ``choice``; empty where there is none."""
    return f'did you mean "{choice}"{f" ({where})" if where else ""}?' if choice else ""

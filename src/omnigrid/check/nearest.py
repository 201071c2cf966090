"""The nearest valid name, for hints."""

import difflib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

MANY = 500
"""Among more names than this, only those are looked for that differ by one sign or two."""


class Names:
    """Valid names, asked again and again. Thousands of questions about thousands are answered."""

    def __init__(self, choices: Iterable[str]) -> None:
        self._by_folded = {choice.casefold(): choice for choice in choices}
        self._known: dict[str, str | None] = {}

    def nearest(self, word: str) -> str | None:
        """Return the name that looks most like ``word``, or begins with it; None if none does."""
        folded = word.casefold()
        if folded not in self._known:
            found = difflib.get_close_matches(folded, self._candidates(folded), n=1, cutoff=0.6)
            best = next(iter([*found, *self._longer(folded)]), None)
            self._known[folded] = self._by_folded[best] if best is not None else None
        return self._known[folded]

    def _candidates(self, folded: str) -> Iterable[str]:
        if len(self._by_folded) <= MANY:
            return self._by_folded
        return {
            name
            for shortened in _shortened(folded)
            for name in self._by_shortened.get(shortened, ())
        }

    def _longer(self, folded: str) -> Iterator[str]:
        at = bisect_left(self._sorted, folded)
        if len(folded) > 3 and at < len(self._sorted) and self._sorted[at].startswith(folded):
            yield self._sorted[at]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._by_folded)

    @cached_property
    def _by_shortened(self) -> dict[str, list[str]]:
        """Names by what is left of them without one sign (Garbe, "SymSpell", 2012)."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._by_folded:
            for shortened in _shortened(name):
                found[shortened].append(name)
        return found


def _shortened(name: str) -> set[str]:
    if len(name) > 100:
        return {name}
    return {name} | {name[:at] + name[at + 1 :] for at in range(len(name))}


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that looks most like ``word``, or begins with it; None where none does."""
    return Names(choices).nearest(word)


def did_you_mean(choice: str | None, where: str = "") -> str:
    """Return a hint that offers ``choice``; empty where there is none."""
    return f'did you mean "{choice}"{f" ({where})" if where else ""}?' if choice else ""

"""Brand names that can be taken for one another."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from omnigrid.check.files import Typed
from omnigrid.model.files import BrandFile
from omnigrid.model.findings import Finding, Place, Severity
from omnigrid.model.names import MARKS

_ASCII = [chr(code) for code in range(128)]
_SIGNS = str.maketrans("", "", "".join(letter for letter in _ASCII if not letter.isalnum()))
_NO_DIGITS = str.maketrans("", "", "".join(letter for letter in _ASCII if not letter.isdigit()))
SHORTEST = 5
"""Shorter names differ by a letter as a matter of course."""


def check_lookalikes(brands: Iterable[Typed[BrandFile]]) -> Iterator[Finding]:
    """Yield every brand whose name is that of an earlier one but for spacing, case or a letter.

    Numbers count: "Grid 1" and "Grid 2" are meant to differ, so names are compared only with those
    of the same numbers.
    """
    groups: dict[str, list[tuple[str, Typed[BrandFile]]]] = defaultdict(list)
    for brand in brands:
        sound = _sound(brand.file.name)
        groups[_numbers(sound)].append((sound, brand))
    for group in groups.values():
        if len(group) > 1:
            yield from _lookalikes(group)


def _lookalikes(group: list[tuple[str, Typed[BrandFile]]]) -> Iterator[Finding]:
    """Take time in proportion to the number of names.

    Names within one edit share a name that lacks one letter (Garbe, "SymSpell", 2012), so that
    each is compared with few others.
    """
    by_sound: dict[str, Typed[BrandFile]] = {}
    by_shortened: dict[str, list[str]] = {}
    for sound, brand in group:
        near = sound if sound in by_sound else _near(sound, by_shortened)
        if near is not None and brand.file.id != by_sound[near].file.id:
            yield _finding(brand, by_sound[near])
        by_sound.setdefault(sound, brand)


def _sound(name: str) -> str:
    """Return what is left of a name when spacing, signs, accents and case are ignored."""
    plain = name
    for mark in MARKS:
        plain = plain.replace(mark, "")
    if plain.isascii():
        return plain.lower().translate(_SIGNS) or name
    plain = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(letter for letter in plain if _counts(letter)) or name


def _numbers(sound: str) -> str:
    if sound.isascii():
        return sound.translate(_NO_DIGITS)
    return "".join(filter(str.isdigit, sound))


def _counts(letter: str) -> bool:
    """Whether a character tells names apart: marks of other scripts are vowels, not accents."""
    return letter.isalnum() or (letter > "\u036f" and unicodedata.category(letter)[0] == "M")


def _near(sound: str, by_shortened: dict[str, list[str]]) -> str | None:
    """Return an earlier name within one edit of ``sound``, and take ``sound`` down for later."""
    if len(sound) < SHORTEST:
        return None
    near = None
    for shortened in _shortened(sound):
        known = by_shortened.get(shortened)
        if known is None:
            by_shortened[shortened] = [sound]
            continue
        near = near or next((other for other in known if _one_edit(sound, other)), None)
        known.append(sound)
    return near


def _shortened(sound: str) -> set[str]:
    """Return a name as it is, and without each one of its letters."""
    letters = (at for at, letter in enumerate(sound) if not letter.isdigit())
    return {sound, *(sound[:at] + sound[at + 1 :] for at in letters)}


def _one_edit(one: str, other: str) -> bool:
    """Whether two different names differ by one letter that is added, left out or replaced."""
    short, long = sorted((one, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    at = len(short) if start is None else start
    letters = short[at : at + 1] + long[at : at + 1]
    same_length = len(short) == len(long)
    rest = short[at + 1 :] if same_length else short[at:]
    return rest == long[at + 1 :] and not any(map(str.isdigit, letters))


def _finding(brand: Typed[BrandFile], other: Typed[BrandFile]) -> Finding:
    return Finding(
        "OG211",
        f'the name "{brand.file.name}" is nearly that of "{other.file.name}" ({other.path})',
        Place(brand.path, ("name",)),
        "if they are one brand, remove one of the two files; if not, visitors may mistake them",
        Severity.WARNING,
    )

"""Text to terms: words without endings and small words, and pairs of neighbours."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise

import Stemmer

from omnigrid.model.names import strip_marks

_STEMMER = Stemmer.Stemmer("english")
"""M. F. Porter, "Snowball: A language for stemming algorithms" (2001); the English stemmer."""

SMALL = frozenset(
    "a about after all also an and any are as at be because been before being but by can cannot "
    "could did do does doing done each else every for from get gets getting give go goes going "
    "got had has have having he her here hers him his how i if in into is it its just keep let "
    "like make makes making many may me might more most much must my need needed needs no nobody "
    "nor not nothing now of off on once one only or other our ours out over own per please put "
    "same see she should so some somebody someone something still such take than that the their "
    "theirs them then there these they thing things this those three through to together too two "
    "under until up upon us very want wanted wants was way we well were what when where whether "
    "which while who whom whose why will with within without would yes yet you your yours".split()
)

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
"""Where ``SupplierTerms`` has a new word."""
_PLAIN = {at: chr(at).lower() if chr(at).isalnum() else " " for at in range(128)}
"""What the letters of ASCII are in words: lower case, and nothing between them."""

SPELLINGS = (
    (re.compile(r"is(e|ed|er|ers|es|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|er|ers|es|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{2})our(s|ed|ing|ful|ite|ites|able)?$"), r"or\1"),
    (re.compile(r"(?<=[a-z]{2})ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"licence"), "license"),
    (re.compile(r"defence"), "defense"),
    (re.compile(r"(?<=[a-z]{2})ogue(s)?$"), r"og\1"),
    (re.compile(r"centre"), "center"),
)
"""British endings to American ones, so that both sides of the Atlantic find the same brand."""
_BRITISH = re.compile("|".join(pattern.pattern for pattern, _ in SPELLINGS))
"""Any of them: most words have none."""


def all_words_of(text: str) -> list[str]:
    """Return the words of a text in order: lower case, without accents, names of files split."""
    if not text.isascii():
        text = strip_marks(text)
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    if not text[1:].islower():
        text = _HUMP.sub(" ", text)
    if "'" not in text:
        return text.translate(_PLAIN).split()
    return [word.split("'")[0] for word in _WORD.findall(text.lower().replace("_", " "))]


def words_of(text: str) -> list[str]:
    """Return the words of a text that say something: without the small ones."""
    return [word for word in all_words_of(text) if len(word) > 1 and word not in SMALL]


_MANY = 1 << 16
"""Words whose stems are remembered."""


@lru_cache(maxsize=_MANY)
def stem(word: str) -> str:
    """Return a word without its ending, in one spelling."""
    if _BRITISH.search(word):
        for pattern, replacement in SPELLINGS:
            word = pattern.sub(replacement, word)
    stemmed: str = _STEMMER.stemWord(word)
    return stemmed


def terms_of(text: str, *, small: bool = False) -> dict[str, str]:
    """Return the terms of a text and the words that each was made from: stems, then their pairs.

    ``small`` words count only where they are asked for.
    """
    words = all_words_of(text) if small else words_of(text)
    stems = [stem(word) for word in words]
    singles = zip(stems, words, strict=True)
    pairs = zip(map(" ".join, pairwise(stems)), map(" ".join, pairwise(words)), strict=True)
    return {**dict(singles), **dict(pairs)}


@lru_cache(maxsize=1 << 14)
def stems_of(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words in order, without small words.

    The last texts are remembered: brands share keywords, sectors and templates.
    """
    return tuple(filter(None, map(_STEMS.__getitem__, all_words_of(text))))


def with_pairs(stems: Sequence[str]) -> Iterable[str]:
    """Return stems, then the pairs of neighbours among them."""
    return chain(stems, map(" ".join, pairwise(stems)))


class _Stems(dict[str, str]):
    """The stem of each word that was seen; nothing for one that says nothing."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MANY:
            self.clear()
        found = stem(word) if len(word) > 1 and word not in SMALL else ""
        self[word] = found
        return found


_STEMS = _Stems()

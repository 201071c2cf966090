"""What of matching is given to browsers."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from omnigrid.model.files import Priority
from omnigrid.model.matching import Calibration, FoundBy
from omnigrid.model.portfolio import Brand


class Scoring(Struct, frozen=True, kw_only=True):
    """What scores intents, beside what an index says: for whoever scores them elsewhere."""

    embedder: str
    words: float
    """What equal words weigh beside equal meaning."""
    taught: bool
    """Whether what tells brands apart was learnt; small words are terms then, too."""
    views: tuple[float, ...]
    """What the cells of a text's vector in each table of words are multiplied with."""
    calibration: Calibration
    weights: dict[str, int]
    """How much each part of a confidence counts."""
    priorities: tuple[Priority, ...]
    pool: int
    left: float
    """Brands that are looked at closely, and the share of the best text part that keeps one in."""
    many_words: int
    """More words than these make no text surer."""
    top: int
    shown: int
    least: float
    """Words that are named as reasons, and the least share that one has in them."""
    correctable: int
    """Letters from which a word that nobody knows counts as its nearest spelling."""
    small: tuple[str, ...]
    """Words that say nothing."""
    spellings: tuple[tuple[str, str], ...]
    """Patterns of British spellings, and what they become."""


class FinderData(Protocol):
    """What a browser matches intents with."""

    @property
    def scoring(self) -> Scoring:
        """How it scores."""
        ...

    def terms(self, brands: Sequence[Brand]) -> FoundBy:
        """Return what brands are found by, in their order."""
        ...

    def words(self) -> bytes:
        """Return the tables of word vectors, as they are loaded: one after another."""
        ...

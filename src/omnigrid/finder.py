"""What the finder on the portfolio's home page matches intents with, in a browser."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace

from omnigrid.load.words import GENERAL, TABLE, bytes_of_words
from omnigrid.match.fields import teaches
from omnigrid.match.sharing import learnt_by, scoring_of
from omnigrid.matching import embedder_for, matcher_of, terms_of
from omnigrid.model.matching import FoundBy, Learnt
from omnigrid.model.names import BrandId
from omnigrid.model.portfolio import Brand, Portfolio
from omnigrid.model.sharing import Scoring


class Finder:
    """What is given to browsers of a portfolio's matching; each part is made when asked for.

    ``memory`` is a file where the index is kept.
    """

    def __init__(self, portfolio: Portfolio, memory: Path | None = None) -> None:
        self._portfolio, self._memory = portfolio, memory

    @cached_property
    def scoring(self) -> Scoring:
        """How intents are scored."""
        taught = teaches(self._portfolio)
        return scoring_of(embedder_for(taught=taught).name, taught=taught)

    def terms(self, brands: Sequence[Brand]) -> FoundBy:
        """Return what brands are found by, in their order."""
        found = terms_of(self._portfolio, brands)
        if not self.scoring.taught:
            return found
        learnt = [replace(each, texts={}, learnt=self._learnt[each.id]) for each in found.brands]
        return FoundBy([], learnt)

    def words(self) -> bytes:
        """Return the file of the word table that comes with the package; of both, if it is used."""
        return bytes_of_words(TABLE, GENERAL) if self.scoring.taught else bytes_of_words(TABLE)

    @cached_property
    def _learnt(self) -> dict[BrandId, Learnt]:
        return learnt_by(matcher_of(self._portfolio, self._memory).index)

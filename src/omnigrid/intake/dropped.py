"""What is said of dropped files, and what became of them."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from omnigrid.intake.page import PageDraft
from omnigrid.model.errors import OmnigridError
from omnigrid.model.matching import Ranking
from omnigrid.model.names import BrandId, SourcePath
from omnigrid.model.portfolio import Portfolio

FOLDER = "drops"


class Stated(Struct, frozen=True):
    """What whoever drops a file says of it: keys of the page, its folder, words for a picture."""

    facts: Mapping[str, str]
    folder: str = FOLDER
    alt: str = ""


class Placed(Struct, frozen=True, kw_only=True):
    """A page that was written, or would be: its files, the page first, and its brand."""

    draft: PageDraft
    files: Mapping[SourcePath, bytes]
    facts: Mapping[str, Any]
    """The front matter as it is written."""
    ranking: Ranking | None
    """None where the page names its brand, or the portfolio has faults."""
    notes: tuple[str, ...]

    @property
    def path(self) -> SourcePath:
        """The page's file."""
        return next(iter(self.files))

    @property
    def brand(self) -> BrandId | None:
        """Where the page goes; None: nowhere, or not known."""
        if self.ranking is None:
            return self.facts.get("brand")
        return None if self.ranking.unmatched else self.ranking.matches[0].id


class Refused(Struct, frozen=True):
    """A page or file that was not taken, and why."""

    name: str
    error: OmnigridError


class Dropped(Struct, frozen=True):
    """What became of files; ``portfolio`` is None where it has faults elsewhere."""

    placed: tuple[Placed, ...]
    refused: tuple[Refused, ...]
    portfolio: Portfolio | None

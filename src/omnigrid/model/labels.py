"""What pages call things: links, choices, the portfolio, a sector."""

from msgspec import Struct

from omnigrid.model.names import SectorId


class Link(Struct, frozen=True):
    """A labelled address."""

    label: str
    url: str


class PortfolioLabel(Struct, frozen=True):
    """The portfolio as its sites name it. ``home`` is None where a site stands alone."""

    name: str
    language: str
    home: str | None
    direction: str = "ltr"
    """Of its language: ``ltr``, or ``rtl`` where that is written from right to left."""


class SectorLabel(Struct, frozen=True):
    """A sector as a site names it. ``url`` is None where a site stands alone."""

    id: SectorId
    name: str
    description: str
    color: str
    url: str | None


class Choice(Struct, frozen=True):
    """Something that can be chosen: by its id, shown by its name."""

    id: str
    name: str


class NewFile(Struct, frozen=True):
    """The editor of a forge for a new file: its address, and what its parameters are called."""

    url: str
    name: str
    """That of the file's name."""
    value: str
    """That of its text; empty where the editor takes none."""

"""The checked portfolio: every reference resolved, every default filled in."""

import datetime as dt
import enum

from msgspec import Struct

from omnigrid.model.attachments import Attachment
from omnigrid.model.files import (
    ConfigFile,
    Contact,
    License,
    PackFile,
    Priority,
    Trademark,
)
from omnigrid.model.measurements import MeasurementsFile
from omnigrid.model.names import BrandId, Digest, PackId, SectorId, Slug, SourcePath
from omnigrid.model.palette import accent_of
from omnigrid.model.pictures import Original


class Health(enum.StrEnum):
    """Status of a sector. Always computed from its health, never stored."""

    EMERALD = "emerald"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


EMERALD_FROM = 95
AMBER_FROM = 85


def health_status(health: float | None) -> Health:
    """Return the status for a health of 0 to 100; grey when there are no data."""
    if health is None:
        return Health.GREY
    if health >= EMERALD_FROM:
        return Health.EMERALD
    return Health.AMBER if health >= AMBER_FROM else Health.RED


class Sector(Struct, frozen=True, kw_only=True):
    """A sector, as checked."""

    id: SectorId
    slug: Slug
    source: SourcePath
    name: str
    description: str
    health: int | None
    template: PackId
    color: str
    """Accent only; status colours come from health."""
    tokens: dict[str, str] = {}
    """Design tokens of its theme and, where that has none, of the portfolio's."""


class Brand(Struct, frozen=True, kw_only=True):
    """A brand, as checked. ``slug`` is the name of its file: renaming a brand keeps its address."""

    id: BrandId
    slug: Slug
    source: SourcePath
    digest: Digest
    """Of its file and its pictures: what the file says, and where it stands."""
    name: str
    sector: SectorId
    template: PackId
    tagline: str
    description: str
    keywords: tuple[str, ...]
    examples: tuple[str, ...]
    priority: Priority
    owner: str
    trademark: Trademark
    license: License | None
    family: str
    """Its sector's colour."""
    own_accent: str | None
    """The accent that its file declares."""
    domain: str | None
    links: dict[str, str]
    logo: Original | None
    contact: Contact
    tokens: dict[str, str] = {}
    """Design tokens of its theme and, where that has none, of its sector's."""

    @property
    def accent(self) -> str:
        """Its colour: the one that it declares, or one near that of its sector."""
        return self.own_accent or accent_of(self.family, self.id)


class Page(Struct, frozen=True, kw_only=True):
    """A content page: either an intent that looks for its brand, or pinned to ``brand``."""

    slug: Slug
    source: SourcePath
    digest: Digest
    """Of its file and its pictures: what the file says, and where it stands."""
    title: str
    intent: str | None
    brand: BrandId | None
    sector: SectorId | None
    template: PackId | None
    priority: Priority | None
    date: dt.date | None
    tags: tuple[str, ...]
    body: Digest
    """Of its Markdown, which is read when the page is rendered."""
    pictures: tuple[tuple[str, Original], ...] = ()
    """Those of its Markdown, each after its address as it is written there."""
    attachments: tuple[Attachment, ...] = ()
    """The files that it hands out."""


class Portfolio(Struct, frozen=True, kw_only=True, eq=False):
    """Everything that an editor wrote, checked. Brands and sectors are sorted by id."""

    config: ConfigFile
    sectors: tuple[Sector, ...]
    brands: tuple[Brand, ...]
    pages: tuple[Page, ...]
    packs: dict[PackId, PackFile]
    dated: dt.date | None
    """The day on which the portfolio was last committed: what "today" means to a build."""
    measured: MeasurementsFile | None = None
    """What was found out about its sites; None where nothing was measured."""

    def sector(self, sector_id: SectorId) -> Sector:
        """Return the sector with that id."""
        return next(sector for sector in self.sectors if sector.id == sector_id)

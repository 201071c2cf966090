"""What a template may see, and nothing else: a job's view is all that its output depends on.

Each view is a projection (a related brand is a name and an address, not a whole brand), so that a
change to a brand touches only the pages that show it. Addresses are relative to the page's file.
"""

import datetime as dt
from typing import Any

from msgspec import Struct

from omnigrid.model.assessment import Assessment, BrandHealth, Drill, Instant
from omnigrid.model.attachments import Handout
from omnigrid.model.dashboards import AnyDashboard
from omnigrid.model.files import Contact, License, MarkdownFlavour, Priority, Trademark
from omnigrid.model.labels import Choice, Link, NewFile, PortfolioLabel, SectorLabel
from omnigrid.model.names import BrandId, OutPath, PackId, SectorId, Slug
from omnigrid.model.pictures import Exposure
from omnigrid.model.portfolio import Health


class BrandFacts(Struct, frozen=True, kw_only=True):
    """Everything that a brand's own site may say of it."""

    id: BrandId
    slug: Slug
    name: str
    plain_name: str
    """Without ™, for titles of windows and file names."""
    initials: str
    tagline: str
    description: str
    keywords: tuple[str, ...]
    priority: Priority
    owner: str
    trademark: Trademark
    license: License | None
    accent: str
    domain: str | None
    links: tuple[Link, ...]
    contact: Contact
    template: PackId


class BrandCard(Struct, frozen=True, kw_only=True):
    """A brand as others show it. ``url`` is None where its address is not known."""

    id: BrandId
    name: str
    tagline: str
    url: str | None
    accent: str
    priority: Priority
    template: str
    """The name of its template type."""


class SourceSet(Struct, frozen=True):
    """Files of one format that a browser may choose from (HTML, the element ``source``)."""

    type: str
    srcset: str
    sizes: str


class ShownPicture(Struct, frozen=True, kw_only=True):
    """A picture of the portfolio as a page shows it. ``file`` is what every browser can show."""

    file: str
    width: int
    height: int
    srcset: str = ""
    sizes: str = ""
    sources: tuple[SourceSet, ...] = ()


class Download(Struct, frozen=True, kw_only=True):
    """A file that a page hands out. ``file`` is its address within the site."""

    file: str
    name: str
    """As it is called in the portfolio."""
    kind: str
    size: str
    """In words."""
    written: str
    """How links in the page's Markdown name it."""


class PageFacts(Struct, frozen=True, kw_only=True):
    """A content page on a brand's site. ``file`` is its address within the site."""

    slug: Slug
    file: str
    title: str
    intent: str | None
    date: dt.date | None
    tags: tuple[str, ...]
    body: str
    """Markdown."""
    editing: tuple[Link, ...] = ()
    """Where its file is edited; empty without a forge."""
    pictures: dict[str, ShownPicture] = {}
    """Those of its Markdown, by their address there."""
    downloads: tuple[Download, ...] = ()


class Picture(Struct, frozen=True, kw_only=True):
    """A picture that was made for a site. ``file`` is its address within the site."""

    file: str
    type: str
    """Its media type."""
    width: int
    height: int


class SiteView(Struct, frozen=True, kw_only=True):
    """One brand's independent site."""

    brand: BrandFacts
    sector: SectorLabel
    portfolio: PortfolioLabel
    pages: tuple[PageFacts, ...]
    markdown: MarkdownFlavour = MarkdownFlavour.EXTRA
    """The dialect of the pages' bodies."""
    related: tuple[BrandCard, ...]
    address: str | None
    """Where the site will stand, with a slash at its end, when that is known."""
    editing: tuple[Link, ...] = ()
    """Where its file is edited and a need is stated; empty without a forge."""
    document: dict[str, Any] = {}
    """What the static API says of the brand. Templates do not see it."""
    tokens: dict[str, str] = {}
    """The value of each design token of its pack."""
    social_image: Picture | None = None
    """What is shown where somebody shares a link to the site."""
    icons: tuple[Picture, ...] = ()
    """Square pictures of the favicon, for devices that show no SVG."""
    logo: ShownPicture | None = None
    """The brand's own, where it has one."""
    exposures: tuple[Exposure, ...] = ()
    """Pictures of the portfolio with their bytes. Templates do not see them."""
    handouts: tuple[Handout, ...] = ()
    """Files that its pages hand out. Templates do not see them."""


class SectorCard(Struct, frozen=True, kw_only=True):
    """A sector with its health and size."""

    id: SectorId
    slug: Slug
    name: str
    description: str
    color: str
    health: int | None
    status: Health
    brand_count: int
    url: str


class Figures(Struct, frozen=True, kw_only=True):
    """The portfolio in numbers. ``average_health`` is of the sectors, rounded."""

    sectors: int
    brands: int
    templates: int
    pages: int
    unmatched: int
    average_health: int | None
    average_status: Health
    emerald: int
    amber: int
    red: int
    grey: int


class SectorGroup(Struct, frozen=True):
    """A sector and the first of its brands; ``more`` is how many are not listed."""

    sector: SectorCard
    brands: tuple[BrandCard, ...]
    more: int


class HomeView(Struct, frozen=True, kw_only=True):
    """The portfolio's front page."""

    portfolio: PortfolioLabel
    accent: str
    description: str
    figures: Figures
    groups: tuple[SectorGroup, ...]
    templates: tuple[Choice, ...]
    """Those of its brands; with ``priorities``, all that there are, what a need may state."""
    priorities: tuple[Priority, ...]
    dated: dt.date | None
    editing: tuple[Link, ...] = ()


class SectorView(Struct, frozen=True, kw_only=True):
    """One sector's page: all of its brands."""

    portfolio: PortfolioLabel
    sector: SectorCard
    brands: tuple[BrandCard, ...]
    templates: tuple[Choice, ...]
    """Those of its brands, as are its ``priorities``."""
    priorities: tuple[Priority, ...]
    assessment: Assessment
    found: dict[BrandId, BrandHealth] = {}
    """What was found out about its brands; empty where nothing was measured."""
    editing: tuple[Link, ...] = ()
    document: dict[str, Any] = {}
    """What the static API says of the sector. Templates do not see it."""


class HeatmapView(Struct, frozen=True, kw_only=True):
    """The sector heatmap. ``pulse_seconds`` is how often a served page asks for news."""

    portfolio: PortfolioLabel
    figures: Figures
    cells: tuple[SectorCard, ...]
    drills: dict[SectorId, Drill]
    """Each sector opened."""
    measured: Instant | None
    dated: dt.date | None
    pulse_seconds: int
    ranges: dict[Health, str]
    """What each status means, in words."""
    editing: tuple[Link, ...] = ()


class LaunchView(Struct, frozen=True, kw_only=True):
    """The page on which a file or a need becomes a published page."""

    portfolio: PortfolioLabel
    accent: str
    sectors: tuple[Choice, ...]
    templates: tuple[Choice, ...]
    priorities: tuple[Priority, ...]
    budget_seconds: int
    """How long all phases of publishing may take together."""
    new_file: NewFile | None
    """None without a forge."""
    editing: tuple[Link, ...] = ()


class ApiView(Struct, frozen=True):
    """Files of the static API: path and JSON value, or the bytes of what is no JSON."""

    documents: tuple[tuple[OutPath, Any], ...]


View = SiteView | HomeView | SectorView | HeatmapView | LaunchView | AnyDashboard | ApiView

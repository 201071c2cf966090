"""What an editor writes: the shape of each kind of file. The schemas and the checks come from here.

Every field's description is what an editor reads in a hint or in the documentation.
"""

import datetime as dt
import enum
from typing import Annotated

from msgspec import Meta

from omnigrid.model.fields import (
    BranchName,
    BrandIdText,
    Colour,
    Domain,
    Email,
    ForgeAddress,
    LanguageTag,
    Line,
    Logo,
    NiceClass,
    PackIdText,
    Percent,
    Same,
    SectorIdText,
    Shape,
    Text,
    WebAddress,
    Whole,
)
from omnigrid.model.targets import AuditFile, TargetFile
from omnigrid.model.tokens import NeedsFile, TokenFile, TokenName, TokenValue


class Priority(enum.StrEnum):
    """How soon a brand is to be served."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class LicenseStatus(enum.StrEnum):
    """What the licence contract says of itself."""

    ACTIVE = "active"
    PENDING = "pending"
    SUSPENDED = "suspended"
    EXPIRED = "expired"


class Trademark(Shape, frozen=True, kw_only=True):
    """Where and for what a name is protected."""

    classes: tuple[NiceClass, ...] = ()
    jurisdictions: tuple[Line, ...] = ()


class License(Shape, frozen=True, kw_only=True):
    """The licence contract of a brand."""

    tier: Line
    status: LicenseStatus = LicenseStatus.ACTIVE
    expires: dt.date | None = None


class Theme(Shape, frozen=True, kw_only=True):
    """Design tokens. What is left out comes from the sector, then from the portfolio."""

    accent: Colour | None = None
    tokens: dict[TokenName, TokenValue] = {}  # noqa: RUF012  (a new one for each file)


class Contact(Shape, frozen=True, kw_only=True):
    """How a visitor reaches the brand."""

    email: Email | None = None
    phone: Line | None = None
    address: Line | None = None


class BrandFile(Shape, frozen=True, kw_only=True):
    """`brands/<sector-slug>/<brand-slug>.yaml`"""

    id: BrandIdText
    name: Line
    sector: SectorIdText
    template: PackIdText | None = None
    tagline: Line
    description: Text
    keywords: Annotated[tuple[Line, ...], Meta(max_length=40)] = ()
    examples: Annotated[tuple[Line, ...], Meta(max_length=40)] = ()
    priority: Priority = Priority.MEDIUM
    owner: Line
    trademark: Trademark = Trademark()
    license: License | None = None
    theme: Theme = Theme()
    domain: Domain | None = None
    links: dict[Line, WebAddress] = {}  # noqa: RUF012  (a new one for each file)
    logo: Logo | None = None
    contact: Contact = Contact()


class SectorFile(Shape, frozen=True, kw_only=True):
    """`sectors/<sector-slug>.yaml`"""

    id: SectorIdText
    name: Line
    description: Text
    health: Whole | None = None
    color: Colour | None = None
    template: PackIdText
    theme: Theme = Theme()


class FrontMatter(Shape, frozen=True, kw_only=True):
    """The head of `content/**/*.md`: an intent that finds its brand, or a page of a named brand."""

    title: Line
    intent: Text | None = None
    brand: BrandIdText | None = None
    sector: SectorIdText | None = None
    template: PackIdText | None = None
    priority: Priority | None = None
    date: dt.date | None = None
    expires: dt.date | None = None
    draft: bool = False
    tags: Annotated[tuple[Line, ...], Meta(max_length=20)] = ()


class PackFile(Shape, frozen=True, kw_only=True):
    """`template_packs/<pack>/pack.yaml`"""

    id: PackIdText
    name: Line
    version: Annotated[str, Meta(pattern=r"^\d+\.\d+\.\d+$", description="a version such as 1.0.0")]
    api: Annotated[int, Meta(ge=1, le=1, description="1, the version of the pack contract")]
    description: Text
    features: tuple[Line, ...] = ()
    examples: tuple[Line, ...] = ()
    needs: NeedsFile = NeedsFile()
    tokens: Annotated[tuple[TokenFile, ...], Meta(max_length=60)] = ()


class MatchingConfig(Shape, frozen=True, kw_only=True):
    """How intents are matched."""

    threshold: Percent = 35.0
    synonyms: tuple[Same, ...] = ()


class PublishConfig(Shape, frozen=True, kw_only=True):
    """How publishing behaves."""

    budget_seconds: Annotated[int, Meta(ge=1, le=86400, description="seconds, 1 to 86400")] = 180
    audit: AuditFile = AuditFile()


DEFAULT_TARGET = TargetFile(name="portfolio", repository=".omnigrid/hosting/portfolio.git")
"""Embedded default: the whole job works with no account."""


class ForgeKind(enum.StrEnum):
    """Kinds of websites where a portfolio's files are edited and discussed."""

    GITHUB = "github"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"


class ForgeFile(Shape, frozen=True, kw_only=True):
    """Where the portfolio's own files are edited, for the links at the foot of every page."""

    repository: ForgeAddress
    branch: BranchName = "main"
    kind: ForgeKind | None = None


class MarkdownFlavour(enum.StrEnum):
    """Dialects of Markdown: Python-Markdown with its extensions, and GitHub's."""

    EXTRA = "extra"
    GFM = "gfm"


class PacksConfig(Shape, frozen=True, kw_only=True):
    """Where template packs are looked for."""

    registry: Line | None = None


class Images(enum.StrEnum):
    """Whether pictures of sites are made: where that is possible, in any case, or not at all."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


class ConfigFile(Shape, frozen=True, kw_only=True):
    """`omnigrid.yaml`"""

    name: Line
    description: Text | None = None
    language: LanguageTag = "en"
    base_url: WebAddress | None = None
    markdown: MarkdownFlavour = MarkdownFlavour.EXTRA
    images: Images = Images.AUTO
    theme: Theme = Theme()
    matching: MatchingConfig = MatchingConfig()
    publish: PublishConfig = PublishConfig()
    targets: Annotated[tuple[TargetFile, ...], Meta(min_length=1)] = (DEFAULT_TARGET,)
    forge: ForgeFile | None = None
    packs: PacksConfig = PacksConfig()


FileShape = BrandFile | SectorFile | FrontMatter | PackFile | ConfigFile

"""What the dashboards show: static pages, each bounded however large the portfolio is."""

import datetime as dt

from msgspec import Struct

from omnigrid.model.assessment import BrandHealth, Instant, Trend
from omnigrid.model.labels import Link, PortfolioLabel
from omnigrid.model.portfolio import Health

LISTED = 50
"""Lines of a list; a page says how many more there are."""


class Sign(Struct, frozen=True):
    """A status in the colours of health, with a word of its own."""

    status: Health
    word: str


class Dashboard(Struct, frozen=True, kw_only=True):
    """What every dashboard has."""

    portfolio: PortfolioLabel
    accent: str
    dated: dt.date | None
    measured: Instant | None
    """None where nothing was measured."""
    editing: tuple[Link, ...] = ()


class Advice(Struct, frozen=True):
    """Something to be done, and the command for it; empty where there is none."""

    status: Health
    text: str
    command: str


class Tally(Struct, frozen=True):
    """How many are in a state."""

    sign: Sign
    count: int


class TargetRow(Struct, frozen=True):
    """A target, what is to be done there, and when it was published last."""

    name: str
    sign: Sign
    work: str
    last: Instant | None


class SectorRow(Struct, frozen=True):
    """A sector: its health now, what it declares, and how many of its brands need somebody."""

    name: str
    url: str
    health: int | None
    status: Health
    declared: int | None
    brands: int
    ailing: int
    trend: Trend | None


class Ailing(Struct, frozen=True):
    """A brand of which something is known that is wrong."""

    brand: BrandHealth
    sector: str


class OperationsView(Dashboard, frozen=True, kw_only=True):
    """How it all stands, and what to do next."""

    health: int | None
    status: Health
    brands: int
    advice: tuple[Advice, ...]
    tallies: tuple[Tally, ...]
    """Targets by their state."""
    targets: tuple[TargetRow, ...]
    more_targets: int
    sectors: tuple[SectorRow, ...]
    more_sectors: int
    ailing: tuple[Ailing, ...]
    more_ailing: int


class PublishRow(Struct, frozen=True):
    """A publish beside its deadline. ``share`` is percent of the budget."""

    at: Instant
    reason: str
    seconds: str
    share: int
    sign: Sign
    size: str
    done: int
    refused: int


class PushRow(Struct, frozen=True):
    """The last publish of one target."""

    name: str
    at: Instant
    action: str
    seconds: str
    size: str
    tries: int


class WorkRow(Struct, frozen=True):
    """What the jobs of one kind made; ``share`` of all bytes, in percent."""

    kind: str
    jobs: int
    files: int
    size: str
    share: int


class BuildRow(Struct, frozen=True):
    """A build beside the deadline of a publish; ``share`` as of a publish."""

    at: Instant
    causes: str
    """Why, in words: the most frequent first."""
    seconds: str
    share: int
    sign: Sign
    jobs: int
    files: int
    size: str


class OrchestrationView(Dashboard, frozen=True, kw_only=True):
    """What publishing and building take: time, bytes, reasons, deadlines."""

    budget: int
    """Seconds that a publish may take."""
    publishes: tuple[PublishRow, ...]
    pushes: tuple[PushRow, ...]
    more_pushes: int
    builds: tuple[BuildRow, ...]
    work: tuple[WorkRow, ...]


class IntentRow(Struct, frozen=True):
    """An intent, the page that states it, and the brand that answers it or comes nearest."""

    intent: str
    source: str
    url: str
    """Of its page; empty where it stands on no site."""
    brand: str
    brand_url: str
    confidence: float
    second: str
    """The brand that comes next and how far behind, in words; empty where there is none."""


class IntentsView(Dashboard, frozen=True, kw_only=True):
    """What was asked for, and what answers it."""

    stated: int
    threshold: float
    least: tuple[IntentRow, ...]
    """Those that matched, the least certain first."""
    more_least: int
    unmatched: tuple[IntentRow, ...]
    more_unmatched: int


class PackRow(Struct, frozen=True):
    """A template pack and how many brands use it."""

    id: str
    name: str
    version: str
    brands: int


class CodeRow(Struct, frozen=True):
    """A kind of diagnostic and how often it was found."""

    code: str
    title: str
    count: int


class DiagnosticRow(Struct, frozen=True):
    """A diagnostic and its place."""

    code: str
    place: str
    message: str
    hint: str


class DevelopmentView(Dashboard, frozen=True, kw_only=True):
    """What the portfolio was made with, and what was found in its files."""

    versions: tuple[str, ...]
    packs: tuple[PackRow, ...]
    codes: tuple[CodeRow, ...]
    diagnostics: tuple[DiagnosticRow, ...]
    more_diagnostics: int


AnyDashboard = OperationsView | OrchestrationView | IntentsView | DevelopmentView

"""What the preview's API is asked and answers: typed, so that its description is made from it."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from omnigrid.model.files import Priority
from omnigrid.model.portfolio import Health

LONGEST_INTENT = 2000


class Query(Struct, frozen=True, forbid_unknown_fields=True):
    """A need in somebody's own words, and what they state beside it."""

    intent: Annotated[str, Meta(min_length=1, max_length=LONGEST_INTENT)]
    sector_preference: str | None = None
    """The id of a sector."""
    template_type: str | None = None
    """The id of a template pack."""
    priority: Priority | None = None


class Found(Struct, frozen=True):
    """A brand that answers an intent."""

    brand_id: str
    brand_name: str
    sector: str
    template_id: str
    template_type: str
    confidence_score: Annotated[float, Meta(ge=0, le=100)]
    deployment_priority: Priority
    heatmap_color: str
    url: str
    because: tuple[str, ...]
    """Words of the intent that speak for the brand, strongest first."""


class PhasePlan(Struct, frozen=True):
    """A phase of publishing: when it runs, in seconds from the start, and what is done in it."""

    phase: str
    also_called: str
    from_seconds: int
    until_seconds: int
    actions: tuple[str, ...]


class PackageBrand(Struct, frozen=True):
    """The brand of a package."""

    id: str
    name: str
    url: str
    priority: Priority


class PackageTemplate(Struct, frozen=True):
    """The template of a package."""

    id: str
    name: str
    version: str


class PackageSector(Struct, frozen=True):
    """The sector of a package, and its status."""

    id: str
    name: str
    health: int | None
    status: Health


class PackageTarget(Struct, frozen=True):
    """Where a package goes, and what came of it."""

    name: str
    kind: str
    is_local: bool
    outcome: str
    """``published``, ``unchanged``, ``refused``, or ``waits for confirmation``."""
    detail: str = ""
    """Its commit, or why there is none."""
    hint: str = ""


class Package(Struct, frozen=True):
    """What publishing a brand means, and what was done of it."""

    brand: PackageBrand
    template: PackageTemplate
    sector: PackageSector
    phases: tuple[PhasePlan, ...]
    targets: tuple[PackageTarget, ...]
    estimated_time: int
    """Seconds: the budget of a publish."""
    pulse: str


class Condition(Struct, frozen=True):
    """How the preview is."""

    status: str
    """``ok``, or ``faults`` while the portfolio has some."""
    faults: int
    version: str


class Configuration(Struct, frozen=True):
    """The configuration with its defaults; secrets are blacked out."""

    version: int
    settings: dict[str, Any]


class ProblemDocument(Struct, frozen=True, omit_defaults=True):
    """What went wrong (RFC 9457)."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    hint: str = ""
    """What to do about it."""


class Problem(Exception):  # noqa: N818  (named as RFC 9457 does)
    """Why a request is not answered; ``status`` is that of HTTP."""

    def __init__(self, status: int, detail: str, hint: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.hint = status, detail, hint


class Fault(Struct, frozen=True):
    """A diagnostic as a page shows it."""

    severity: str
    code: str
    message: str
    path: str = ""
    """Empty where it is about no file; then line and column mean nothing."""
    line: int = 1
    column: int = 1
    hint: str = ""
    snippet: str = ""
    caret: str = ""
    """Stands below the snippet, in a font of one width."""
    editor: str = ""
    """An address that opens the place in an editor."""

"""What a launch is asked, and how it goes: a file or a need becomes a published page."""

from typing import Annotated

from msgspec import Meta, Struct

from omnigrid.model.files import Priority
from omnigrid.model.matching import Parts
from omnigrid.model.service import LONGEST_INTENT, Fault

LARGEST_FILE = 20 * 1024**2
"""Bytes of a file that is dropped."""
FOLDER = "content/drops/"
"""Where the pages go that are made of what is dropped."""


class Launch(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be launched: an uploaded file, a need in words, or a file with other words."""

    file: Annotated[str, Meta(max_length=64)] = ""
    """The id that an upload was given."""
    intent: Annotated[str, Meta(max_length=LONGEST_INTENT)] = ""
    sector: str | None = None
    """The id of a sector."""
    priority: Priority | None = None
    confirmed: Annotated[tuple[str, ...], Meta(max_length=500)] = ()
    """Targets on other machines that may be published to, by their names."""


class Uploaded(Struct, frozen=True):
    """A file that was read, and how many pages it becomes: several for an archive."""

    id: str
    name: str
    pages: int


class Chosen(Struct, frozen=True, kw_only=True):
    """A brand that answers a need, and why."""

    id: str
    name: str
    sector: str
    """The name of its sector; likewise its template type."""
    template: str
    priority: Priority
    confidence: float | None
    """0 to 100; None where the file itself names its brand."""
    parts: Parts | None
    terms: tuple[str, ...]


class LaunchPage(Struct, frozen=True, kw_only=True):
    """The page that a file or a need becomes."""

    file: str
    kind: str
    title: str
    intent: str
    summary: str
    path: str
    """Its file in the portfolio."""
    beside: tuple[str, ...]
    notes: tuple[str, ...]
    """What was blacked out or left out, and why."""
    brand: Chosen | None
    """None where no brand answers it well enough."""
    nearest: Chosen | None
    """The best of those that are not near enough."""
    url: str
    """Where it will stand in the preview."""
    is_hidden: bool = False
    """Whether it stands there not yet: it is a draft, or has expired. Known once all is built."""


class NotTaken(Struct, frozen=True):
    """A file that does not become a page, and why."""

    file: str
    message: str
    hint: str


class LaunchTarget(Struct, frozen=True, kw_only=True):
    """A hosting branch that carries the brand."""

    name: str
    kind: str
    is_local: bool
    repository: str
    branch: str


class Look(Struct, frozen=True, kw_only=True):
    """What a launch would do. Nothing is written yet."""

    pages: tuple[LaunchPage, ...]
    not_taken: tuple[NotTaken, ...]
    targets: tuple[LaunchTarget, ...]
    is_dirty: bool
    """Whether the portfolio has other changes that are not committed: they stay here."""


class LaunchPhase(Struct, frozen=True):
    """How far a phase is: ``done`` of ``total`` steps of its own."""

    phase: str
    also_called: str
    state: str = "waiting"
    """``waiting``, ``running``, ``done`` or ``failed``."""
    done: int = 0
    total: int = 0
    seconds: float = 0.0


class LogLine(Struct, frozen=True):
    """Something that was done; ``at`` is in seconds since 1970."""

    at: float
    text: str


class Sent(Struct, frozen=True, kw_only=True):
    """What came of a target."""

    name: str
    kind: str
    is_local: bool
    repository: str
    branch: str
    outcome: str
    """``published``, ``unchanged``, ``refused``, or ``waits for confirmation``."""
    detail: str
    hint: str
    commit: str
    commit_url: str
    """Where its host shows the commit; empty where that is not known."""
    page_url: str
    """Where its host serves the page; empty where that is not known."""


class LaunchFailure(Struct, frozen=True):
    """Why a launch ended before its end, and what was kept."""

    phase: str
    message: str
    hint: str
    faults: tuple[Fault, ...] = ()


class LaunchState(Struct, frozen=True, kw_only=True):
    """How the launch goes that runs, or how the last one went."""

    number: int = 0
    """Of this launch, since the preview began; 0 before the first."""
    state: str = "idle"
    """``idle``, ``running``, ``done`` or ``failed``."""
    title: str = ""
    budget_seconds: int = 180
    seconds: float = 0.0
    """Since it began, or that it took."""
    phases: tuple[LaunchPhase, ...] = ()
    lines: int = 0
    """How many lines the log has; ``log`` has those that were asked for."""
    log: tuple[LogLine, ...] = ()
    pages: tuple[LaunchPage, ...] = ()
    targets: tuple[Sent, ...] = ()
    failure: LaunchFailure | None = None

"""What a change does to a portfolio: the difference of two states, in the reviewer's terms."""

import datetime as dt
import enum

from msgspec import Struct

from omnigrid.model.names import BrandId, OutPath, Slug, SourcePath


class Action(enum.StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class FieldChange(Struct, frozen=True):
    """One value, before and after; empty where there was or is none."""

    field: str
    old: str
    new: str


class ItemChange(Struct, frozen=True):
    """A brand, sector, page, pack or the configuration that is no longer what it was."""

    kind: str
    id: str
    name: str
    action: Action
    fields: tuple[FieldChange, ...]
    """In the order of the file; empty for what was added or removed."""


class Placing(Struct, frozen=True):
    """The brand that a page goes to, and how sure that is; None for nowhere."""

    brand: BrandId | None
    name: str
    confidence: float | None
    """None where the page names its brand."""


class Rematch(Struct, frozen=True):
    """A page that goes to another brand than before."""

    source: SourcePath
    title: str
    old: Placing
    new: Placing


class Impact(Struct, frozen=True):
    """What becomes of the sites. ``files`` and bytes count the files whose bytes differ."""

    added: tuple[Slug, ...]
    removed: tuple[Slug, ...]
    changed: tuple[Slug, ...]
    files: tuple[OutPath, ...]
    bytes_before: int
    bytes_after: int
    counted: bool
    """False where too many sites change to render them all: then no files or bytes are given."""


class Expiring(Struct, frozen=True):
    """A licence that has run out, or soon will."""

    brand: BrandId
    name: str
    expires: dt.date


class Difference(Struct, frozen=True):
    """Everything that differs. ``base`` and ``head`` say what was compared."""

    base: str
    head: str
    items: tuple[ItemChange, ...]
    rematches: tuple[Rematch, ...]
    impact: Impact
    expiring: tuple[Expiring, ...]

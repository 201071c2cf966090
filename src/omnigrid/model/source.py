"""What was read: a file's bare data, and what it says when it is judged on its own."""

import datetime as dt
import enum
from typing import Any

from msgspec import Struct

from omnigrid.model.approvals import ApprovalsFile
from omnigrid.model.attachments import AttachmentFile
from omnigrid.model.files import BrandFile, ConfigFile, FrontMatter, PackFile, SectorFile
from omnigrid.model.findings import Finding, Span
from omnigrid.model.measurements import MeasurementsFile
from omnigrid.model.names import CommitId, Digest, PackId, SourcePath
from omnigrid.model.pictures import PictureFile


class Kind(enum.Enum):
    """What a file is, by its place in the portfolio."""

    CONFIG = "configuration"
    SECTOR = "sector"
    BRAND = "brand"
    PAGE = "page"
    PACK = "template pack"
    PICTURE = "picture"
    ATTACHMENT = "file to download"
    APPROVALS = "approvals"
    MEASUREMENTS = "measurements"

    # There is one object of each; that of Enum is Python and asked for each file many times.
    __hash__ = object.__hash__


class Document(Struct, frozen=True, eq=False):
    """One file's data: mappings, sequences and strings only; types come from the schema later."""

    kind: Kind
    path: SourcePath
    data: Any
    body: str = ""
    """For a page: its Markdown."""
    text: str = ""
    """The whole file, comments and front matter included."""


SHAPES: dict[Kind, type[Struct]] = {
    Kind.CONFIG: ConfigFile,
    Kind.SECTOR: SectorFile,
    Kind.BRAND: BrandFile,
    Kind.PAGE: FrontMatter,
    Kind.PACK: PackFile,
    Kind.PICTURE: PictureFile,
    Kind.ATTACHMENT: AttachmentFile,
    Kind.APPROVALS: ApprovalsFile,
    Kind.MEASUREMENTS: MeasurementsFile,
}
"""The shape of each kind of file."""


class Mention(Struct, frozen=True, array_like=True):
    """A picture that a page names."""

    file: str
    """Its address, as the page has it."""
    described: bool
    """Whether there are words for those who cannot see it."""
    span: Span


class Claims(Struct, frozen=True, array_like=True):
    """The names that a file gives to itself or to others, as written, valid or not.

    Rules between files look at these, so that a file with another fault still counts.
    """

    id: str | None = None
    sector: str | None = None
    template: str | None = None
    brand: str | None = None
    domain: str | None = None
    intent: str | None = None
    logo: str | None = None
    pictures: tuple[Mention, ...] = ()
    """For a page: those of its Markdown."""


class Reading(Struct, frozen=True, eq=False):
    """What one file says, judged on its own: a function of its path and its bytes."""

    kind: Kind
    path: SourcePath
    file: Any
    """The typed file, of the shape of its kind; None where it does not fit."""
    claims: Claims = Claims()
    body: Digest = Digest("")
    """For a page: of its Markdown, which is read when the page is rendered."""
    digest: Digest = Digest("")
    """Of path, file and body: two readings with the same digest mean the same."""
    findings: tuple[Finding, ...] = ()


class Readings(Struct, frozen=True, eq=False):
    """The portfolio's files as they were at one moment, each judged on its own."""

    files: tuple[Reading, ...]
    pack_ids: frozenset[PackId]
    """The folders below ``template_packs/``."""
    findings: tuple[Finding, ...] = ()
    """What was found out about packs from elsewhere, on the way to the files."""
    replacing: tuple[SourcePath, ...] = ()
    """The files below ``template_packs/_overrides/``."""
    others: tuple[SourcePath, ...] = ()
    """The files below ``content/`` that are neither pages nor of a kind that is published."""


class Revision(Struct, frozen=True):
    """Which state of the portfolio's repository a build was made from."""

    commit: CommitId | None
    """None where the portfolio is not in git, or has no commit yet."""
    date: dt.datetime | None
    """The commit's date, aware, in UTC; or SOURCE_DATE_EPOCH where that is set."""


class Place(enum.Enum):
    """Where a commit of the portfolio stands, as seen from another one."""

    AFTER = "it descends from it"
    BEFORE = "it does not"
    UNKNOWN = "this clone does not have it"

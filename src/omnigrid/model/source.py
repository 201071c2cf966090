"""What was read from the disk, before any judgement."""

import datetime as dt
import enum
from typing import Any

from msgspec import Struct

from omnigrid.model.findings import Finding
from omnigrid.model.names import CommitId, PackId, SourcePath


class Kind(enum.Enum):
    """What a file is, by its place in the portfolio."""

    CONFIG = "configuration"
    SECTOR = "sector"
    BRAND = "brand"
    PAGE = "page"
    PACK = "template pack"


class Document(Struct, frozen=True, eq=False):
    """One file's data: mappings, sequences and strings only; types come from the schema later."""

    kind: Kind
    path: SourcePath
    data: Any
    body: str = ""
    """For a page: its Markdown."""
    text: str = ""
    """The whole file, comments and front matter included."""


class Snapshot(Struct, frozen=True):
    """The portfolio's files as they were at one moment. Unreadable files stand in ``findings``."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    pack_ids: frozenset[PackId]
    """The folders below ``template_packs/``."""


class Revision(Struct, frozen=True):
    """Which state of the portfolio's repository a build was made from."""

    commit: CommitId | None
    """None where the portfolio is not in git, or has no commit yet."""
    date: dt.datetime | None
    """The commit's date, aware, in UTC; or SOURCE_DATE_EPOCH where that is set."""
    dirty: bool
    """Whether the portfolio's files differ from the commit."""

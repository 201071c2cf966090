"""What an editor writes about approvals: who agrees to which publish, and until when."""

import datetime as dt
import enum
from typing import Annotated

from msgspec import Meta

from omnigrid.model.fields import BrandIdText, Line, SectorIdText, Shape

WholeCommit = Annotated[
    str,
    Meta(
        pattern=r"^[0-9a-f]{40}$",
        description="the whole id of a commit, 40 digits and letters a to f",
    ),
]


class Scope(enum.StrEnum):
    """How much somebody approves of."""

    ALL = "all"
    SECTORS = "sectors"
    BRANDS = "brands"
    COMMIT = "commit"


class ApprovalFile(Shape, frozen=True, kw_only=True):
    """One approval."""

    target: Line
    by: Line
    scope: Scope
    sectors: tuple[SectorIdText, ...] = ()
    brands: tuple[BrandIdText, ...] = ()
    commit: WholeCommit | None = None
    until: dt.date
    note: Line | None = None


Approvals = tuple[ApprovalFile, ...]


class ApprovalsFile(Shape, frozen=True, kw_only=True):
    """`approvals.yaml`"""

    approvals: tuple[ApprovalFile, ...] = ()

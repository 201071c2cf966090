"""What an editor writes about targets: where sites are published, and on which terms."""

import enum
from typing import Annotated

from msgspec import Meta

from omnigrid.model.fields import BranchName, BrandIdText, Line, SectorIdText, Shape, Variable

Pushes = Annotated[int, Meta(ge=1, le=600, description="pushes a minute, 1 to 600")]
Parallel = Annotated[int, Meta(ge=1, le=64, description="pushes at once, 1 to 64")]
Kept = Annotated[int, Meta(ge=1, le=100_000, description="a number of commits, 1 to 100000")]
Granted = Annotated[int, Meta(ge=1, le=100_000_000, description="a number, 1 to 100000000")]
Seconds = Annotated[int, Meta(ge=1, le=86_400, description="seconds, 1 to 86400")]


class HostKind(enum.StrEnum):
    """Kinds of hosting repositories."""

    LOCAL = "local"
    PLAIN = "plain"
    GITHUB_PAGES = "github-pages"
    GITLAB_PAGES = "gitlab-pages"
    CLOUDFLARE_PAGES = "cloudflare-pages"
    NETLIFY = "netlify"
    CODEBERG_PAGES = "codeberg-pages"


class CredentialsFile(Shape, frozen=True, kw_only=True):
    """How to log in over https: by reference only, never the secret itself."""

    user: Line = "omnigrid"
    token: Variable


class HistoryFile(Shape, frozen=True, kw_only=True):
    """How much history a hosting branch keeps."""

    keep: Kept


class SigningFormat(enum.StrEnum):
    """How git signs commits."""

    SSH = "ssh"
    OPENPGP = "openpgp"


class SigningFile(Shape, frozen=True, kw_only=True):
    """With which key commits are signed."""

    format: SigningFormat = SigningFormat.SSH
    key: Variable


class AuditFile(Shape, frozen=True, kw_only=True):
    """Where the record of all publishes is kept."""

    repository: Line = ".omnigrid/hosting/audit.git"
    credentials: CredentialsFile | None = None


class LimitsFile(Shape, frozen=True, kw_only=True):
    """How much the host of a target takes, where that is not what such hosts usually take."""

    files: Granted | None = None
    megabytes: Granted | None = None


class TargetFile(Shape, frozen=True, kw_only=True):
    """One hosting repository, or by a pattern one a sector or one a brand."""

    name: Line
    kind: HostKind = HostKind.LOCAL
    repository: Line
    branch: BranchName = "main"
    folder: Line | None = None
    domain: Line | None = None
    sectors: tuple[SectorIdText, ...] = ()
    brands: tuple[BrandIdText, ...] = ()
    credentials: CredentialsFile | None = None
    staging: BranchName | None = None
    history: HistoryFile | None = None
    signing: SigningFile | None = None
    approval: bool = False
    deadline_seconds: Seconds | None = None
    parallel: Parallel | None = None
    pushes_per_minute: Pushes | None = None
    limits: LimitsFile | None = None

"""Where what a branch holds is served, and which of its files proves that."""

import re
from collections.abc import Iterator

from msgspec import Struct

from omnigrid.model.names import BrandId, OutPath, Slug
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.publishing import Destination
from omnigrid.model.stamp import STAMP_NAME
from omnigrid.model.targets import HostKind
from omnigrid.plan.cards import SITES
from omnigrid.plan.hosts import served_root
from omnigrid.plan.pace import GITHUB, host_of

CODEBERG = "codeberg.org"
_OWNER_AND_NAME = re.compile(r".*[/:](?P<owner>[^/:]+)/(?P<name>[^/:]+?)(\.git)?/?")

_ON_HOST = re.compile(r"(?:[a-z]+://)?(?:[^/@]*@)?[^/:]+(?::\d+/|[:/])(?P<path>[^:]+?)(?:\.git)?/?")


class Witness(Struct, frozen=True):
    """The stamp of one site: whose it is, where it is served, and where on the branch it stands."""

    brand: BrandId
    url: str
    path: OutPath


def address_of(destination: Destination, portfolio: Portfolio) -> str | None:
    """Return where a host serves a branch, with a slash at its end; None where nothing tells that.

    The domain of the target tells it, for the whole portfolio its ``base_url``, otherwise the
    addresses that GitHub and Codeberg give to repositories. Other hosts choose names of their own.
    """
    if destination.domain:
        return f"https://{destination.domain}/"
    base = portfolio.config.base_url
    if destination.folders is None and base:
        return f"{base.rstrip('/')}/"
    host, kind = host_of(destination), destination.kind
    found = _OWNER_AND_NAME.fullmatch(destination.repository)
    if found is None:
        return None
    owner, name = found["owner"].lower(), found["name"]
    if kind is HostKind.GITHUB_PAGES and host == GITHUB:
        own = f"{owner}.github.io"
        return f"https://{own}/" if name.lower() == own else f"https://{own}/{name}/"
    if kind is HostKind.CODEBERG_PAGES and host == CODEBERG:
        own = f"{owner}.codeberg.page"
        return f"https://{own}/" if name == "pages" else f"https://{own}/{name}/"
    return None


def witnesses(destination: Destination, portfolio: Portfolio) -> Iterator[Witness]:
    """Yield the stamp of every site of a branch; none where its address is not known."""
    address = address_of(destination, portfolio)
    if address is None:
        return
    root = served_root(destination)
    for brand in portfolio.brands:
        folder = _folder(destination, brand.slug)
        if folder is not None:
            path = OutPath(f"{destination.root}{folder}{STAMP_NAME}")
            yield Witness(brand.id, _url(destination, address, path, root), path)


def _url(destination: Destination, address: str, path: OutPath, root: str) -> str:
    served = path.removeprefix(root)
    if destination.folders is None and not destination.domain:
        # The base address is that of the build itself, whatever folder it is in.
        served = path.removeprefix(destination.root + destination.folder)
    return address + served


def _folder(destination: Destination, slug: Slug) -> str | None:
    if destination.folders is None:
        return f"{destination.folder}{SITES}{slug}/"
    return destination.folders.get(slug)


def page_address(destination: Destination, portfolio: Portfolio, slug: Slug, file: str) -> str:
    """Return where a host serves a page of a brand's site; empty where nothing tells that."""
    address, folder = address_of(destination, portfolio), _folder(destination, slug)
    if address is None or folder is None:
        return ""
    path = OutPath(f"{destination.root}{folder}{file}")
    return _url(destination, address, path, served_root(destination))


def commit_address(destination: Destination, commit: str) -> str:
    """Return where a forge shows a commit; empty where it is none that is known by its host."""
    found, host = _ON_HOST.fullmatch(destination.repository), host_of(destination)
    if found is None or not commit:
        return ""
    place = f"https://{host}/{found['path']}"
    match host:
        case "github.com" | "codeberg.org":
            return f"{place}/commit/{commit}"
        case "gitlab.com":
            return f"{place}/-/commit/{commit}"
        case _:
            return ""

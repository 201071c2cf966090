"""Built pages as a browser meets them: served on loopback, and watched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from seeing.example import pages_of, site_of
from seeing.host import hosted

BREACH = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`against the policy: ${event.effectiveDirective} ${event.blockedURI}`))"""


DASHBOARDS = [
    "dashboard/index.html",
    "dashboard/orchestration/index.html",
    "dashboard/intents/index.html",
    "dashboard/development/index.html",
]
OURS = [
    "index.html",
    "heatmap/index.html",
    "sectors/ip-patent-systems/index.html",
    "launch/index.html",
    *DASHBOARDS,
]
"""The pages of the portfolio itself."""


@dataclass(frozen=True)
class Deployed:
    """A build and the address at which it is served."""

    build: Path
    address: str

    def pages(self, pack: str) -> list[str]:
        """Return the addresses of each kind of page of one site of a pack, or of our own pages."""
        paths = OURS if pack == "portfolio" else pages_of(self.build, site_of(self.build, pack))
        return [f"{self.address}{path}" for path in paths]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback."""
    with hosted(folder) as address:
        yield address


class Watched:
    """A page whose console and requests are kept; what its policy forbids is a fault."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.requests: list[str] = []
        page.add_init_script(BREACH)
        page.on("console", lambda m: self.faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def forget(self) -> None:
        """Begin anew: nothing was said or asked."""
        self.faults.clear()
        self.requests.clear()

    def strangers(self, address: str) -> list[str]:
        """Return the requests that left an address."""
        return [url for url in self.requests if not url.startswith((address, "data:"))]

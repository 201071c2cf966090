"""`scripts/bench preview`: from saving a file to its words in a real Chromium, beside Hugo.

Each edit rewrites the tagline of a brand whose site is open. The page itself tells when it first
draws the new words. The next edit waits until the whole portfolio was built.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from benching.measure import OMNIGRID, environment, memory_of
from benching.peers.hugo import hugo, write_hugo
from benching.peers.install import install_hugo
from benching.portfolio import Content, read_content, write_portfolio
from benching.tables import machine, table

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
_HEAD = ("", "edits", "median", "95 of 100 within", "slowest", "memory", "after all edits")
_HUGO_PORT = 4790
_PAUSE = 300.0
"""Milliseconds between the end of a build and the next edit."""
_LONGEST = 120.0
"""Seconds after which an edit counts as lost."""
_SHOWN = """(() => {
  let last = "";
  const look = () => {
    const found = document.body.textContent.match(/Edit number \\d+/);
    if (!found || found[0] === last) return;
    last = found[0];
    requestAnimationFrame(() =>
      console.log(`${last} ${performance.timeOrigin + performance.now()}`));
  };
  const watch = new MutationObserver(look);
  addEventListener("DOMContentLoaded", () => {
    look();
    watch.observe(document.body, { childList: true, characterData: true, subtree: true });
  });
})()"""


class Server(NamedTuple):
    """A server that rebuilds: how it starts, when it is ready, when it has built."""

    name: str
    command: Sequence[str]
    folder: Path
    edited: Path
    ready: str
    page: Callable[[str], str]
    """Gives the address of the edited brand's page, from what the server printed."""
    built: str
    """What it prints after each build."""
    lenient: bool = False
    """Whether the pages' policy is not held: it forbids what Hugo adds to them."""


class Edits(NamedTuple):
    """Milliseconds of each edit, and MiB before the first and after the last."""

    times: list[float]
    before: float
    after: float


def preview(brands: Sequence[int], edits: int, peers: Sequence[str]) -> None:
    """Print how long an edit takes to be seen in portfolios of these sizes."""
    print(machine(), "", sep="\n", flush=True)
    for count in brands:
        with tempfile.TemporaryDirectory() as name:
            rows = _rows(count, edits, peers, Path(name))
            print(f"### {count:,} brands", "", table(_HEAD, rows), "", sep="\n", flush=True)


def _rows(count: int, edits: int, peers: Sequence[str], folder: Path) -> Iterator[list[str]]:
    content = read_content(write_portfolio(count, folder / "omnigrid"))
    yield _row(_ours(content), edits)
    if "hugo" in peers:
        write_hugo(content, folder / "hugo")
        yield _row(_hugo(content, folder / "hugo"), min(edits, 50))


def _row(server: Server, edits: int) -> list[str]:
    found = _edits(server, edits)
    times = sorted(found.times)
    within = times[min(len(times) - 1, round(0.95 * len(times)))]
    shown = [f"{each:.0f} ms" for each in (median(times), within, times[-1])]
    memory = [f"{each:.0f} MiB" for each in (found.before, found.after)]
    return [server.name, f"{len(times):,}", *shown, *memory]


def _ours(content: Content) -> Server:
    brand = content.sample
    return Server(
        "omnigrid preview",
        [OMNIGRID, "preview"],
        content.folder,
        content.folder / f"brands/{brand.sector}/{brand.slug}.yaml",
        "Ctrl-C",
        lambda said: f"{re.findall('http://[^ ]+/', said)[0]}sites/{brand.slug}/",
        " unchanged, in ",
    )


def _hugo(content: Content, folder: Path) -> Server:
    command, version = install_hugo()
    brand, project = content.sample, hugo(content, folder, command)
    return Server(
        f"hugo {version} server",
        [*command, "server", "--bind", "127.0.0.1", "--port", str(_HUGO_PORT)],
        folder,
        project.lines["brand"].path,
        "Press Ctrl+C",
        lambda _: f"http://127.0.0.1:{_HUGO_PORT}/sites/{brand.slug}/",
        "Total in",
        lenient=True,
    )


def _edits(server: Server, edits: int) -> Edits:
    with _running(server) as (process, said), _chromium(server) as page:
        shown: dict[str, float] = {}
        page.on("console", lambda message: _note(message.text, shown))
        page.add_init_script(_SHOWN)
        page.goto(server.page(said()))
        page.wait_for_timeout(2000)
        text = server.edited.read_text(encoding="utf-8")
        times = []
        before = memory_of(process.pid)
        for number in range(edits + 3):
            builds = said().count(server.built)
            times.append(_edit(server, page, text, number, shown))
            _wait(page, lambda built=builds: said().count(server.built) > built)  # type: ignore[misc]
            page.wait_for_timeout(_PAUSE)
            if number == min(edits, 100):
                before = memory_of(process.pid)
        return Edits(times[3:], before, memory_of(process.pid))  # The first of all are no measure.


def _edit(server: Server, page: Page, text: str, number: int, shown: dict[str, float]) -> float:
    words = f"Edit number {number}"
    changed = re.sub(r"^tagline: .*$", f"tagline: {words}", text, count=1, flags=re.MULTILINE)
    start = time.time() * 1000
    server.edited.write_text(changed, encoding="utf-8")
    _wait(page, lambda: words in shown)
    return shown[words] - start


def _note(text: str, shown: dict[str, float]) -> None:
    words, _, at = text.rpartition(" ")
    if words.startswith("Edit number") and words not in shown:
        shown[words] = float(at)


def _wait(page: Page, is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + _LONGEST
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError
        page.wait_for_timeout(10)


@contextmanager
def _running(server: Server) -> Iterator[tuple["subprocess.Popen[bytes]", Callable[[], str]]]:
    log = server.folder.with_name(f"{server.folder.name}.log")
    with log.open("wb") as written:
        process = subprocess.Popen(  # noqa: S603
            server.command,
            cwd=server.folder,
            env=environment(server.folder) | {"HUGO_CACHEDIR": str(server.folder / ".cache")},
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until = time.monotonic() + 20 * _LONGEST
        while server.ready not in log.read_text(encoding="utf-8"):
            if process.poll() is not None or time.monotonic() > until:
                raise TimeoutError(log.read_text(encoding="utf-8"))
            time.sleep(0.1)
        yield process, lambda: log.read_text(encoding="utf-8")
    finally:
        os.kill(process.pid, signal.SIGINT)
        process.wait()


@contextmanager
def _chromium(server: Server) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=_FLAGS
        )
        yield browser.new_page(bypass_csp=server.lenient)
        browser.close()

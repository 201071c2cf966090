"""Edits a brand whose page is open in a real Chromium beside a server that rebuilds it.

The page itself tells when it first draws the new words. The next edit waits until the whole
portfolio was built. A page that was not told of an edit is loaded by hand: such an edit is lost,
and has no time.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from benching.measure import environment, memory_of

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
_WARM_UP = 3
"""Edits before those that count."""
EVERY = 100
"""Edits between two looks at the memory."""
_LOST = 30.0
"""Seconds after which a page that shows nothing new is loaded by hand."""
_LONGEST = 120.0
"""Seconds after which a server is taken for stuck."""
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
    pause: float
    """Seconds between the end of a build and the next edit."""
    lenient: bool = False
    """Whether the pages' policy is not held: it forbids what Hugo adds to them."""


class Edits(NamedTuple):
    """Milliseconds of each edit that was shown, how many were not, and MiB after so many edits."""

    times: list[float]
    lost: int
    memory: dict[int, float]


def edit_often(server: Server, edits: int) -> Edits:
    """Return what edits take. Raises TimeoutError, with what it said, where a server is stuck."""
    with _running(server) as (session, said), _chromium(server) as page:
        desk = _Desk(server, page, said)
        for _ in range(_WARM_UP):
            desk.edit()
        memory, times = {0: memory_of(session)}, []
        for number in range(1, edits + 1):
            times.append(desk.edit())
            if number % EVERY == 0 or number == edits:
                memory[number] = memory_of(session)
        seen = [each for each in times if each is not None]
        return Edits(seen, len(times) - len(seen), memory)


class _Desk:
    """Somebody who edits a brand and looks at its page."""

    def __init__(self, server: Server, page: Page, said: Callable[[], str]) -> None:
        self._server, self._page, self._said = server, page, said
        self._text = server.edited.read_text(encoding="utf-8")
        self._number, self._shown = 0, dict[str, float]()
        page.on("console", lambda message: self._note(message.text))
        page.add_init_script(_SHOWN)
        page.goto(server.page(said()))
        page.wait_for_timeout(2000)

    def edit(self) -> float | None:
        """Save the file and return after how many milliseconds it is seen; None where it was lost.

        Returns when all is built, and the page had its time to listen again.
        """
        self._number += 1
        words, builds = f"Edit number {self._number}", self._builds()
        start = self._save(words)
        told = self._wait(lambda: words in self._shown, _LOST)
        if not told:
            self._page.reload()
            if not self._wait(lambda: words in self._shown, _LONGEST):
                raise TimeoutError(f"{words} is never shown\n{self._said()[-2000:]}")
        if not self._wait(lambda: self._builds() > builds, _LONGEST):
            raise TimeoutError(f"nothing is built\n{self._said()[-2000:]}")
        self._page.wait_for_timeout(self._server.pause * 1000)
        return self._shown[words] - start if told else None

    def _save(self, words: str) -> float:
        """Write the brand anew, and return when, in milliseconds."""
        text = re.sub(r"^tagline: .*$", f"tagline: {words}", self._text, count=1, flags=re.M)
        start = time.time() * 1000
        self._server.edited.write_text(text, encoding="utf-8")
        return start

    def _builds(self) -> int:
        return self._said().count(self._server.built)

    def _note(self, text: str) -> None:
        words, _, at = text.rpartition(" ")
        if words.startswith("Edit number"):
            self._shown.setdefault(words, float(at))

    def _wait(self, is_so: Callable[[], bool], longest: float) -> bool:
        until = time.monotonic() + longest
        while not is_so():
            if time.monotonic() > until:
                return False
            self._page.wait_for_timeout(10)
        return True


@contextmanager
def _running(server: Server) -> Iterator[tuple[int, Callable[[], str]]]:
    """Yield the session of a server that is ready, and what gives what it printed."""
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
        yield process.pid, lambda: log.read_text(encoding="utf-8")
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

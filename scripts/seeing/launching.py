"""A launch in a preview of a copy of the example portfolio, to be looked at."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from seeing.example import copy_of

NEED = "a compliance dashboard for legal tracking"
_LONGEST = 120
"""Seconds for which anything is waited for."""


@contextmanager
def previewed(folder: Path) -> Iterator[str]:
    """Run a preview of a copy of the example below a folder, and yield its address."""
    copy = copy_of(folder)
    command = Path(sys.executable).with_name("omnigrid")
    log = folder / "preview.log"
    home = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen([command, "preview"], cwd=copy, env=home, stderr=said)  # noqa: S603
    try:
        yield _address(process, log)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(_LONGEST)


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    until = time.monotonic() + _LONGEST
    while True:
        text = log.read_text(encoding="utf-8")
        if found := re.search(r"^(http://\S+)  \(Ctrl-C", text, re.MULTILINE):
            return found[1]
        if process.poll() is not None or time.monotonic() > until:
            raise TimeoutError(text)
        time.sleep(0.1)


def launch(page: Page, address: str) -> None:
    """Launch a need on the page that does so, and stay there until it is published."""
    page.goto(f"{address}launch/")
    page.get_by_label("What is needed").fill(NEED)
    matched = page.locator("[data-matched]")
    expect(matched).to_contain_text("Actuary", timeout=_LONGEST * 1000)
    page.locator("[data-go]").click()
    result = page.locator("[data-result]")
    expect(result).to_contain_text("Launched in", timeout=_LONGEST * 1000)
    page.locator("[data-live]").evaluate("(pads) => scrollTo(0, pads.offsetTop - 24)")

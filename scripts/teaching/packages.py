"""Installs what teaching needs besides omnigrid, pinned, into .cache/teaching/."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache/teaching"
"""What was installed, downloaded and worked out; git does not look here. It may be deleted."""
_PINS = Path(__file__).with_name("requirements.txt")


def reach_packages() -> None:
    """Install the packages, unless they are there, and let them be imported after our own."""
    folder = CACHE / f"packages-{hashlib.sha256(_PINS.read_bytes()).hexdigest()[:12]}"
    if not folder.is_dir():
        _install(folder)
    sys.path.append(str(folder))


def part_of(folder: Path) -> Path:
    """Return an empty place to make a folder in; it is renamed when all of it is there."""
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    return part


def _install(folder: Path) -> None:
    print(f"installing {folder.name}", file=sys.stderr)
    part = part_of(folder)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(_PINS), "--target", str(part)], check=True)  # noqa: S603
    part.rename(folder)

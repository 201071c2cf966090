"""The example portfolio, built for the address at which it is looked at."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("omnigrid.yaml", "measurements.json", "brands", "sectors", "content", "template_packs")


def build_at(address: str, folder: Path, portfolio: Path = ROOT) -> Path:
    """Build a release of a copy of a portfolio, for an address, and return its `build/`."""
    copy = copy_of(folder, portfolio)
    config = copy / "omnigrid.yaml"
    text = re.sub(r"^base_url:.*\n", "", config.read_text(encoding="utf-8"), flags=re.MULTILINE)
    config.write_text(f"{text}\nbase_url: {address}\n", encoding="utf-8")
    command = Path(sys.executable).with_name("omnigrid")
    build = folder / "build"
    run: list[str | Path] = [command, "--quiet", "build", "--release", "--out", build]
    subprocess.run(run, cwd=copy, check=True)  # noqa: S603
    return build


def copy_of(folder: Path, portfolio: Path = ROOT) -> Path:
    """Copy a portfolio below a folder, and return where."""
    copy = folder / "portfolio"
    for part in PARTS:
        _copy(portfolio / part, copy / part)
    return copy


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def packs(portfolio: Path = ROOT) -> list[str]:
    """Return the ids of the packs of a portfolio."""
    return sorted(pack.parent.name for pack in portfolio.glob("template_packs/*/pack.yaml"))


def site_of(build: Path, pack: str) -> str:
    """Return the slug of the first site of a pack that has a content page.

    Raises LookupError when no site is of this pack.
    """
    for config in sorted(build.glob("sites/*/config.json")):
        said = json.loads(config.read_bytes())
        if said["template"]["id"] == pack and said["pages"]:
            return config.parent.name
    raise LookupError(f"no site of {build} with a page is of the pack {pack!r}")


def pages_of(build: Path, slug: str) -> list[str]:
    """Return a site's kinds of page, as paths: the front page, a content page, the lost one."""
    said = json.loads((build / "sites" / slug / "config.json").read_bytes())
    content = [page["file"] for page in said["pages"]][:1]
    return [f"sites/{slug}/{name}" for name in ("index.html", *content, "404.html")]

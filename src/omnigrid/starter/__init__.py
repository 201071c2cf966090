"""What `omnigrid init` writes: a small portfolio, and the eight template packs.

And the text of the files that `omnigrid new` writes: `drafts.py`.
"""

from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from pathlib import Path

_RENAMED = {"gitignore": ".gitignore"}
"""Names that packaging tools would leave out, or take at their word."""


def starter_files() -> dict[str, Traversable]:
    """Return every file of a new portfolio by its path."""
    here = package_files("omnigrid.starter")
    return {
        **_below(here / "portfolio", ""),
        **_below(_template_packs(here), "template_packs/"),
    }


def _template_packs(here: Traversable) -> Traversable:
    """Return the packs: inside an installed package, or beside the sources in a checkout."""
    packaged = here / "template_packs"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "template_packs"


def _below(folder: Traversable, prefix: str) -> dict[str, Traversable]:
    found: dict[str, Traversable] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = _RENAMED.get(entry.name, entry.name)
        if entry.is_dir():
            found |= _below(entry, f"{prefix}{name}/")
        else:
            found[prefix + name] = entry
    return found

"""Repositories in folders, which git reaches without any server."""

from pathlib import Path

from support.servers.remote import Remote
from support.servers.repository import Repository


class Local:
    """Repositories below ``root``, by their paths."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def new(self, name: str) -> Remote:
        """Return a new, empty repository."""
        made = Repository(self.root / name).create()
        return Remote("local", str(made.folder), made)

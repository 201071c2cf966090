"""A small portfolio of many brands, and the command run on it until it ends or is killed."""

import os
import random
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from support.forking import Forked, fork_server
from support.servers.repository import Repository, fsck
from support.small import Small, write_files
from support.workspace import Workspace

SECTORS = ("Garden", "Kitchen")


class Many(Workspace):
    """So many brands, each published to ``hosting`` beside the portfolio, as ``targets`` say."""

    def __init__(self, root: Path, brands: int, targets: list[dict[str, Any]]) -> None:
        super().__init__(root)
        self.hosting = root.with_name("hosting")
        self.small = Small()
        spade = self.small.brands["spade"]
        self.slugs = [f"brand-{number:03d}" for number in range(brands)]
        self.small.brands = {
            slug: {
                **spade,
                "id": f"TST-{number:03d}",
                "name": f"Brand {number}",
                "sector": SECTORS[number % 2],
                "keywords": [f"needle {number}"],
            }
            for number, slug in enumerate(self.slugs)
        }
        self.small.pages.clear()
        self.small.config["targets"] = targets
        self.edit_all("the first day")

    def edit_all(self, text: str) -> str:
        """Give every brand another text, commit that, and return the commit."""
        for slug, facts in self.small.brands.items():
            facts["tagline"] = f"{slug}: {text}"
        return self.save(text)

    def save(self, message: str = "Change") -> str:
        """Write the portfolio as it is now known, commit it, and return the commit."""
        self.root.mkdir(exist_ok=True)
        files = self.small.files() | {".gitignore": b".omnigrid/\nbuild/\n"}
        known = self.root / ".git"
        away = (
            known.rename(self.root.with_name(f"{self.root.name}.git")) if known.exists() else None
        )
        write_files(self.root, files)
        if away:
            away.rename(known)
        return self.commit(message)

    def repository(self, name: str) -> Repository:
        """One of the hosting repositories."""
        return Repository(self.hosting / f"{name}.git")

    def repositories(self) -> list[Repository]:
        """Those that there are."""
        return [Repository(folder) for folder in sorted(self.hosting.glob("*.git"))]

    def trees(self) -> dict[str, dict[str, str]]:
        """What every hosting repository holds."""
        return {each.folder.name: each.tree() for each in self.repositories()}

    def heads(self) -> dict[str, str | None]:
        """Where every hosting repository stands."""
        return {each.folder.name: each.head() for each in self.repositories()}

    def fsck(self) -> None:
        """Check every hosting repository and every cache."""
        caches = self.root.glob(".omnigrid/cache/hosting/*.git")
        for folder in (*(each.folder for each in self.repositories()), *caches):
            fsck(folder)

    def start(self, *arguments: str) -> Forked:
        """Begin a run of the command, in a session of its own."""
        return fork_server().start(arguments, self.root, self.environment, leads=True)


def one_a_brand(**facts: Any) -> dict[str, Any]:
    """A rule that gives each brand a local repository."""
    return {"name": "sites", "repository": "../hosting/{brand.slug}.git", **facts}


def kill(process: Forked, *, family: bool) -> None:
    """End a process as `kill -9` does; with its family, as when the machine goes down."""
    with suppress(ProcessLookupError):
        if family:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate()


def seeded(*words: object) -> random.Random:
    """Chance that is always the same for the same words."""
    return random.Random(repr(words))  # noqa: S311

"""Where a run works, and what earlier runs left there for it."""

import datetime as dt
import os
import sys
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct

import omnigrid
from omnigrid import __version__
from omnigrid.load.answers import Answer, Answers, Seen
from omnigrid.load.disk import DiskTree, disk_time
from omnigrid.load.memory import FileMemory, Memory
from omnigrid.load.overlay import Overlay, tree_findings
from omnigrid.load.overrides import NO_OVERRIDES, Overrides
from omnigrid.load.plans import FilePlans
from omnigrid.model.digests import digest_value
from omnigrid.model.shards import Shard
from omnigrid.model.source import Revision
from omnigrid.model.tree import FileTree
from omnigrid.packs.mount import Supply, mounted_packs

GENERATOR = f"omnigrid {__version__}"


class Workspace(Struct, frozen=True, dict=True):
    """Where a run works: the portfolio's folder and the build folder, both absolute.

    ``revision`` is the state of the portfolio's repository.
    """

    root: Path
    out: Path
    revision: Revision
    overrides: Overrides = NO_OVERRIDES
    """Values of the configuration that the environment overrides."""
    shard: Shard | None = None
    """The share of the jobs that is built; None: all."""
    cache: Path | None = None
    """What omnigrid keeps for this user, for all portfolios; None: nothing. May be deleted."""
    release: bool = False
    """Whether pages are made small, and only for a web server."""
    supply: Supply | None = None
    """Where packs from elsewhere come from; None: nothing is asked, and none can be had."""
    drafts: bool = False
    """Whether drafts and expired pages are shown as well."""
    kept: Memory | None = None
    """What this process read before; None: what earlier runs left on the disk is asked."""
    compare: Callable[[], bool] = bool
    """Tells whether the portfolio's files differ from its commit. Takes git a while."""

    @cached_property
    def is_dirty(self) -> bool:
        """Whether the portfolio's files differ from its commit, when this was first asked."""
        return self.revision.commit is not None and self.compare()

    @cached_property
    def tree(self) -> FileTree:
        """The portfolio's files and its locked packs, as they were when this was first asked.

        Raises Conflict where a pack is not what was locked.
        """
        return mount(self.disk, self.supply)

    @cached_property
    def disk(self) -> DiskTree:
        """The portfolio's own files, as they were when this was first asked."""
        return DiskTree(self.root)

    @cached_property
    def started(self) -> int:
        """The time of the file system, in nanoseconds, when this was first asked: before all else.

        A file that was touched then or later may change again and keep its stamp.
        """
        return disk_time(self.state / "cache")

    @property
    def memory(self) -> Memory:
        """What was read before."""
        return self.kept or self.file_memory

    @property
    def file_memory(self) -> FileMemory:
        """What earlier runs read."""
        return FileMemory(self.state / "cache" / "readings", program_version(), self.started)

    @property
    def plans(self) -> FilePlans:
        """What earlier runs planned."""
        name = "plans-release" if self.release else "plans"
        return FilePlans(self.state / "cache" / name, program_version())

    @property
    def today(self) -> dt.date | None:
        """The day that counts as today: that of the source commit."""
        return self.revision.date.date() if self.revision.date else None

    def answers(self, name: str, kind: type[Answer], more: str = "") -> Answers[Answer]:
        """Return what earlier runs found out about the files as they are now.

        ``more`` is what else it depends on, besides this program, the day and the configuration.
        """
        question = f"{program_version()}, {self.today}, {sorted(self.overrides.items())}, {more}"
        started, tree = self.started, self.tree
        told = [(found.code, found.message) for found in tree_findings(tree)]
        question += f", {told}" if told else ""
        question += ", drafts" if self.drafts else ""
        return Answers(self.state / "cache" / f"{name}.json", kind, started, self._seen, question)

    @cached_property
    def _seen(self) -> Seen:
        return Seen(self.tree)

    @property
    def stamps(self) -> Path:
        """Where the stamps of the build folder's files are kept."""
        name = digest_value(str(self.out))[:16]
        return self.state / "cache" / f"stamps-{name}"

    @property
    def state(self) -> Path:
        """What omnigrid keeps for itself; may be deleted."""
        return self.root / ".omnigrid"


def mount(tree: FileTree, supply: Supply | None = None) -> FileTree:
    """Return a portfolio's tree with its locked packs as files of it."""
    files, findings = mounted_packs(tree, supply)
    return Overlay(tree, files, findings) if files or findings else tree


@lru_cache(maxsize=1)
def program_version() -> str:
    """Return what stands for this program: another one may make something else of the same files.

    Made of our own files and of the folders in which the libraries are installed: to ask each
    library for its version would take longer than to find that nothing changed.
    """
    folder = os.path.dirname(omnigrid.__file__)  # noqa: PTH120  (every run asks; so below)
    ours = [
        f"{place}/{name}"
        for place, _, names in os.walk(folder)
        for name in names
        if not name.endswith(".pyc")
    ]
    libraries = [entry for entry in sys.path if entry.endswith("-packages")]
    stamps = [
        (path, os.stat(path).st_mtime_ns)  # noqa: PTH116
        for path in (*sorted(ours), *libraries)
        if os.path.exists(path)  # noqa: PTH110
    ]
    return digest_value([GENERATOR, sys.version, stamps])[:16]

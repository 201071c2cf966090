"""Ways to build a small portfolio: whole or in shards, whoever does the work."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest

from omnigrid.model.errors import InputError
from omnigrid.model.manifest import MANIFEST_NAME
from omnigrid.model.shards import Shard
from omnigrid.output import harvest
from omnigrid.output.spool import Spool
from omnigrid.plan import turns
from omnigrid.run.executors import Executor
from support.small import Files, build, merge, tree


class Way(Protocol):
    """Builds the portfolio in a folder. Raises InputError where it has faults."""

    def build(self, root: Path) -> None:
        """Bring ``build/`` to what the portfolio says."""
        ...


@dataclass(frozen=True)
class Whole:
    """Everything in one go."""

    executor: Executor

    def build(self, root: Path) -> None:
        """Bring ``build/`` to what the portfolio says."""
        build(root, self.executor)


@dataclass(frozen=True)
class AsLarge:
    """As a large portfolio is built: in turns, and what was made waits on the disk."""

    executor: Executor
    huge: bool

    def build(self, root: Path) -> None:
        """Bring ``build/`` to what the portfolio says."""
        with pytest.MonkeyPatch.context() as scaled:
            scaled.setattr(turns, "LARGE", 0)
            scaled.setattr(turns, "HUGE", 2 if self.huge else 1 << 14)
            scaled.setattr(turns, "SITES", 2)
            scaled.setattr(harvest, "Spool", partial(Spool, memory=0, segment=4096))
            build(root, self.executor)


@dataclass(frozen=True)
class Shards:
    """Shards, each in a folder of its own, which survives, and merged.

    The folder of the second of three is later that of the second of five.
    """

    executor: Executor
    numbers: Sequence[int]
    """In the order in which they are built and named to the merge."""
    anew: bool
    """Whether the last merge does not survive."""

    def build(self, root: Path) -> None:
        """Bring ``build/`` to what the portfolio says."""
        parts = [f"part-{number}" for number in self.numbers]
        if faulty := [each for each in self.numbers if not self._is_built(root, each)]:
            raise InputError(f"shards {faulty} have faults")
        if self.anew:
            shutil.rmtree(root / "build", ignore_errors=True)
        merge(root, parts, self.executor)
        held = [path for part in parts for path in built_files(root / part)]
        assert sorted(held) == sorted(built_files(root / "build")), "each file is in one shard"

    def _is_built(self, root: Path, number: int) -> bool:
        shard = Shard(number, len(self.numbers))
        with suppress(InputError):
            build(root, self.executor, out=f"part-{number}", shard=shard)
            return True
        return False


def built_files(out: Path) -> list[str]:
    """Return the files of a build: all but the manifest, sorted."""
    return sorted(
        path.relative_to(out).as_posix()
        for path in out.rglob("*")
        if path.is_file() and path != out / MANIFEST_NAME
    )


def made_of(root: Path, way: Way) -> Files | None:
    """Build, and return the whole tree; None where the portfolio has faults."""
    try:
        way.build(root)
    except InputError:
        return None
    return tree(root / "build")

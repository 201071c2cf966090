"""A small portfolio as plain data: changed step by step, written to a folder, built in process."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from omnigrid.build import build_portfolio
from omnigrid.merge import merge_parts
from omnigrid.model.manifest import BuildResult, Outcome
from omnigrid.model.shards import Shard
from omnigrid.model.source import Revision
from omnigrid.run.executors import BATCH, Executor, SerialExecutor
from omnigrid.run.processes import ProcessExecutor
from omnigrid.standing import standing_build
from omnigrid.workspace import Workspace

Files = dict[str, bytes]
Item = TypeVar("Item")
Result = TypeVar("Result")

DATE = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
INDEX = "<h1>{{ brand.name }}</h1><p>{{ brand.tagline }}</p>{{ sector.name }}{{ portfolio.name }}"


class Small:
    """Files of a portfolio: brands, sectors, pages and packs by the name of their file."""

    def __init__(self) -> None:
        self.config: dict[str, Any] = {"name": "Our brands"}
        self.packs = {"plain": _pack("plain"), "rich": _pack("rich")}
        self.sectors = {"garden": sector("Garden", "plain"), "kitchen": sector("Kitchen", "rich")}
        self.brands = {
            "spade": _brand(1, "Spade", "Garden", "digging beds"),
            "rainkeep": _brand(2, "Rainkeep", "Garden", "store rain water"),
            "seedwell": _brand(3, "Seedwell", "Garden", "vegetable seeds"),
            "panhonest": _brand(4, "PanHonest", "Kitchen", "iron frying pans"),
            "kettle": _brand(5, "Kettlewise", "Kitchen", "boil tea water"),
        }
        self.pages: dict[str, dict[str, Any]] = {
            "barrels": {"title": "Barrels", "intent": "store rain water in the dry weeks"},
            "news": {"title": "News", "brand": "TST-004", "date": "2026-05-04"},
        }
        self.beside: Files = {}
        """Files beside pages, by path."""
        self.bodies = {"barrels": "Closed *against* light.\n", "news": "~~Old~~ pans.\n"}

    def files(self) -> Files:
        """Return the portfolio's files: path and bytes. JSON is YAML, too."""
        found = {"omnigrid.yaml": _text(self.config)}
        found |= {f"brands/{slug}.yaml": _text(facts) for slug, facts in self.brands.items()}
        found |= {f"sectors/{slug}.yaml": _text(facts) for slug, facts in self.sectors.items()}
        for slug, head in self.pages.items():
            page = f"---\n{_text(head).decode()}---\n\n{self.bodies.get(slug, '')}"
            found[f"content/{slug}.md"] = page.encode()
        found |= self.beside
        for pack, files in self.packs.items():
            found |= {f"template_packs/{pack}/{path}": text for path, text in files.items()}
        return found


def _text(facts: dict[str, Any]) -> bytes:
    lines = [f"{key}: {json.dumps(value)}" for key, value in facts.items() if value is not None]
    return ("\n".join(lines) + "\n").encode()


def _pack(name: str) -> Files:
    facts = {"id": name, "name": name.title(), "version": "1.0.0", "api": 1, "description": "A."}
    return {"pack.yaml": _text(facts), "index.html": INDEX.encode(), "styles.css": b"p{}"}


def sector(name: str, pack: str) -> dict[str, Any]:
    return {"id": name, "name": name, "description": f"All of {name}.", "template": pack}


def _brand(number: int, name: str, sector: str, keyword: str) -> dict[str, Any]:
    return {
        "id": f"TST-{number:03d}",
        "name": name,
        "sector": sector,
        "tagline": f"{name} for everyone",
        "description": f"{name} is a brand.",
        "keywords": [keyword],
        "owner": "Tester",
        "license": {"tier": "Standard"},
    }


class OneByOne:
    """Hands over each single item, so that also a small portfolio is the work of several."""

    def __init__(self, executor: Executor) -> None:
        self._executor, self.same_disk = executor, executor.same_disk

    def run(
        self, work: Callable[[Item], Result], items: Iterable[Item], batch: int = BATCH
    ) -> Iterator[Result]:
        """Yield the result of every item."""
        return self._executor.run(work, items, batch=min(batch, 1))


class Busy(OneByOne):
    """Several processes also where a real run would not start them."""

    def __init__(self, count: int) -> None:
        super().__init__(ProcessExecutor(count))


def write_files(root: Path, files: Files) -> None:
    """Bring a folder's portfolio to these files, touching only those that differ."""
    for known in root.rglob("*"):
        name = known.relative_to(root).as_posix()
        ours = name.startswith((".omnigrid/", "build/", "part-"))
        if not ours and known.is_file() and name not in files:
            known.unlink()
    for path, data in files.items():
        target = root / path
        if not target.is_file() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def build(
    root: Path, executor: Executor | None = None, *, out: str = "build", shard: Shard | None = None
) -> Outcome:
    """Build the portfolio in a folder, or a share of it, as the command does on a fixed day."""
    workspace, executor = _workspace(root, out, shard), executor or SerialExecutor()
    standing = standing_build(workspace, executor)
    if standing is not None:
        return Outcome(standing)
    return build_portfolio(workspace, executor, lambda _done, _total: None)


def merge(root: Path, parts: Sequence[str], executor: Executor | None = None) -> BuildResult:
    """Put shards together that were built in folders of these names."""
    folders = [root / part for part in parts]
    return merge_parts(_workspace(root), folders, executor or SerialExecutor())


def _workspace(root: Path, out: str = "build", shard: Shard | None = None) -> Workspace:
    return Workspace(root, root / out, Revision(None, DATE), shard=shard)


def tree(root: Path) -> Files:
    """Return every file below a folder; and its folders, with a slash and without bytes."""
    found: Files = {}
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        found |= {f"{name}/": b""} if path.is_dir() else {name: path.read_bytes()}
    return found


def clean_build(root: Path, files: Files) -> Files:
    """Return what a build makes of these files in a new folder."""
    write_files(root, files)
    build(root)
    return tree(root / "build")

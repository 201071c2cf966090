"""`scripts/bench registry`: how long it takes to find a pack among thousands."""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from benching.tables import machine, table
from omnigrid.model.names import PackId
from omnigrid.packs.registry import Index, Offer, open_registry

_NOUNS = (
    "audit licence tide harbour seed meadow ledger contract filing parcel garden recipe energy "
    "water carbon sensor bridge tenant clinic museum festival archive orchard vineyard bakery"
).split()
_KINDS = (
    "dashboard portal monitor guide catalogue calendar report register map atlas journal".split()
)
_COLUMNS = ("p50", "p95", "processor p50", "processor p95")
_FEATURES = "chart gauge table timeline print search dark compact accessible offline".split()


def registry(packs: int, queries: int) -> None:
    """Print how long it takes to prepare an index, to search it, and to find one id."""
    chance = random.Random(7)  # noqa: S311  (the same packs every time)
    offers = tuple(_offer(chance, number) for number in range(packs))
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index.json"
        index.write_bytes(msgspec.json.encode(Index(version=1, packs=offers)))
        size = index.stat().st_size
        cache = Path(folder) / "cache"
        prepared = _timed(partial(open_registry, index, cache))
        searched, found = [], []
        for _ in range(queries):
            words = " ".join(chance.sample([*_NOUNS, *_KINDS, *_FEATURES], chance.randint(1, 3)))
            wanted = chance.choice(offers).id
            searched.append(_timed(partial(_search, index, cache, words)))
            found.append(_timed(partial(_find, index, cache, wanted)))
    rows = [
        _row("prepare the index, once", [prepared, prepared]),
        _row("search by words", searched),
        _row("find an id", found),
    ]
    head = (f"{packs:,} packs, {size / 1e6:.1f} MB; {queries} queries", *_COLUMNS)
    print(machine(), "", table(head, rows), sep="\n")


def _search(index: Path, cache: Path, words: str) -> None:
    open_registry(index, cache).search(words, 10)


def _find(index: Path, cache: Path, pack_id: str) -> None:
    open_registry(index, cache).find(pack_id)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return what a piece of work takes, on the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def _row(name: str, times: list[tuple[float, float]]) -> list[str]:
    cuts = [statistics.quantiles(column, n=20) for column in zip(*times, strict=True)]
    return [name, *(f"{each[at] * 1000:.2f} ms" for each in cuts for at in (9, 18))]


def _offer(chance: random.Random, number: int) -> Offer:
    subject, kind = chance.choice(_NOUNS), chance.choice(_KINDS)
    return Offer(
        id=PackId(f"{subject}_{kind}_{number}"),
        name=f"{subject.title()} {kind}",
        description=f"A {kind} for {subject} and {chance.choice(_NOUNS)}, number {number}.",
        features=tuple(chance.sample(_FEATURES, 4)),
        source=f"https://packs.example/{subject}/{number}.zip",
        sha256=f"{number:064x}",
        version="1.0.0",
    )

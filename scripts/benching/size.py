"""`scripts/bench size`: how omnigrid alone grows with its portfolio."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benching.generator import Generator, ours
from benching.measure import Measured
from benching.portfolio import read_content, write_portfolio
from benching.tables import machine, seconds, table

_HEAD = ("", "wall", "processor", "memory", "wall a brand", "processor a brand", "memory a brand")
_SELDOM = 0.5


def size(counts: Sequence[int]) -> None:
    """Print what a clean build and one without changes take at each size, one run each."""
    rows = []
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            generator = ours(read_content(write_portfolio(count, Path(name) / "omnigrid")))
            rows.append(_row(f"{count:,} brands, clean", count, _run(generator)))
            rows.append(_row(f"{count:,} brands, nothing changed", count, _run(generator)))
    print(machine(), "", table(_HEAD, rows), sep="\n")


def _run(generator: Generator) -> Measured:
    """Run with an eye on memory: so seldom that it does not show in the time."""
    os.sync()
    return generator.run(watch=_SELDOM)


def _row(name: str, count: int, run: Measured) -> list[str]:
    return [
        name,
        seconds(run.wall),
        seconds(run.cpu),
        f"{run.memory:.0f} MiB",
        f"{run.wall / count * 1e6:.0f} µs",
        f"{run.cpu / count * 1e6:.0f} µs",
        f"{run.memory / count * 1024:.1f} KiB",
    ]

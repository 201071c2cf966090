"""`scripts/bench build`: omnigrid beside other generators, in paired and interleaved runs."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from benching.generator import Generator, Kind, ours
from benching.measure import OFTEN, FailedError, Measured
from benching.peers.eleventy import eleventy, write_eleventy
from benching.peers.hugo import hugo, write_hugo
from benching.peers.install import Installed, install_eleventy, install_hugo
from benching.peers.sameness import DifferentError, check_lite, compare_outputs
from benching.portfolio import Brand, Content, read_content, write_portfolio
from benching.tables import machine, middle, seconds, spread, table


class Scenario(NamedTuple):
    """A row: what an editor did before the run. ``edits`` is None for a clean build."""

    name: str
    edits: tuple[Kind, ...] | None


SCENARIOS = (
    Scenario("clean build", None),
    Scenario("nothing changed", ()),
    Scenario("one brand edited", ("brand",)),
    Scenario("one sector edited", ("sector",)),
    Scenario("one pack edited", ("pack",)),
)
Found = dict[str, list[Measured]]
"""The runs of one scenario, by generator. The first is the warm-up, which alone saw memory."""


def build(
    counts: Sequence[int], runs: int, peers: Sequence[str], keep: Path | None, only: str | None
) -> None:
    """Print tables of times and ratios for portfolios of these sizes; ``only`` names a scenario."""
    chosen = [each for each in SCENARIOS if only in {None, each.name}]
    installed = {name: found for name in peers if (found := PEERS[name].install())}
    versions = (f"{name.title()} {version}" for name, (_, version) in installed.items())
    print(machine(*versions), f"{runs} paired runs each, after a warm-up.\n", flush=True)
    for count in counts:
        with _workshop(keep, count) as folder:
            content = read_content(write_portfolio(count, folder / "omnigrid"))
            others = (PEERS[name].write(content, folder, c) for name, (c, _) in installed.items())
            generators = [ours(content), *chain.from_iterable(others)]
            _report(count, content, _proven(content, generators), runs, chosen)


def _hugo(content: Content, folder: Path, command: tuple[str, ...]) -> list[Generator]:
    write_hugo(content, folder / "hugo")
    write_hugo(content, folder / "hugo-lite", lite=True)
    full = hugo(content, folder / "hugo", command)
    return [full, hugo(content, folder / "hugo-lite", command, lite=True)]


def _eleventy(content: Content, folder: Path, command: tuple[str, ...]) -> list[Generator]:
    write_eleventy(content, folder / "eleventy")
    return [eleventy(content, folder / "eleventy", command)]


class Peer(NamedTuple):
    """How a peer is installed, and how its projects are written."""

    install: Callable[[], Installed | None]
    write: Callable[[Content, Path, tuple[str, ...]], list[Generator]]


PEERS = {"hugo": Peer(install_hugo, _hugo), "eleventy": Peer(install_eleventy, _eleventy)}


@contextmanager
def _workshop(keep: Path | None, count: int) -> Iterator[Path]:
    """Give a folder to work in: a temporary one, or one below ``keep`` that stays."""
    if keep:
        folder = keep / str(count)
        if folder.exists():
            sys.exit(f"{folder} exists; remove it, or give another folder with --keep")
        folder.mkdir(parents=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _proven(content: Content, generators: list[Generator]) -> list[Generator]:
    """Return the generators that can build this at all; raises DifferentError when one cheats."""
    first, *others = generators
    first.run()
    able = [first]
    for peer in others:
        try:
            peer.run()
        except FailedError as error:
            print(f"{peer.name} is left out: {error}", file=sys.stderr)
            continue
        if peer.lite:
            check_lite(content, peer.output)
        else:
            weights = compare_outputs(content, first.output, peer.output)
            print(f"{peer.name} writes the same files; weight ÷ ours: {weights}", file=sys.stderr)
        able.append(peer)
    return able


def _report(
    count: int,
    content: Content,
    generators: list[Generator],
    runs: int,
    scenarios: Sequence[Scenario],
) -> None:
    status = Generator.git_status(content.folder)
    found = {}
    for scenario in scenarios:
        others = [status] if scenario.edits == () else []
        found[scenario.name] = _runs(scenario, [*generators, *others], runs, content.sample)
    names = [generator.name for generator in (*generators, status)]
    head = ["median wall (processor; memory)", *names]
    print(f"### {count:,} brands\n", table(head, _figures(found, names)), sep="\n", end="\n\n")
    for field, title in (("wall", "wall time"), ("cpu", "processor time"), ("memory", "memory")):
        head = [f"omnigrid ÷ …, {title}", *names[1:]]
        print(table(head, _ratios(found, names[1:], field)), end="\n\n", flush=True)


def _runs(scenario: Scenario, generators: Sequence[Generator], runs: int, edited: Brand) -> Found:
    """Measure each generator in turn, and all of them again, so that runs are paired."""
    found: Found = {generator.name: [] for generator in generators}
    for turn in range(runs + 1):
        for generator in generators:
            if scenario.edits is None:
                generator.clean()
            for kind in scenario.edits or ():
                generator.edit(kind, turn)
            os.sync()
            found[generator.name].append(generator.run(watch=None if turn else OFTEN))
            for kind in scenario.edits or ():
                if not generator.shows(kind, turn, edited):
                    raise DifferentError(f"{generator.name} does not show the edited {kind}")
    return found


def _figures(found: dict[str, Found], names: Sequence[str]) -> Iterator[list[str]]:
    for scenario, runs in found.items():
        yield [scenario, *(_cell(runs[name]) if name in runs else "–" for name in names)]


def _cell(runs: list[Measured]) -> str:
    typical, memory = middle(runs[1:]), runs[0].memory
    seen = f"; {memory:.0f} MiB" if memory else ""
    return f"{seconds(typical.wall)} ({seconds(typical.cpu)}{seen})"


def _ratios(found: dict[str, Found], names: Sequence[str], field: str) -> Iterator[list[str]]:
    for scenario, runs in found.items():
        mine = _column(runs["omnigrid"], field)
        theirs = [_column(runs.get(name, []), field) for name in names]
        yield [scenario, *(spread(mine, column) if any(column) else "–" for column in theirs)]


def _column(runs: list[Measured], field: str) -> list[float]:
    """Return one figure of the runs that it counts for: memory of the warm-up, time of the rest."""
    counted = runs[:1] if field == "memory" else runs[1:]
    return [getattr(run, field) for run in counted]

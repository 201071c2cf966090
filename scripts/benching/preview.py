"""`scripts/bench preview`: from saving a file to its words in a real Chromium, beside Hugo."""

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benching.edits import EVERY, Edits, Server, edit_often
from benching.measure import OMNIGRID
from benching.peers.hugo import hugo, write_hugo
from benching.peers.install import install_hugo
from benching.portfolio import Content, read_content, write_portfolio
from benching.tables import machine, table

_HEAD = ("", "edits", "lost", "median", "95 of 100 within", "slowest", "memory, before and after")
_HUGO_PORT = 4790
_HUGO_EDITS = 50
_PAUSE = 0.3
_HUGO_PAUSE = 1.1
"""Hugo at times rebuilds with the old words when a file is saved twice within a second: the edit
is lost then. Nobody saves so often."""

Found = dict[str, Edits]


def preview(brands: Sequence[int], edits: int, peers: Sequence[str]) -> None:
    """Print how long an edit takes to be seen in portfolios of these sizes, and the memory."""
    print(machine(), "", sep="\n", flush=True)
    for count in brands:
        with tempfile.TemporaryDirectory() as name:
            found = _found(count, edits, peers, Path(name))
        rows = [_row(server, each) for server, each in found.items()]
        print(f"### {count:,} brands", "", table(_HEAD, rows), "", sep="\n", flush=True)
        if edits > EVERY:
            print(_growth(found), "", sep="\n", flush=True)


def _found(count: int, edits: int, peers: Sequence[str], folder: Path) -> Found:
    content = read_content(write_portfolio(count, folder / "omnigrid"))
    ours = _ours(content)
    found = {ours.name: edit_often(ours, edits)}
    if "hugo" in peers:
        write_hugo(content, folder / "hugo")
        theirs = _hugo(content, folder / "hugo")
        try:
            found[theirs.name] = edit_often(theirs, min(edits, _HUGO_EDITS))
        except TimeoutError as error:  # What was measured of ours is not lost with it.
            print(f"{theirs.name} is left out: {error}", file=sys.stderr)
    return found


def _row(name: str, found: Edits) -> list[str]:
    times = sorted(found.times)
    memory = [*found.memory.values()]
    span = f"{memory[0]:.0f}, {memory[-1]:.0f} MiB"
    counts = [f"{len(times) + found.lost:,}", f"{found.lost:,}"]
    if not times:
        return [name, *counts, "–", "–", "–", span]
    within = times[min(len(times) - 1, round(0.95 * len(times)))]
    shown = [f"{each:.0f} ms" for each in (median(times), within, times[-1])]
    return [name, *counts, *shown, span]


def _growth(found: Found) -> str:
    """Return the memory after so many edits, of all processes of each server."""
    numbers = sorted({number for each in found.values() for number in each.memory})
    rows = [
        [f"{number:,}", *(_mebibytes(each.memory.get(number)) for each in found.values())]
        for number in numbers
    ]
    return table(("edits", *found), rows)


def _mebibytes(memory: float | None) -> str:
    return "–" if memory is None else f"{memory:.1f} MiB"


def _ours(content: Content) -> Server:
    brand = content.sample
    return Server(
        "omnigrid preview",
        [OMNIGRID, "preview"],
        content.folder,
        content.folder / f"brands/{brand.sector}/{brand.slug}.yaml",
        "Ctrl-C",
        lambda said: f"{re.findall('http://[^ ]+/', said)[0]}sites/{brand.slug}/",
        " unchanged, in ",
        _PAUSE,
    )


def _hugo(content: Content, folder: Path) -> Server:
    command, version = install_hugo()
    brand, project = content.sample, hugo(content, folder, command)
    return Server(
        f"hugo {version} server",
        [*command, "server", "--bind", "127.0.0.1", "--port", str(_HUGO_PORT)],
        folder,
        project.lines["brand"].path,
        "Press Ctrl+C",
        lambda _: f"http://127.0.0.1:{_HUGO_PORT}/sites/{brand.slug}/",
        "Total in",
        _HUGO_PAUSE,
        lenient=True,
    )

"""How long an index and an answer take, and how much a browser loads for them."""

import gzip
import time
from collections.abc import Callable, Sequence
from importlib.resources import files as package_files
from itertools import chain
from statistics import quantiles
from typing import NamedTuple

import msgspec

from benching.matching.in_node import node, taken_by_node
from benching.matching.made import candidate_of, made_brands, made_sectors
from benching.matching.sets import INTENTS, read_needs
from benching.tables import seconds, table
from omnigrid.load.words import TABLE
from omnigrid.match.index import found_by
from omnigrid.matching import matcher, word_vectors
from omnigrid.model.files import MatchingConfig
from omnigrid.model.matching import Candidate, Intent
from omnigrid.model.portfolio import Brand
from omnigrid.plan.api import match_view

_WARM = 20
"""Answers that are not counted: nobody's first question is their hundredth."""
_KIB = 1024


class Seconds(NamedTuple):
    """Seconds that passed, and those of the processor: others on the machine count less there."""

    passed: float
    worked: float


class Timed(NamedTuple):
    """To make an index, to answer first, and to answer each of many texts."""

    made: Seconds
    first: Seconds
    answers: list[Seconds]


Scorer = Callable[[Sequence[Candidate], Sequence[str]], Timed]


def in_python(candidates: Sequence[Candidate], texts: Sequence[str]) -> Timed:
    """Return what omnigrid takes in this process; the first ``_WARM`` texts are not counted."""
    started = _now()
    found = matcher(candidates, None, MatchingConfig().threshold)
    made = _since(started)
    taken = []
    for text in texts:
        started = _now()
        found.rank(Intent(text))
        taken.append(_since(started))
    return Timed(made, taken[0], taken[_WARM:])


def _now() -> Seconds:
    return Seconds(time.perf_counter(), time.process_time())


def _since(start: Seconds) -> Seconds:
    now = _now()
    return Seconds(now.passed - start.passed, now.worked - start.worked)


def in_node(candidates: Sequence[Candidate], texts: Sequence[str]) -> Timed:
    """Return what the browser's script takes in Node; of the same texts."""
    made, *taken = (Seconds(*each) for each in taken_by_node(candidates, texts))
    return Timed(made, taken[0], taken[_WARM:])


SCORERS: dict[str, Scorer] = {"Python": in_python}
"""Whatever answers from the same brands."""
if node():
    SCORERS["match.js"] = in_node


def speed(counts: Sequence[int], queries: int) -> None:
    """Print what answers take among ever more brands, and what a browser loads."""
    texts = business_texts(queries + _WARM)
    word_vectors()
    rows = [row for count in counts for row in _rows(count, texts)]
    worked = "of the processor"
    head = ["", "index made", worked, "first answer", "p50", "p95", worked, "gzipped", "a brand"]
    print(f"### One of {len(texts) - _WARM} intents, in one process\n", table(head, rows), sep="\n")
    words = gzip.compress((package_files("omnigrid.match") / TABLE).read_bytes())
    print(f"\nThe table of words, once for all brands: {_size(len(words))} gzipped.\n", flush=True)


def business_texts(count: int) -> list[str]:
    """Return that many intents of the example portfolio, spread over its sets."""
    files = sorted(INTENTS.glob("*.jsonl"))
    texts = [need.intent for need in chain.from_iterable(map(read_needs, files)) if need.answers]
    if count > len(texts):
        texts *= -(-count // len(texts))
    return [texts[at * len(texts) // count] for at in range(count)]


def _rows(count: int, texts: Sequence[str]) -> list[list[str]]:
    brands = made_brands(count)
    candidates = [candidate_of(brand) for brand in brands]
    size = loaded_bytes(brands, candidates)
    figures = [_size(size), f"{size / count:.0f} B"]
    return [
        [f"{count:,} brands, {name}", *_times(scorer(candidates, texts)), *figures]
        for name, scorer in SCORERS.items()
    ]


def _times(timed: Timed) -> list[str]:
    passed = quantiles([each.passed for each in timed.answers], n=20, method="inclusive")
    worked = quantiles([each.worked for each in timed.answers], n=20, method="inclusive")
    answers = (timed.first.passed, passed[9], passed[18], worked[18])
    milliseconds = (f"{value * 1000:.2f} ms" for value in answers)
    return [seconds(timed.made.passed), seconds(timed.made.worked), *milliseconds]


def loaded_bytes(brands: Sequence[Brand], candidates: Sequence[Candidate]) -> int:
    """Return the bytes of the files below ``api/match/``, each gzipped: what a browser loads."""
    total = 0
    for sector in made_sectors():
        mine = [at for at, brand in enumerate(brands) if brand.sector == sector.id]
        found = found_by([candidates[at] for at in mine])
        view = match_view(sector, [brands[at] for at in mine], found)
        files = (msgspec.json.encode(document) for _, document in view.documents)
        total += sum(len(gzip.compress(file)) for file in files)
    return total


def _size(count: int) -> str:
    size = count / _KIB
    return f"{size / _KIB:.2f} MiB" if size >= _KIB else f"{size:.0f} KiB"

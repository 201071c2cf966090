"""`scripts/bench matching`: prints the tables."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benching.matching.ablation import ablation
from benching.matching.contestants import Answer, Contestant, omnigrid
from benching.matching.diagram import draw
from benching.matching.figures import Asked, Quality, bins, interval, quality
from benching.matching.rivals import reach_peers, rivals
from benching.matching.sets import Collection, Needs, portfolio_collection
from benching.matching.speed import speed
from benching.tables import machine, table
from omnigrid.matching import embedder_of, matcher

HEAD = (
    "top 1",
    "top 3",
    "AUROC",
    "right, 90 % of others turned away",
    "calibration error",
    "unmatched in scope",
    "unmatched out of scope",
)
Answers = Mapping[str, Mapping[str, Answer]]
"""By contestant and text."""


def matching(
    collections: Sequence[Callable[[], Collection]],
    counts: Sequence[int],
    queries: int,
    *,
    semantic: bool,
    parts: bool,
    diagrams: Path | None,
    only: str | None,
) -> None:
    """Print how good the answers are, and what they take; ``only`` one of both where it says so.

    ``collections`` are looked at beside the example portfolio.
    """
    print(machine(), end="\n\n", flush=True)
    if only != "speed":
        for read in (portfolio_collection, *collections):
            _quality(read(), diagrams, semantic=semantic, parts=parts)
    if only != "quality":
        speed(counts, queries)


def _quality(collection: Collection, diagrams: Path | None, *, semantic: bool, parts: bool) -> None:
    reach_peers()
    contestants = _contestants(collection, semantic=semantic)
    answers = answered(collection, contestants)
    for name, needs in collection.sets.items():
        title = f"{collection.name}, {name}"
        asked = {each.name: _asked(needs, answers[each.name]) for each in contestants}
        _print(title, contestants, asked)
        if diagrams:
            sure = {each.name: bins(asked[each.name]) for each in contestants if each.sure}
            draw(diagrams / f"{collection.name}-{name}.png", sure)
    if parts:
        _print_parts(collection)


def _contestants(collection: Collection, *, semantic: bool) -> list[Contestant]:
    brands, threshold = collection.candidates, collection.threshold
    found = [omnigrid("omnigrid", matcher(brands, None, threshold))]
    if semantic:
        both = matcher(brands, embedder_of(brands, semantic=True), threshold)
        found.append(omnigrid("omnigrid --semantic", both))
    return [*found, *rivals(brands)]


def answered(collection: Collection, contestants: Iterable[Contestant]) -> Answers:
    """Return what each contestant answers; each text is asked once, in however many sets it is."""
    texts = {need.intent for needs in collection.sets.values() for need in needs}
    return {each.name: {text: each.answer(text) for text in texts} for each in contestants}


def _asked(needs: Needs, answers: Mapping[str, Answer]) -> list[Asked]:
    return [Asked(need, answers[need.intent]) for need in needs]


def _print(
    title: str, contestants: Sequence[Contestant], asked: Mapping[str, Sequence[Asked]]
) -> None:
    every = next(iter(asked.values()))
    inside = sum(each.in_scope for each in every)
    print(f"### {title}: {inside:,} intents, {len(every) - inside:,} out of scope\n")
    rows = (_row(each, asked[each.name]) for each in contestants)
    print(table(["percent", *HEAD], rows), end="\n\n", flush=True)


def _row(contestant: Contestant, asked: Sequence[Asked]) -> list[str]:
    first, *others = _cells(contestant, quality(asked))
    if contestant.declines:
        low, high = interval(asked)
        first = f"{first} ({100 * low:.1f}–{100 * high:.1f})"
    return [contestant.name, first, *others]


def _cells(contestant: Contestant, found: Quality) -> Iterator[str]:
    for name, share in zip(found._fields, found, strict=True):
        silent = name == "error" and not contestant.sure
        silent |= name.startswith("declined") and not contestant.declines
        yield "–" if silent or math.isnan(share) else f"{100 * share:.1f}"


def _print_parts(collection: Collection) -> None:
    """Print what each part of omnigrid is worth, over all needs of a collection."""
    variants = list(ablation(collection.candidates, collection.threshold))
    answers = answered(collection, variants)
    needs = list(collection.sets.values())[-1]
    _print(
        f"What each part is worth, {collection.name}",
        variants,
        {each.name: _asked(needs, answers[each.name]) for each in variants},
    )

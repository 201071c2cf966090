"""What was found out about a portfolio, as it is kept: brands alike together, the worst first."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import asdict

from omnigrid.model.journal import Begun, Done, Entry, Finished, Rendered
from omnigrid.model.manifest import Manifest
from omnigrid.model.measurements import (
    MOST_DAYS,
    MOST_TARGETS,
    BuildFile,
    DayFile,
    FoundFile,
    PublishFile,
    TargetStateFile,
    WorkFile,
)
from omnigrid.model.names import BlobId, BrandId, OutPath, SectorId, Slug
from omnigrid.model.publishing import Create, Destination, Drifted, Step, Unchanged
from omnigrid.model.states import State
from omnigrid.plan.cards import SITES
from omnigrid.plan.health import Condition

_Run = TypeVar("_Run", bound=PublishFile | BuildFile)

_WORST = (
    State.IN_SYNC,
    State.OUT_OF_DATE,
    State.MISSING,
    State.DRIFTED,
    State.UNREACHABLE,
    State.BLOCKED,
)
"""States of targets, that which most needs somebody last."""


def worse(one: State | None, other: State) -> State:
    """Return the worse of two states."""
    return other if one is None else max(one, other, key=_WORST.index)


def site_states(
    step: Step, slugs: Iterable[Slug], live: Mapping[str, BlobId]
) -> Iterator[tuple[Slug, State]]:
    """Yield how the site of each brand stands on a branch that carries it.

    ``live`` is what the branch holds; it is looked at only where somebody changed it. A site may
    be in sync on a branch that is not, because of other files.
    """
    there = step.target.destination
    folders = {slug: found for slug in slugs if (found := site_folder(there, slug)) is not None}
    match step:
        case Unchanged():
            yield from dict.fromkeys(folders, State.IN_SYNC).items()
        case Create():
            yield from dict.fromkeys(folders, State.MISSING).items()
        case Drifted():
            wanted = step.target.files
            behind = [path for path, blob in wanted.items() if live.get(path) != blob]
            yield from _touched(folders, {State.DRIFTED: step.paths, State.OUT_OF_DATE: behind})
        case _:
            yield from _touched(folders, {State.OUT_OF_DATE: (*step.write, *step.delete)})


def site_folder(there: Destination, slug: Slug) -> str | None:
    """Return where the site of a brand stands on a branch; None where the branch has it not."""
    if there.folders is None:
        return f"{there.root}{there.folder}{SITES}{slug}/"
    found = there.folders.get(slug)
    return None if found is None else f"{there.root}{found}"


def _touched(
    folders: Mapping[Slug, str], paths: Mapping[State, Sequence[str]]
) -> Iterator[tuple[Slug, State]]:
    """Yield each site with the first of the states of which a path is in its folder."""
    above = {state: {f for path in those for f in _folders(path)} for state, those in paths.items()}
    for slug, folder in folders.items():
        found = (state for state, those in above.items() if folder in those)
        yield slug, next(found, State.IN_SYNC)


def _folders(path: str) -> Iterator[str]:
    """Yield the folders in which a file is, each with a slash at its end; the first is empty."""
    yield ""
    at = path.find("/")
    while at >= 0:
        yield path[: at + 1]
        at = path.find("/", at + 1)


def grouped(conditions: Mapping[BrandId, Condition]) -> tuple[FoundFile, ...]:
    """Return brands with what was found of them, those of which the same was found together."""
    groups: dict[Condition, list[BrandId]] = defaultdict(list)
    for brand in sorted(conditions):
        groups[conditions[brand]].append(brand)
    ordered = sorted(groups.items(), key=lambda each: (-len(each[1]), each[1]))
    return tuple(_group(found, brands) for found, brands in ordered)


def _group(found: Condition, brands: list[BrandId]) -> FoundFile:
    facts = {name: value for name, value in asdict(found).items() if name != "licensed"}
    return FoundFile(**facts, brands=tuple(brands))


def listed(targets: Sequence[TargetStateFile]) -> tuple[TargetStateFile, ...]:
    """Return the targets that are listed, those that need somebody first."""
    ordered = sorted(targets, key=lambda each: (-_WORST.index(each.state), each.name))
    return tuple(ordered[:MOST_TARGETS])


def counted(targets: Iterable[TargetStateFile]) -> dict[State, int]:
    """Return how many targets are in which state."""
    counts = Counter(each.state for each in targets)
    return {state: counts[state] for state in State if counts[state]}


def work_of(manifest: Manifest) -> tuple[WorkFile, ...]:
    """Return what the jobs of each kind made, the most bytes first."""
    sizes: dict[str, list[list[int]]] = defaultdict(list)
    for job, record in manifest.jobs.items():
        entries = record.entries().values()
        sizes[job.partition(":")[0]].append([entry.size for entry in entries])
    found = (
        WorkFile(kind=kind, jobs=len(jobs), files=sum(map(len, jobs)), bytes=sum(map(sum, jobs)))
        for kind, jobs in sizes.items()
    )
    return tuple(sorted(found, key=lambda each: (-each.bytes, each.kind)))


def newest(entries: Iterable[_Run], before: Iterable[_Run], most: int) -> tuple[_Run, ...]:
    """Return the newest of some publishes or builds, each once, the newest first.

    ``entries`` are those of a journal, oldest first; ``before`` is what this returned for an older
    measurement. Times are whole seconds, in which more than one build may have come to its end.
    """
    latest = [*reversed(list(entries)), *before]
    each_once = {(run.at, run.seconds, run.bytes): run for run in latest}
    return tuple(sorted(each_once.values(), key=lambda run: run.at, reverse=True)[:most])


def builds(entries: Iterable[Rendered], budget: int) -> Iterator[BuildFile]:
    """Yield the builds of a journal, each with the budget of today."""
    for entry in entries:
        yield BuildFile(
            at=dt.datetime.fromtimestamp(int(entry.at), dt.UTC),
            seconds=round(entry.seconds, 3),
            budget=budget,
            jobs=entry.jobs,
            files=entry.files,
            bytes=entry.bytes,
            causes=entry.causes,
        )


def with_day(
    days: Iterable[DayFile], day: dt.date, healths: Mapping[SectorId, int | None]
) -> tuple[DayFile, ...]:
    """Return the last days with one more, which replaces what was measured on it before."""
    health = {sector: found for sector, found in healths.items() if found is not None}
    known = {each.day: each for each in days if each.day <= day}
    known[day] = DayFile(day=day, health=health)
    return tuple(known[each] for each in sorted(known)[-MOST_DAYS:])


def pages_of(files: Iterable[OutPath]) -> list[OutPath]:
    """Return those files that are pages."""
    return [path for path in files if path.endswith(".html")]


def publishes(entries: Iterable[Entry], budget: int) -> Iterator[PublishFile]:
    """Yield the publishes of a journal that came to their end, each with the budget of today."""
    begun: Begun | None = None
    sent = 0
    for entry in entries:
        match entry:
            case Begun():
                begun, sent = entry, 0
            case Done():
                sent += entry.bytes
            case Finished() if begun is not None:
                yield _publish(begun, entry, sent, budget)
                begun = None
            case _:
                pass


def _publish(begun: Begun, finished: Finished, sent: int, budget: int) -> PublishFile:
    return PublishFile(
        at=dt.datetime.fromtimestamp(int(finished.at), dt.UTC),
        reason=begun.reason,
        seconds=round(finished.whole or finished.seconds, 3),
        budget=budget,
        bytes=sent,
        done=finished.done,
        refused=finished.refused,
    )

"""In which turns jobs are rendered: what shows many brands apart from sites, which show few.

A process that was forked shares our memory until it looks at it: what it looks at, it gets a copy
of. So in huge portfolios a turn looks at few brands, and at such as stand beside each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from omnigrid.model.names import JobId

LARGE = 1 << 12
"""Brands from which on pages that show many of them are worth a process of their own."""
HUGE = 1 << 14
"""Brands that may be looked at by several processes at once."""
SITES = 1 << 12
"""Sites of a turn in huge portfolios."""
_FEWEST = 4
"""Jobs of a turn, at least: enough for the processes of most machines."""
_OF_SECTORS = frozenset({"match", "sector"})


class Turn(NamedTuple):
    """Jobs, and how many of them are handed over at once."""

    jobs: tuple[JobId, ...]
    batch: int


def turns(jobs: Sequence[JobId], places: Mapping[JobId, int], batch: int) -> Iterator[Turn]:
    """Yield turns that hold each job once; ``batch`` is how many sites are handed over at once.

    ``places`` says of each site of the portfolio where its brand stands, so that those which show
    each other are near. Small portfolios take one turn, in the order of the jobs. In large ones the
    pages that show many brands come first, one by one. In huge ones those of the whole portfolio
    are handed over at once, to one process; the two jobs of a sector come together, and so do sites
    that are near. The sites of a turn keep the order of the jobs: by pack, which is faster.
    """
    if len(places) < LARGE:
        yield Turn(tuple(jobs), batch)
        return
    sites = [job for job in jobs if job in places]
    shared = sorted({*jobs}.difference(sites), key=_by_sector)
    if len(places) <= HUGE:
        yield Turn(tuple(shared), 1)
        yield Turn(tuple(sites), batch)
        return
    whole = tuple(job for job in shared if not _is_of_sector(job))
    yield Turn(whole, max(len(whole), 1))
    for part in _parts(shared[len(whole) :], max(_FEWEST, len(shared) * HUGE // len(places))):
        yield Turn(tuple(part), 1)
    rank = {job: number for number, job in enumerate(sites)}
    for part in _parts(sorted(sites, key=places.__getitem__), SITES):
        yield Turn(tuple(sorted(part, key=rank.__getitem__)), batch)


def _parts(jobs: Sequence[JobId], size: int) -> Iterator[Sequence[JobId]]:
    return (jobs[at : at + size] for at in range(0, len(jobs), size))


def _by_sector(job: JobId) -> tuple[bool, str, str]:
    return _is_of_sector(job), job.partition(":")[2], job


def _is_of_sector(job: JobId) -> bool:
    return job.partition(":")[0] in _OF_SECTORS

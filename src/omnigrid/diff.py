"""What a change does to the portfolio, from top to bottom: two trees in, their difference out."""

import datetime as dt
from collections.abc import Container, Iterable
from functools import partial

from msgspec import Struct

from omnigrid.finder import Finder
from omnigrid.load.memory import Memory
from omnigrid.load.pictures import read_picture
from omnigrid.load.portfolio import read_body
from omnigrid.model.difference import Difference, Impact
from omnigrid.model.errors import InputError
from omnigrid.model.names import OutPath, SectorId, Slug
from omnigrid.model.plan import Artifact
from omnigrid.model.tree import FileTree
from omnigrid.packs.local import read_packs
from omnigrid.plan.cards import SITES
from omnigrid.plan.compare import (
    changed_items,
    changed_sources,
    expiring,
    rematched,
)
from omnigrid.plan.gallery import Studio
from omnigrid.plan.jobs import SiteJobs
from omnigrid.plan.views import Views
from omnigrid.render.jobs import render_job
from omnigrid.render.studio import picture_maker
from omnigrid.render.version import renderer_version
from omnigrid.run.executors import Executor
from omnigrid.survey import Survey, survey

MOST_RENDERED = 100
"""Sites that are rendered to count bytes; a change of more is told without."""


class State(Struct, frozen=True):
    """One side of a comparison: what to call it, and its files."""

    name: str
    tree: FileTree


def compare_states(
    base: State, head: State, today: dt.date | None, memory: Memory, executor: Executor
) -> Difference:
    """Return what differs between two states of a portfolio; ``today`` counts for both.

    ``memory`` knows what earlier runs read.

    Raises InputError with every diagnostic of the head, or of the base where only that has faults.
    """
    new = survey(head.tree, today, memory=memory, executor=executor, doubts=False)
    old = _base(base, today, memory, executor)
    sources = changed_sources(old.portfolio, new.portfolio)
    return Difference(
        base=base.name,
        head=head.name,
        items=changed_items(old.portfolio, new.portfolio),
        rematches=rematched(old.portfolio, old.matches, new.portfolio, new.matches),
        impact=_impact(_Side(old, base.tree), _Side(new, head.tree)),
        expiring=expiring(new.portfolio, sources),
    )


def _base(base: State, today: dt.date | None, memory: Memory, executor: Executor) -> Survey:
    try:
        return survey(base.tree, today, memory=memory, executor=executor, doubts=False)
    except InputError as error:
        raise InputError(
            f"{base.name} has faults, so nothing can be compared with it: {error.message}",
            "compare with a commit that passes `omnigrid check`",
        ) from error


class _Side:
    """A survey with its packs, and what its sites are made from."""

    def __init__(self, seen: Survey, tree: FileTree) -> None:
        portfolio = seen.portfolio
        self._packs = read_packs(tree, portfolio.packs)
        bodies = partial(read_body, tree)
        studio = Studio(picture_maker(portfolio.config.images), partial(read_picture, tree))
        finder = Finder(portfolio)
        self._views = Views(portfolio, seen.matches, seen.pages, finder, bodies, studio=studio)
        self._jobs = SiteJobs(self._views, self._packs, renderer_version())
        self.families = self._jobs.families()

    def sites(self, sectors: Container[SectorId]) -> dict[Slug, tuple[str, ...]]:
        """Return what the sites of some sectors are made from."""
        return self._jobs.states(sectors)

    def files(self, slugs: Iterable[Slug]) -> dict[OutPath, bytes]:
        """Return the rendered files of some sites; a site that fails has none."""
        jobs = map(self._jobs.job, slugs)
        made = (render_job(job, self._views.of(job.id), self._packs) for job in jobs)
        return {
            path: data for each in made if isinstance(each, Artifact) for path, data in each.files
        }


def _impact(old: _Side, new: _Side) -> Impact:
    # Most changes touch few sectors: the sites of the others are not looked at one by one.
    sectors = old.families.keys() | new.families.keys()
    doubted = {s for s in sectors if old.families.get(s) != new.families.get(s)}
    was, now = old.sites(doubted), new.sites(doubted)
    added, removed = sorted(now.keys() - was.keys()), sorted(was.keys() - now.keys())
    changed = [slug for slug in sorted(was.keys() & now.keys()) if was[slug] != now[slug]]
    few = len(added) + len(removed) + len(changed) <= MOST_RENDERED
    before = old.files([*removed, *changed]) if few else {}
    after = new.files([*added, *changed]) if few else {}
    files = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    if few:  # Other inputs may give the same bytes: then nothing changes for a visitor.
        touched = {path.split("/")[1] for path in files if path.startswith(SITES)}
        changed = [slug for slug in changed if slug in touched]
    return Impact(
        added=tuple(added),
        removed=tuple(removed),
        changed=tuple(changed),
        files=tuple(sorted(files)),
        bytes_before=sum(len(data) for path, data in before.items() if path in files),
        bytes_after=sum(len(data) for path, data in after.items() if path in files),
        counted=few,
    )

"""What a change does to the portfolio, from top to bottom: two trees in, their difference out."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from omnigrid.load.known import keep_documents, recall_documents
from omnigrid.load.portfolio import Known
from omnigrid.model.difference import Difference, Impact
from omnigrid.model.errors import InputError
from omnigrid.model.names import BrandId, OutPath, Slug, SourcePath
from omnigrid.model.packs import Packs
from omnigrid.model.plan import Artifact
from omnigrid.model.tree import FileTree
from omnigrid.packs.local import read_packs
from omnigrid.plan.compare import changed_items, expiring, rematched, sites_in_doubt
from omnigrid.plan.jobs import plan_site_jobs
from omnigrid.render.jobs import render_job
from omnigrid.render.version import renderer_version
from omnigrid.survey import GENERATOR, Survey, survey

MOST_RENDERED = 100
"""Sites that are rendered to count bytes; a change of more is told without."""


class State(Struct, frozen=True):
    """One side of a comparison: what to call it, and its files."""

    name: str
    tree: FileTree


def compare_states(base: State, head: State, today: dt.date | None, memory: Path) -> Difference:
    """Return what differs between two states of a portfolio; ``today`` counts for both.

    ``memory`` is the file in which parsed documents are kept between runs.

    Raises InputError with every diagnostic of the head, or of the base where only that has faults.
    """
    known = recall_documents(memory, GENERATOR)
    before = len(known)
    new = survey(head.tree, today, known=known)
    old = _base(base, today, known)
    if len(known) != before:
        keep_documents(memory, GENERATOR, known)
    sources = _changed_sources(base.tree, head.tree)
    return Difference(
        base=base.name,
        head=head.name,
        items=changed_items(old.portfolio, new.portfolio),
        rematches=rematched(old.portfolio, old.matches, new.portfolio, new.matches),
        impact=_impact(*_sides(old, base.tree, new, head.tree)),
        expiring=expiring(new.portfolio, sources),
    )


def _base(base: State, today: dt.date | None, known: Known) -> Survey:
    try:
        return survey(base.tree, today, known=known)
    except InputError as error:
        raise InputError(
            f"{base.name} has faults, so nothing can be compared with it: {error.message}",
            "compare with a commit that passes `omnigrid check`",
        ) from error


def _changed_sources(base: FileTree, head: FileTree) -> frozenset[SourcePath]:
    """Return the files of the head whose bytes are not those of the base."""
    before, after = base.paths(), head.paths()
    return frozenset(path for path, version in after.items() if before.get(path) != version)


class _Side:
    """A survey with its packs, and the jobs of the sites that are in doubt."""

    def __init__(self, seen: Survey, packs: Packs, doubted: frozenset[BrandId]) -> None:
        self._packs = packs
        portfolio = seen.portfolio
        brands = [brand for brand in portfolio.brands if brand.id in doubted]
        self.jobs = plan_site_jobs(portfolio, brands, seen.pages, packs, renderer_version())

    def files(self, slugs: Iterable[Slug]) -> dict[OutPath, bytes]:
        """Return the rendered files of some sites; a site that fails has none."""
        made = (render_job(self.jobs[slug], self._packs) for slug in slugs)
        return {
            path: data for each in made if isinstance(each, Artifact) for path, data in each.files
        }


def _sides(old: Survey, base: FileTree, new: Survey, head: FileTree) -> tuple[_Side, _Side]:
    before, after = old.portfolio, new.portfolio
    old_packs, new_packs = read_packs(base, before.packs), read_packs(head, after.packs)
    doubted = sites_in_doubt((before, old.pages, old_packs), (after, new.pages, new_packs))
    return _Side(old, old_packs, doubted), _Side(new, new_packs, doubted)


def _impact(old: _Side, new: _Side) -> Impact:
    added = sorted(new.jobs.keys() - old.jobs.keys())
    removed = sorted(old.jobs.keys() - new.jobs.keys())
    both = sorted(old.jobs.keys() & new.jobs.keys())
    changed = [slug for slug in both if old.jobs[slug].inputs != new.jobs[slug].inputs]
    few = len(added) + len(removed) + len(changed) <= MOST_RENDERED
    before = old.files([*removed, *changed]) if few else {}
    after = new.files([*added, *changed]) if few else {}
    files = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    if few:  # Other inputs may give the same bytes: then nothing changes for a visitor.
        touched = {path.split("/")[1] for path in files}
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

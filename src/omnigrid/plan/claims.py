"""The places that jobs take for themselves: no two may take one."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import JobId, OutPath, SourcePath
from omnigrid.model.plan import Job
from omnigrid.model.portfolio import Brand
from omnigrid.model.tree import CONFIG_NAME
from omnigrid.plan import api
from omnigrid.plan.cards import SITES


def site_id(brand: Brand) -> JobId:
    """Return the id of the job that makes a brand's site."""
    return JobId(f"site:{brand.slug}")


def site_places(brand: Brand) -> tuple[str, OutPath]:
    """Return the folder of a site, and the file beside it."""
    return f"{SITES}{brand.slug}/", OutPath(f"{api.API}brands/{brand.id}.json")


class _Claim(NamedTuple):
    """A folder or a file that a job takes for itself."""

    job: JobId
    path: str
    origin: SourcePath


def double_claims(brands: Collection[Brand], others: Collection[Job]) -> Iterator[Finding]:
    """Yield each place that two jobs take.

    Looks at folders, where a site's files are its own, and at single files. Names within a site
    differ: those of its pages are checked where they are read.
    """
    places = [place.casefold() for brand in brands for place in site_places(brand)]
    places += [place.casefold() for job in others for place in _places(job)]
    if len({*places}) < len(places):
        yield from _faults(sorted(_claims(brands, others)))


def _faults(claims: Iterable[_Claim]) -> Iterator[Finding]:
    owners: dict[str, _Claim] = {}
    for claim in claims:
        first = owners.setdefault(claim.path.casefold(), claim)
        if first is not claim:
            yield Finding(
                code="OG204",
                message=f'"{first.job}" and "{claim.job}" both write {claim.path}',
                place=Place(claim.origin),
                hint="rename one of the files that they are made from",
            )


def _claims(brands: Iterable[Brand], others: Iterable[Job]) -> Iterator[_Claim]:
    for brand in brands:
        yield from (_Claim(site_id(brand), place, brand.source) for place in site_places(brand))
    for job in others:
        yield from (_Claim(job.id, place, CONFIG_NAME) for place in _places(job))


def _places(job: Job) -> tuple[str, ...]:
    own = (job.folder,) if job.folder not in {"", api.API, api.MATCH} else ()
    return (*own, *job.others)

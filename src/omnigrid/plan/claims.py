"""The places that jobs take for themselves: no two may take one."""

from collections.abc import Iterable, Iterator
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


def double_claims(brands: Iterable[Brand], others: Iterable[Job]) -> Iterator[Finding]:
    """Yield each place that two jobs take.

    Looks at folders, where a site's files are its own, and at single files. Names within a site
    differ: those of its pages are checked where they are read.
    """
    claims = [*_claims(brands, others)]
    if len({claim.path.casefold() for claim in claims}) == len(claims):
        return
    owners: dict[str, _Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.job):
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
        job = site_id(brand)
        for path in site_places(brand):
            yield _Claim(job, path, brand.source)
    for each in others:
        own = [each.folder] if each.folder not in {"", api.API, api.MATCH} else []
        for path in (*own, *each.others):
            yield _Claim(each.id, path, CONFIG_NAME)

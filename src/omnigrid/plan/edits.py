"""What is to be done where a branch stands as we left it: the difference of two manifests.

Nothing there has to be looked at then but whether new files are in nobody's way.
"""

from collections.abc import Iterator
from typing import NamedTuple

from omnigrid.model.build_files import BuildFiles
from omnigrid.model.manifest import Manifest
from omnigrid.model.names import BlobId, JobId, OutPath
from omnigrid.plan.shrinking import is_of_a_site


class Edits(NamedTuple):
    """What differs, sorted."""

    write: tuple[OutPath, ...]
    delete: tuple[str, ...]
    new: tuple[OutPath, ...]
    """Those of ``write`` that are not there yet."""

    @property
    def takes_sites_away(self) -> bool:
        """Whether a site goes."""
        return any(map(is_of_a_site, self.delete))


def edits(before: Manifest, wanted: BuildFiles) -> Edits:
    """Return what brings a branch from the build that it was left with to the one that is wanted.

    Looks only into jobs that differ.
    """
    jobs = [*_differing(before, wanted.manifest)]
    there = BuildFiles(before, BlobId("")).of(jobs)
    after = wanted.of(jobs)
    new = [path for path in after if path not in there]
    changed = [path for path in after if path in there and there[path] != after[path]]
    gone = [path for path in there if path not in after]
    return Edits(tuple(sorted([*new, *changed])), tuple(sorted(gone)), tuple(sorted(new)))


def _differing(before: Manifest, after: Manifest) -> Iterator[JobId]:
    for job in before.jobs.keys() | after.jobs.keys():
        if before.jobs.get(job) != after.jobs.get(job):
            yield job

"""Merging, from top to bottom: shards that were built apart in, `build/` out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from omnigrid.model.errors import InputError
from omnigrid.model.manifest import MANIFEST_VERSION, BuildResult, Manifest, Record
from omnigrid.model.names import JobId, OutPath
from omnigrid.model.plan import Artifact
from omnigrid.output.folder import Damage, damaged_files, is_finished, open_build
from omnigrid.output.manifest import read_manifest
from omnigrid.output.writer import Made, Writer
from omnigrid.plan.shards import merging_faults, refuse_mixing, unlike_plan
from omnigrid.run.executors import Executor
from omnigrid.run.processes import on_this_disk
from omnigrid.standing import look_around
from omnigrid.workspace import Workspace

_NAMED = 5
"""Damaged files of a job that are named one by one."""


class Share(NamedTuple):
    """The built folder of one shard."""

    folder: Path
    manifest: Manifest


def merge_parts(workspace: Workspace, folders: Sequence[Path], executor: Executor) -> BuildResult:
    """Bring the build folder to what the shards hold together: byte for byte the whole build.

    Raises InputError with all that speaks against it, before anything is changed.
    """
    executor = on_this_disk(executor)
    shares = [Share(folder, read_manifest(folder)) for folder in folders]
    faults = [*_folder_faults(shares, workspace.out), *_file_faults(shares, executor)]
    faults += merging_faults({str(s.folder): s.manifest for s in shares if _is_built(s.manifest)})
    if not faults:
        faults += unlike_plan([share.manifest for share in shares])
    if faults:
        raise _refused(faults)
    return _put_together(workspace, shares, executor)


def _folder_faults(shares: Sequence[Share], out: Path) -> Iterator[str]:
    seen = {out: "is the folder that the shards are to be put together in"}
    for folder, manifest in shares:
        if fault := seen.setdefault(folder.resolve(), ""):
            yield f"{folder} {fault}"
        seen[folder.resolve()] = "is named twice"
        if not is_finished(folder):
            yield f"a build is at work in {folder}, or was killed there; build that shard again"
        elif not _is_built(manifest):
            yield f"{folder} holds no build, or one that this version of omnigrid does not know"


def _is_built(manifest: Manifest) -> bool:
    return bool(manifest.jobs or manifest.part)


def _file_faults(shares: Sequence[Share], executor: Executor) -> Iterator[str]:
    for share in shares:
        look = partial(_damage, share)
        for faults in executor.run(look, share.manifest.jobs):
            yield from faults


def _damage(share: Share, job: JobId) -> list[str]:
    record = share.manifest.jobs[job]
    if not record.entries():
        return [f"{share.folder}/manifest.json is damaged at {job}"]
    damaged = damaged_files(share.folder, record)
    found = [f"{share.folder}/{path} {damage}" for path, damage in damaged.items()]
    more = len(found) - _NAMED
    return found if more <= 0 else [*found[:_NAMED], f"and {more} more files of {job}"]


def _put_together(workspace: Workspace, shares: Sequence[Share], executor: Executor) -> BuildResult:
    owners = {job: share for share in shares for job in share.manifest.jobs}
    jobs = {job: owners[job].manifest.jobs[job] for job in sorted(owners)}
    manifest = Manifest(MANIFEST_VERSION, shares[0].manifest.generator, jobs)
    with open_build(workspace.out, workspace.stamps) as folder:
        refuse_mixing(workspace.out.name, folder.manifest, None)
        touched = look_around(workspace, executor).touched
        damage = folder.damage(job for jobs in touched for job in jobs)
        known = folder.manifest.jobs
        lacking = [job for job in jobs if known.get(job) != jobs[job] or job in damage]
        writer = folder.open_for(lacking, lambda job: jobs[job].entries(), jobs)
        courier = Courier(owners, writer, known, damage)
        return folder.take_over(manifest, executor.run(courier.bring, lacking))


class Courier:
    """Copies the files of jobs from their shards: what an executor is given to do."""

    def __init__(
        self,
        owners: Mapping[JobId, Share],
        writer: Writer,
        known: Mapping[JobId, Record],
        damage: Damage,
    ) -> None:
        self._owners, self._writer, self._known, self._damage = owners, writer, known, damage

    def bring(self, job: JobId) -> Made:
        """Copy a job's files. Raises InputError where one is not as it was checked."""
        share = self._owners[job]
        record = share.manifest.jobs[job]
        files = tuple((path, _read(share.folder, path)) for path in record.entries())
        before = self._known.get(job)
        known = before.entries() if before else {}
        harmed = self._damage.get(job, {})
        intact = {path: entry for path, entry in known.items() if path not in harmed}
        made = self._writer.write(Artifact(job, files), known, intact)
        if made.entries != bytes(record.files):
            raise _refused([f"files of {job} in {share.folder} changed while they were merged"])
        return made


def _read(folder: Path, path: OutPath) -> bytes:
    try:
        return (folder / path).read_bytes()
    except OSError:
        raise _refused([f"{folder}/{path} is missing"]) from None


def _refused(faults: Iterable[str]) -> InputError:
    listed = "".join(f"\n  {fault}" for fault in faults)
    return InputError(
        f"these shards cannot be merged:{listed}",
        "nothing was changed; build what is wrong again with `omnigrid build --shard I/N`",
    )

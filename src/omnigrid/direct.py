"""A build straight into git, from top to bottom: nothing is written below `build/`.

What the last publish left in a hosting repository is the build that this one continues: only jobs
that are stale beside its manifest are rendered, and their files go into the repository's cache as
they come.
"""

from collections.abc import Iterator
from typing import NamedTuple

from omnigrid.blueprint import Blueprint
from omnigrid.build import Built, summarise
from omnigrid.hosting.host import Host
from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.findings import Finding
from omnigrid.model.manifest import (
    EMPTY_MANIFEST,
    MANIFEST_VERSION,
    Entry,
    Manifest,
    Outcome,
    Record,
    Writings,
    encode_entries,
    gone_files,
    record_of,
)
from omnigrid.model.names import JobId, OutPath
from omnigrid.model.plan import Artifact, Failure, Plan
from omnigrid.model.publishing import Destination
from omnigrid.output.manifest import decode_manifest, encode_manifest
from omnigrid.plan.stale import stale_jobs
from omnigrid.press import Renderer
from omnigrid.run.executors import Executor, Progress
from omnigrid.survey import refused
from omnigrid.workspace import GENERATOR, Workspace


class Into(NamedTuple):
    """Where a build goes: a destination, the host that reaches it, and the workspace."""

    workspace: Workspace
    host: Host
    destination: Destination


def render_into(into: Into, blueprint: Blueprint, executor: Executor, progress: Progress) -> Built:
    """Render what is stale beside a target's last publish into the target's cache.

    Raises InputError where a template fails: then nothing is published. Raises what the host does.
    """
    workspace, host, destination = into
    found = host.last_manifest(destination)
    base = decode_manifest(found) if found else EMPTY_MANIFEST
    stale = stale_jobs(blueprint.plan, base, {})
    jobs = [each.job for each in stale]
    renderer = Renderer(blueprint, jobs, same_disk=executor.same_disk)
    rendering = _Rendering(renderer, blueprint.plan, base)
    host.store(destination, rendering.blobs(executor, progress))
    if rendering.findings:
        raise refused(workspace.tree, tuple(rendering.findings))
    manifest = rendering.manifest()
    encoded = encode_manifest(manifest)
    host.store(destination, iter([encoded]))
    summary = summarise(blueprint, digest_bytes(encoded))
    deleted = tuple(sorted(gone_files(base, manifest)))
    return Built(blueprint, Outcome(summary, stale, rendering.writings(), deleted), manifest)


class _Rendering:
    """Stale jobs on their way into a repository."""

    def __init__(self, renderer: Renderer, plan: Plan, base: Manifest) -> None:
        self._renderer, self._plan, self._base = renderer, plan, base
        self._made: dict[JobId, Record] = {}
        self.findings: list[Finding] = []
        self._written: list[OutPath] = []
        self._size = 0

    def blobs(self, executor: Executor, progress: Progress) -> Iterator[bytes]:
        """Yield the bytes that the repository may lack, and take note of what they are."""
        jobs = self._renderer.jobs
        for done, result in enumerate(executor.run(self._renderer.render, jobs), start=1):
            if isinstance(result, Failure):
                self.findings.append(result.finding)
            else:
                yield from self._take(result)
            progress(done, len(jobs))

    def _take(self, artifact: Artifact) -> Iterator[bytes]:
        before = self._base.jobs.get(artifact.job)
        known = before.entries() if before else {}
        entries: dict[OutPath, Entry] = {}
        for path, data in artifact.files:
            entries[path] = Entry(blob_id(data), digest_bytes(data), len(data))
            if known.get(path) != entries[path]:
                self._written.append(path)
                self._size += len(data)
                yield data
        job = self._renderer.jobs[artifact.job]
        self._made[artifact.job] = record_of(job, encode_entries(entries))

    def writings(self) -> Writings:
        """Return what the repository lacked."""
        texts = ("\n".join(self._written).encode(),) if self._written else ()
        return Writings(len(self._written), self._size, texts)

    def manifest(self) -> Manifest:
        """Return the manifest of the whole build."""
        jobs = {job: self._made.get(job) or self._base.jobs[job] for job in self._plan.briefs}
        return Manifest(MANIFEST_VERSION, GENERATOR, jobs)

"""What a host expects, where somebody else has put it there already: theirs stays."""

from collections.abc import Callable

import msgspec

from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.manifest import Entry, Manifest, Record, encode_entries
from omnigrid.model.names import JobId, OutPath
from omnigrid.model.publishing import Live, Target


class Form(msgspec.Struct, frozen=True):
    """How a manifest is read and written."""

    decode: Callable[[bytes], Manifest]
    encode: Callable[[Manifest], bytes]


def give_way(target: Target, live: Live, form: Form) -> Target:
    """Return the target without those files for its host that are somebody else's there.

    Its manifest does not name them either, so that they are never taken for ours: theirs may be
    changed and taken away by whoever wrote them, and that is no drift.
    """
    theirs = frozenset(path for path in target.expected if _is_theirs(path, target, live))
    if not theirs:
        return target
    place = target.destination.manifest_path
    manifest = form.encode(_without(form.decode(target.made[place]), theirs))
    made = {path: data for path, data in target.made.items() if path not in theirs}
    files = {path: blob for path, blob in target.files.items() if path not in theirs}
    return msgspec.structs.replace(
        target,
        files=files | {place: blob_id(manifest)},
        made=made | {place: manifest},
        manifest=digest_bytes(manifest),
        expected=target.expected - theirs,
        theirs=tuple(sorted(theirs)),
    )


def _is_theirs(path: OutPath, target: Target, live: Live) -> bool:
    there = live.files.get(path)
    return there is not None and path not in live.owned and there != target.files[path]


def _without(manifest: Manifest, paths: frozenset[OutPath]) -> Manifest:
    jobs: dict[JobId, Record] = {}
    for job, record in manifest.jobs.items():
        entries = record.entries() if job.startswith("host:") else {}
        kept: dict[OutPath, Entry] = {p: e for p, e in entries.items() if p not in paths}
        if kept:
            jobs[job] = Record(record.key, record.inputs, msgspec.Raw(encode_entries(kept)))
        elif not entries:
            jobs[job] = record
    return msgspec.structs.replace(manifest, jobs=jobs)

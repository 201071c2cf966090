"""give_way: what others put there for their host before us is theirs, and never a drift."""

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.manifest import EMPTY_MANIFEST
from omnigrid.model.names import BlobId, CommitId, OutPath
from omnigrid.model.publishing import Drifted, Live, Target, Tree, Unchanged, Update
from omnigrid.model.targets import HostKind
from omnigrid.output.manifest import decode_manifest, encode_manifest
from omnigrid.plan.giving_way import Form, give_way
from omnigrid.plan.reconcile import reconcile
from omnigrid.plan.route import Router
from support.targets import placed

FORM = Form(decode_manifest, encode_manifest)
HEAD = CommitId("c" * 40)
CI = OutPath(".gitlab-ci.yml")


def routed(kind: HostKind, domain: str = "a.example") -> Target:
    return Router(EMPTY_MANIFEST, encode_manifest).target(placed(kind, domain=domain))


def live(files: Tree, owned: Tree | None = None) -> Live:
    return Live("t", HEAD, files, owned or {})


def text(path: str) -> BlobId:
    return blob_id(f"theirs: {path}".encode())


def owned_by(target: Target) -> Tree:
    """What a branch is known to hold of ours, by the manifest that a publish leaves."""
    manifest = decode_manifest(target.made[target.destination.manifest_path])
    own = {str(path): entry.blob for path, entry in manifest.files()}
    place = target.destination.manifest_path
    return own | {str(place): target.files[place]}


def test_their_job_is_kept_and_is_no_drift() -> None:
    target = routed(HostKind.GITLAB_PAGES)
    there = live({CI: text(CI)})
    assert isinstance(reconcile(target, there), Drifted)
    given_way = give_way(target, there, FORM)
    step = reconcile(given_way, there)
    assert isinstance(step, Update)
    assert CI not in step.write
    assert given_way.theirs == (CI,)


kinds = st.sampled_from([k for k in HostKind if k not in {HostKind.LOCAL, HostKind.PLAIN}])


@given(kinds, st.data())
def test_after_a_publish_theirs_may_change_for_ever(kind: HostKind, data: st.DataObject) -> None:
    full = routed(kind)
    theirs = data.draw(st.sets(st.sampled_from(sorted(full.expected))))
    there = live({str(path): text(path) for path in theirs})
    target = give_way(full, there, FORM)
    step = reconcile(target, there)
    assert isinstance(step, Update)
    assert not theirs & {*step.write}
    after: Tree = dict(there.files) | {str(path): target.files[path] for path in step.write}
    owned = owned_by(target)
    assert not theirs & set(owned)
    later = live(after | {str(path): text(f"{path}, later") for path in theirs}, owned)
    assert reconcile(give_way(full, later, FORM), later) == Unchanged(target, HEAD)


@given(kinds, st.data())
def test_what_is_ours_already_does_not_give_way(kind: HostKind, data: st.DataObject) -> None:
    target = routed(kind)
    edited = data.draw(st.sampled_from(sorted(target.expected)))
    there = live({**owned_by(target), edited: text(edited)}, owned_by(target))
    assert give_way(target, there, FORM) == target
    step = reconcile(target, there)
    assert isinstance(step, Drifted)
    assert step.paths == (edited,)


@given(kinds, st.data())
def test_the_manifest_names_just_what_is_written(kind: HostKind, data: st.DataObject) -> None:
    full = routed(kind)
    theirs = data.draw(st.sets(st.sampled_from(sorted(full.expected)), min_size=1))
    target = give_way(full, live({str(path): text(path) for path in theirs}), FORM)
    assert owned_by(target) == {str(path): blob for path, blob in target.files.items()}
    assert target.manifest == digest_bytes(target.made[target.destination.manifest_path])
    assert {path: blob_id(data) for path, data in target.made.items()} == target.files

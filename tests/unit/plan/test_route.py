"""Router: which files of a build go where, and the manifest that each branch is left with."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.manifest import (
    MANIFEST_NAME,
    MANIFEST_VERSION,
    Entry,
    Manifest,
    encode_entries,
    record_of,
)
from omnigrid.model.names import JobId, OutPath, Slug
from omnigrid.model.plan import Job
from omnigrid.model.publishing import Destination, Target
from omnigrid.model.targets import HostKind, TargetFile
from omnigrid.output.manifest import decode_manifest, encode_manifest
from omnigrid.plan.hosts import root_of
from omnigrid.plan.route import Router


def manifest_of(jobs: dict[str, list[str]]) -> Manifest:
    records = {}
    for name, paths in jobs.items():
        entries = {
            OutPath(path): Entry(blob_id(path.encode()), digest_bytes(path.encode()), len(path))
            for path in paths
        }
        job = Job(id=JobId(name), files=tuple(paths), inputs=())
        records[job.id] = record_of(job, encode_entries(entries))
    return Manifest(MANIFEST_VERSION, "omnigrid 1", records)


BUILD = manifest_of(
    {
        "home": ["index.html", "portfolio.css"],
        "site:actuary": ["sites/actuary/index.html", "sites/actuary/a.html", "api/brands/A.json"],
        "site:rainkeep": ["sites/rainkeep/index.html"],
    }
)


def route(kind: HostKind = HostKind.LOCAL, **given: object) -> Target:
    rule = TargetFile(name="t", kind=kind, repository="/r.git")
    plain = Destination(name="t", rule=rule, repository="/r.git", branch="main")
    return Router(BUILD, encode_manifest).target(msgspec.structs.replace(plain, **given))


def test_the_whole_build_is_routed_as_it_is() -> None:
    target = route()
    assert target.files[OutPath("sites/actuary/a.html")] == blob_id(b"sites/actuary/a.html")
    assert target.files[MANIFEST_NAME] == blob_id(encode_manifest(BUILD))
    assert len(target.files) == 7
    assert target.manifest == digest_bytes(encode_manifest(BUILD))


def test_a_site_alone_stands_at_the_top_without_the_api() -> None:
    target = route(folders={Slug("actuary"): ""})
    assert set(target.files) == {"index.html", "a.html", MANIFEST_NAME}
    assert target.origins[OutPath("a.html")] == "sites/actuary/a.html"
    assert target.files[OutPath("a.html")] == blob_id(b"sites/actuary/a.html")


def test_sites_of_one_branch_stand_in_their_folders() -> None:
    target = route(folders={Slug("actuary"): "a/", Slug("rainkeep"): "b/c/"})
    assert {"a/index.html", "a/a.html", "b/c/index.html", MANIFEST_NAME} == set(target.files)


def test_a_brand_that_the_build_lacks_is_left_out() -> None:
    assert set(route(folders={Slug("nobody"): ""}).files) == {MANIFEST_NAME}


def test_the_manifest_of_a_branch_owns_every_file_there_but_itself() -> None:
    folders = {Slug("actuary"): "a/"}
    target = route(HostKind.GITHUB_PAGES, folders=folders, domain="actuary.example")
    manifest = decode_manifest(target.made[MANIFEST_NAME])
    owned = {path: entry.blob for path, entry in manifest.files()}
    assert {**owned, MANIFEST_NAME: target.files[MANIFEST_NAME]} == target.files
    assert target.made[OutPath("CNAME")] == b"actuary.example\n"
    assert target.manifest == digest_bytes(target.made[MANIFEST_NAME])


def test_a_host_that_serves_a_folder_gets_everything_there() -> None:
    target = route(HostKind.GITLAB_PAGES, root="public/", folder="docs/")
    assert "public/docs/sites/actuary/index.html" in target.files
    assert "public/manifest.json" in target.files
    assert target.origins[OutPath("public/docs/index.html")] == "index.html"


@given(st.dictionaries(st.sampled_from(["actuary", "rainkeep", "x"]), st.sampled_from("abc")))
def test_every_file_of_a_target_is_made_or_of_the_build(folders: dict[str, str]) -> None:
    placed = {Slug(slug): f"{folder}{slug}/" for slug, folder in folders.items()}
    target = route(folders=placed)
    built = {path: entry.blob for path, entry in BUILD.files()}
    for path, blob in target.files.items():
        made = target.made.get(path)
        assert blob == (blob_id(made) if made else built[target.origins[path]])


kinds = st.sampled_from(HostKind)
places = st.lists(st.sampled_from(["", "a/", "b/c/", "docs/"]), min_size=1, max_size=4, unique=True)


def owned_by(target: Target) -> dict[str, str]:
    """What a branch is known to hold of ours, by the manifest that a publish leaves there."""
    place = target.destination.manifest_path
    data = target.made.get(place) or encode_manifest(BUILD)
    entries = {str(path): str(entry.blob) for path, entry in decode_manifest(data).files()}
    return entries | {place: target.files[place]}


@given(kinds, st.none() | st.just("a.example"), st.none() | places)
def test_what_a_branch_owns_is_just_what_it_carries(
    kind: HostKind, domain: str | None, folders: list[str] | None
) -> None:
    placed = folders and dict(zip((Slug("actuary"), Slug("rainkeep")), folders, strict=False))
    target = route(kind, root=root_of(kind), domain=domain, folders=placed)
    assert owned_by(target) == target.files
    assert target.expected <= set(target.files)
    assert all(
        path.startswith(target.destination.root) for path in target.files if path not in target.made
    )


@given(kinds, places, places)
def test_two_targets_never_own_one_path_of_one_branch(
    kind: HostKind, ours: list[str], theirs: list[str]
) -> None:
    """Branches are told apart before; what two sites of one branch own is told apart here."""
    apart = [folder for folder in theirs if not any(_nested(folder, other) for other in ours)]
    root = root_of(kind)
    one = route(kind, root=root, folders={Slug("actuary"): ours[0]})
    for folder in apart:
        two = route(kind, root=root, folders={Slug("rainkeep"): folder})
        shared = set(one.origins) & set(two.origins)
        assert not shared


def _nested(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)

"""route: every configured target gets the whole build."""

from pathlib import Path

import pytest

from omnigrid.model.errors import InputError
from omnigrid.model.files import ConfigFile, TargetFile
from omnigrid.model.manifest import (
    MANIFEST_NAME,
    MANIFEST_VERSION,
    Entry,
    Manifest,
    encode_entries,
    record_of,
)
from omnigrid.model.names import BlobId, Digest, JobId, OutPath
from omnigrid.model.plan import Job
from omnigrid.plan.route import route

ROOT = Path("/portfolio")
BLOB = BlobId("b" * 40)
MANIFEST_BLOB = BlobId("e" * 40)
ENTRY = Entry(blob=BLOB, sha256=Digest("d" * 64), size=3)
ACTUARY = Job(id=JobId("site:actuary"), files=("a.html",), inputs=())
RECORD = record_of(ACTUARY, encode_entries({OutPath("a.html"): ENTRY}))
MANIFEST = Manifest(
    version=MANIFEST_VERSION, generator="omnigrid", jobs={JobId("site:actuary"): RECORD}
)


def config_of(*targets: TargetFile) -> ConfigFile:
    return ConfigFile(name="P", targets=targets)


def test_the_embedded_default_is_one_local_repository() -> None:
    (target,) = route(ConfigFile(name="P"), MANIFEST, MANIFEST_BLOB, ROOT)
    assert target.repository == "/portfolio/.omnigrid/hosting/portfolio.git"
    assert target.branch == "main"


def test_every_target_gets_the_build_and_its_manifest() -> None:
    config = config_of(
        TargetFile(name="one", repository="one.git"),
        TargetFile(name="two", repository="two.git", branch="pages"),
    )
    targets = route(config, MANIFEST, MANIFEST_BLOB, ROOT)
    assert [target.name for target in targets] == ["one", "two"]
    for target in targets:
        assert target.files == {OutPath("a.html"): BLOB, MANIFEST_NAME: MANIFEST_BLOB}


@pytest.mark.parametrize(
    ("written", "resolved"),
    [
        ("sites.git", "/portfolio/sites.git"),
        ("./a/../sites.git/", "/portfolio/sites.git"),
        ("../sites.git", "/sites.git"),
        ("/srv/sites.git", "/srv/sites.git"),
    ],
)
def test_repositories_are_absolute(written: str, resolved: str) -> None:
    (target,) = route(
        config_of(TargetFile(name="t", repository=written)), MANIFEST, MANIFEST_BLOB, ROOT
    )
    assert target.repository == resolved


def test_two_targets_never_write_the_same_branch() -> None:
    config = config_of(
        TargetFile(name="one", repository="sites.git"),
        TargetFile(name="two", repository="/portfolio/x/../sites.git"),
    )
    with pytest.raises(InputError, match='"one" and "two"'):
        route(config, MANIFEST, MANIFEST_BLOB, ROOT)


def test_two_branches_of_one_repository_are_two_places() -> None:
    config = config_of(
        TargetFile(name="one", repository="sites.git"),
        TargetFile(name="two", repository="sites.git", branch="pages"),
    )
    assert len(route(config, MANIFEST, MANIFEST_BLOB, ROOT)) == 2


def test_a_web_address_is_no_folder_and_is_not_echoed() -> None:
    config = config_of(TargetFile(name="t", repository="https://u:secret@host.example/x.git"))
    with pytest.raises(InputError) as caught:
        route(config, MANIFEST, MANIFEST_BLOB, ROOT)
    assert "secret" not in caught.value.message + caught.value.hint

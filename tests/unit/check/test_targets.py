"""check_targets: patterns and addresses that cannot be meant."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.check.targets import check_targets
from omnigrid.model.files import ConfigFile
from omnigrid.model.findings import Finding
from omnigrid.model.targets import HostKind, TargetFile


def findings(repository: str, kind: HostKind = HostKind.PLAIN, **more: object) -> list[Finding]:
    rule = TargetFile(name="t", kind=kind, repository=repository, **more)  # type: ignore[arg-type]
    return list(check_targets(ConfigFile(name="P", targets=(rule,))))


@pytest.mark.parametrize(
    "address",
    [
        "https://host.example/faa/{brand.slug}.git",
        "https://host.example:8443/faa.git",
        "git@host.example:faa/{brand.slug}.git",
        "host.example:faa.git",
        "ssh://git@host.example:2222/faa/{sector.id}.git",
        "/srv/git/{brand.slug}.git",
        "../sites/{brand.id}.git",
    ],
)
def test_addresses_that_git_understands(address: str) -> None:
    assert findings(address) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://host.example/a.git",
        "git://host.example/a.git",
        "ext::sh -c touch% /tmp/x",
        "-uhost:a.git",
        "file:///srv/a.git",
        "git@-oProxyCommand=x:a.git",
        "host.example:-a.git",
        "sites.git",
    ],
)
def test_addresses_that_are_refused(address: str) -> None:
    assert {each.code for each in findings(address)} == {"OG504"}


def test_a_login_in_an_address_is_refused_and_not_shown() -> None:
    (finding,) = findings("https://me:hunter2@host.example/a.git")
    assert "hunter2" not in finding.message + finding.hint
    assert "credentials" in finding.hint


def test_a_local_target_is_a_folder() -> None:
    assert [e.code for e in findings("git@host.example:a.git", HostKind.LOCAL)] == ["OG504"]
    assert findings(".omnigrid/hosting/portfolio.git", HostKind.LOCAL) == []


@pytest.mark.parametrize("key", ["repository", "folder", "domain"])
def test_unknown_names_have_a_near_miss(key: str) -> None:
    given: dict[str, Any] = {"repository": "/srv/a.git"} | {key: "/x/{brand.slg}"}
    (finding,) = findings(given.pop("repository"), **given)
    assert (finding.code, finding.place.keys) == ("OG503", ("targets", 0, key))
    assert finding.hint == "did you mean {brand.slug}?"


@pytest.mark.parametrize("folder", ["a/../b", ".git", "a//b", "./a", "a\\b", "{brand.domain}", "{"])
def test_folders_that_leave_the_branch(folder: str) -> None:
    assert "OG503" in {each.code for each in findings("/srv/a.git", folder=folder)}


def test_two_targets_of_one_name() -> None:
    rules = tuple(TargetFile(name="t", repository=f"{name}.git") for name in "ab")
    (finding,) = check_targets(ConfigFile(name="P", targets=rules))
    assert (finding.code, finding.place.keys) == ("OG201", ("targets", 1, "name"))


@given(st.text(max_size=60), st.text(max_size=30), st.sampled_from(HostKind))
def test_no_text_breaks_the_check(repository: str, folder: str, kind: HostKind) -> None:
    for finding in findings(repository, kind, folder=folder):
        assert finding.hint

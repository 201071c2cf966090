"""Where a branch is served, and which of its files proves it."""

import msgspec
import pytest

from omnigrid.model.files import ConfigFile
from omnigrid.model.names import OutPath, Slug
from omnigrid.model.publishing import Destination
from omnigrid.model.targets import HostKind
from omnigrid.plan.addresses import Witness, address_of, witnesses
from support.targets import placed
from support.values import brand, portfolio

ACTUARY, BENCH = brand(1, "Actuary"), brand(2, "Bench")
HERE = portfolio(ACTUARY, BENCH, config=ConfigFile(name="P", base_url="https://brands.example/all"))
NOWHERE = msgspec.structs.replace(HERE, config=ConfigFile(name="P"))
BOTH = {Slug("actuary"): "a/", Slug("bench"): "b/"}


@pytest.mark.parametrize(
    ("kind", "repository", "address"),
    [
        (HostKind.GITHUB_PAGES, "git@github.com:Faa/sites.git", "https://faa.github.io/sites/"),
        (HostKind.GITHUB_PAGES, "https://github.com/faa/faa.github.io", "https://faa.github.io/"),
        (HostKind.CODEBERG_PAGES, "git@codeberg.org:faa/x.git", "https://faa.codeberg.page/x/"),
        (HostKind.CODEBERG_PAGES, "git@codeberg.org:faa/pages.git", "https://faa.codeberg.page/"),
        (HostKind.GITHUB_PAGES, "git@git.example:faa/sites.git", None),
        (HostKind.CLOUDFLARE_PAGES, "git@github.com:faa/sites.git", None),
        (HostKind.GITLAB_PAGES, "git@gitlab.com:faa/sites.git", None),
        (HostKind.PLAIN, "/srv/sites.git", None),
    ],
)
def test_the_address_that_a_host_gives(
    kind: HostKind, repository: str, address: str | None
) -> None:
    assert address_of(placed(kind, repository=repository, folders=BOTH), HERE) == address


def test_a_domain_comes_first_and_the_base_address_is_that_of_the_whole() -> None:
    whole = placed(HostKind.PLAIN)
    assert address_of(whole, HERE) == "https://brands.example/all/"
    assert address_of(whole, NOWHERE) is None
    named = placed(HostKind.PLAIN, domain="b.example")
    assert address_of(named, HERE) == "https://b.example/"


def told(destination: Destination) -> list[tuple[str, str]]:
    return [(each.url, str(each.path)) for each in witnesses(destination, HERE)]


def test_each_site_has_its_stamp() -> None:
    assert list(witnesses(placed(HostKind.PLAIN), HERE)) == [
        Witness(each.id, f"https://brands.example/all/{path}", path)
        for each in (ACTUARY, BENCH)
        for path in [OutPath(f"sites/{each.slug}/humans.txt")]
    ]
    assert told(placed(HostKind.GITLAB_PAGES, domain="b.example", folders=BOTH)) == [
        ("https://b.example/a/humans.txt", "public/a/humans.txt"),
        ("https://b.example/b/humans.txt", "public/b/humans.txt"),
    ]


def test_a_folder_that_the_host_serves_is_not_in_the_address() -> None:
    docs = placed(HostKind.GITHUB_PAGES, domain="b.example", folders={Slug("bench"): "docs/"})
    assert told(docs) == [("https://b.example/humans.txt", "docs/humans.txt")]
    whole = placed(HostKind.PLAIN, folder="web/")
    assert told(whole)[0] == (
        "https://brands.example/all/sites/actuary/humans.txt",
        "web/sites/actuary/humans.txt",
    )


def test_without_an_address_nobody_is_asked() -> None:
    assert list(witnesses(placed(HostKind.PLAIN), NOWHERE)) == []

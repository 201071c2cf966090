"""Where a branch is served, and which of its files proves it."""

import msgspec
import pytest

from omnigrid.model.files import ConfigFile
from omnigrid.model.names import OutPath, Slug
from omnigrid.model.publishing import Destination
from omnigrid.model.targets import HostKind
from omnigrid.plan.addresses import Witness, address_of, commit_address, page_address, witnesses
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


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("git@github.com:faa/sites.git", "https://github.com/faa/sites/commit/4f2"),
        ("https://gitlab.com/us/all/sites", "https://gitlab.com/us/all/sites/-/commit/4f2"),
        ("ssh://git@codeberg.org:22/faa/x.git", "https://codeberg.org/faa/x/commit/4f2"),
        ("git@git.example:faa/sites.git", ""),
        ("/srv/sites.git", ""),
    ],
)
def test_a_commit_is_shown_where_a_forge_is_known(repository: str, address: str) -> None:
    assert commit_address(placed(HostKind.PLAIN, repository=repository), "4f2") == address
    assert commit_address(placed(HostKind.PLAIN, repository=repository), "") == ""


def test_a_page_stands_below_its_site() -> None:
    repository = "git@github.com:faa/sites.git"
    branch = placed(HostKind.GITHUB_PAGES, repository=repository, folders=BOTH)
    page = page_address(branch, HERE, Slug("bench"), "new.html")
    assert page == "https://faa.github.io/sites/b/new.html"
    assert page_address(branch, HERE, Slug("other"), "new.html") == ""
    whole = page_address(placed(HostKind.PLAIN), HERE, Slug("actuary"), "new.html")
    assert whole == "https://brands.example/all/sites/actuary/new.html"


def test_without_an_address_nobody_is_asked() -> None:
    assert list(witnesses(placed(HostKind.PLAIN), NOWHERE)) == []

"""Links to the forge: right for each kind, short enough, and none where none is configured."""

from urllib.parse import parse_qs, urlsplit

import pytest

from omnigrid.check.forge import check_forge
from omnigrid.model.files import ConfigFile, ForgeFile, ForgeKind
from omnigrid.model.forge import Forge, known_forge
from omnigrid.model.names import SectorId
from omnigrid.plan.cards import figures
from omnigrid.plan.families import Families
from omnigrid.plan.forge import MAX_URL, edit_link, need_link, new_file, suggest_link
from omnigrid.plan.pages import home_view, sector_view
from omnigrid.plan.sites import Sites
from support.values import brand, page, portfolio

GITHUB = Forge("https://github.com/us/brands", "main", ForgeKind.GITHUB)
GITLAB = Forge("https://gitlab.com/us/all/brands", "main", ForgeKind.GITLAB)
FORGEJO = Forge("https://codeberg.org/us/brands", "next/one", ForgeKind.FORGEJO)
GARDEN = SectorId("Garden")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://github.com/us/brands", ForgeKind.GITHUB),
        ("https://gitlab.com/us/deep/brands", ForgeKind.GITLAB),
        ("https://gitlab.company.example/us/brands", ForgeKind.GITLAB),
        ("https://codeberg.org/us/brands.git", ForgeKind.FORGEJO),
        ("https://git.forgejo.example:8443/us/brands", ForgeKind.FORGEJO),
        ("https://notgithub.com/us/brands", None),
        ("https://code.example/us/gitlab", None),
    ],
)
def test_the_address_tells_the_kind(address: str, kind: ForgeKind | None) -> None:
    found = known_forge(ForgeFile(repository=address))
    assert (found and found.kind) == kind
    findings = list(check_forge(ConfigFile(name="x", forge=ForgeFile(repository=address))))
    assert len(findings) == (kind is None)


def test_what_is_stated_comes_before_what_the_address_tells() -> None:
    file = ForgeFile(repository="https://code.example/us/brands", kind=ForgeKind.FORGEJO)
    assert known_forge(file) == Forge(file.repository, "main", ForgeKind.FORGEJO)


@pytest.mark.parametrize(
    ("forge", "address"),
    [
        (GITHUB, "https://github.com/us/brands/edit/main/content/caf%C3%A9/a%20b.md"),
        (GITLAB, "https://gitlab.com/us/all/brands/-/edit/main/content/caf%C3%A9/a%20b.md"),
        (FORGEJO, "https://codeberg.org/us/brands/_edit/next/one/content/caf%C3%A9/a%20b.md"),
    ],
)
def test_where_a_file_is_edited(forge: Forge, address: str) -> None:
    (link,) = edit_link(forge, "page", "content/café/a b.md")
    assert (link.label, link.url) == ("Edit this page", address)


def test_where_a_need_is_stated() -> None:
    (github,) = need_link(GITHUB, GARDEN)
    assert github.url == "https://github.com/us/brands/issues/new?template=need.yml&sector=Garden"
    (gitlab,) = need_link(GITLAB, GARDEN)
    assert "sector: Garden\n" in parse_qs(urlsplit(gitlab.url).query)["issue[description]"][0]
    (forgejo,) = need_link(FORGEJO, None)
    assert forgejo.url.startswith("https://codeberg.org/us/brands/_new/next/one/content/needs/?")
    assert parse_qs(urlsplit(forgejo.url).query)["value"][0].startswith("---\ntitle: ")


def test_only_github_has_a_form_for_brands() -> None:
    assert [bool(suggest_link(forge, None)) for forge in (GITHUB, GITLAB, FORGEJO)] == [1, 0, 0]


@pytest.mark.parametrize("kind", ForgeKind)
def test_no_address_is_too_long(kind: ForgeKind) -> None:
    forge = Forge("https://x.example/" + "y" * 180, "b" * 100, kind)
    assert 0 < len(need_link(forge, SectorId("S" * 64))[0].url) <= MAX_URL
    assert edit_link(forge, "page", "é" * 400) == ()


def test_without_a_forge_there_is_nothing() -> None:
    assert edit_link(None, "page", "x") == need_link(None, None) == suggest_link(None, None) == ()


def test_every_view_gets_its_links() -> None:
    config = ConfigFile(name="x", forge=ForgeFile(repository=GITHUB.address))
    given = portfolio(brand(1, "Spade"), config=config)
    families = Families(given)
    (spade,) = given.brands
    site = Sites(given, families, {spade.id: [page()]}, lambda _: "").view(spade)
    assert [link.label for link in site.editing] == ["Edit this brand", "State a need"]
    assert [link.url for link in site.pages[0].editing] == [
        f"{GITHUB.address}/edit/main/content/news.md"
    ]
    view = sector_view(given, families, given.sectors[0])
    assert [link.label for link in view.editing] == [
        "Edit this sector",
        "Suggest a brand",
        "State a need",
    ]
    home = home_view(given, families, figures(given, [], 0))
    assert home.editing[0].url == f"{GITHUB.address}/edit/main/omnigrid.yaml"


def test_a_new_file_is_proposed_in_the_editor_of_the_forge() -> None:
    github, gitlab, forgejo = (
        new_file(each, "content/drops/") for each in (GITHUB, GITLAB, FORGEJO)
    )
    assert github.url == "https://github.com/us/brands/new/main/content/drops"
    assert (github.name, github.value) == ("filename", "value")
    assert gitlab.url == "https://gitlab.com/us/all/brands/-/new/main/content/drops"
    assert gitlab.value == "", "its editor ignores a text"
    assert forgejo.url == "https://codeberg.org/us/brands/_new/next/one/content/drops"

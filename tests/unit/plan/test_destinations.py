"""destinations_of: one repository for all, one a sector, one a brand."""

from pathlib import Path

import pytest

from omnigrid.model.files import ConfigFile
from omnigrid.model.names import SectorId
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.targets import HostKind, TargetFile
from omnigrid.plan.destinations import Destinations, destinations_of
from support.values import brand, sector

ROOT = Path("/portfolio")
LAW, FOOD = SectorId("Law"), SectorId("Food")


def found(*rules: TargetFile) -> Destinations:
    portfolio = Portfolio(
        config=ConfigFile(name="P", targets=rules),
        sectors=(sector("Law"), sector("Food")),
        brands=(
            brand(1, "Actuary", sector=LAW, domain="actuary.example"),
            brand(2, "Bench", sector=LAW),
            brand(3, "Crumb", sector=FOOD),
        ),
        pages=(),
        packs={},
        dated=None,
    )
    return destinations_of(portfolio, ROOT)


def rule(repository: str = "x.git", kind: HostKind = HostKind.PLAIN, **more: object) -> TargetFile:
    return TargetFile(name="t", kind=kind, repository=repository, **more)  # type: ignore[arg-type]


def test_the_embedded_default_is_one_local_repository() -> None:
    portfolio = Portfolio(
        config=ConfigFile(name="P"), sectors=(), brands=(), pages=(), packs={}, dated=None
    )
    (one,) = destinations_of(portfolio, ROOT).all
    assert one.repository == "/portfolio/.omnigrid/hosting/portfolio.git"
    assert (one.branch, one.folders) == ("main", None)


def test_one_a_brand() -> None:
    seen = found(rule("git@h:faa/{brand.slug}.git", domain="{brand.slug}.b.example"))
    assert not seen.findings
    assert [(each.name, each.repository, each.domain) for each in seen.all] == [
        ("t/actuary", "git@h:faa/actuary.git", "actuary.example"),
        ("t/bench", "git@h:faa/bench.git", "bench.b.example"),
        ("t/crumb", "git@h:faa/crumb.git", "crumb.b.example"),
    ]
    assert [each.folders for each in seen.all] == [{"actuary": ""}, {"bench": ""}, {"crumb": ""}]


def test_one_a_sector_with_a_folder_a_brand() -> None:
    seen = found(rule("git@h:faa/{sector.slug}.git"))
    assert [(each.name, each.folders) for each in seen.all] == [
        ("t/food", {"crumb": "crumb/"}),
        ("t/law", {"actuary": "actuary/", "bench": "bench/"}),
    ]


def test_one_for_all_with_a_folder_a_brand() -> None:
    (one,) = found(rule(folder="{sector.slug}/{brand.id}")).all
    assert one.name == "t"
    assert one.folders == {
        "actuary": "law/TST-001/",
        "bench": "law/TST-002/",
        "crumb": "food/TST-003/",
    }


def test_the_whole_build_in_a_folder() -> None:
    (one,) = found(rule(folder="/docs/")).all
    assert (one.folders, one.folder) == (None, "docs/")


def test_only_some_sectors_and_brands() -> None:
    seen = found(rule("h/{brand.slug}.git", sectors=(LAW,), brands=("TST-002", "TST-003")))
    assert [each.name for each in seen.all] == ["t/bench"]


def test_a_rule_that_takes_nobody_is_named() -> None:
    seen = found(rule("h/{brand.slug}.git", brands=("ZZ-999",)))
    assert [each.code for each in seen.findings] == ["OG502"]
    assert seen.findings[0].place.keys == ("targets", 0, "name")


@pytest.mark.parametrize(
    ("written", "resolved"),
    [
        ("sites.git", "/portfolio/sites.git"),
        ("./a/../sites.git/", "/portfolio/sites.git"),
        ("../sites.git", "/sites.git"),
        ("/srv/sites.git", "/srv/sites.git"),
    ],
)
def test_local_repositories_are_absolute(written: str, resolved: str) -> None:
    assert found(rule(written, HostKind.LOCAL)).all[0].repository == resolved


def test_two_targets_never_write_the_same_branch() -> None:
    one = rule("sites.git", HostKind.LOCAL)
    two = TargetFile(name="u", repository="/portfolio/x/../sites.git")
    (finding,) = found(one, two).findings
    assert finding.code == "OG501"
    assert 'targets "t" and "u"' in finding.message
    assert not found(one, TargetFile(name="u", repository="sites.git", branch="pages")).findings


def test_two_sites_never_stand_in_one_folder() -> None:
    (finding,) = found(rule(folder="{sector.slug}")).findings
    assert (finding.code, finding.place.keys) == ("OG501", ("targets", 0, "repository"))
    assert "actuary and bench" in finding.message


def test_gitlab_serves_a_folder() -> None:
    assert found(rule(kind=HostKind.GITLAB_PAGES)).all[0].root == "public/"


def codes(*rules: TargetFile) -> list[str]:
    return [each.code for each in found(*rules).findings]


@pytest.mark.parametrize(
    "domain",
    [
        "https://a.example",
        "A.example",
        "a.example/x",
        "a",
        "a..example",
        "-a.example",
        "a b.example",
    ],
)
def test_a_domain_is_a_bare_name(domain: str) -> None:
    (finding,) = found(rule(domain=domain)).findings
    assert (finding.code, finding.place.keys) == ("OG505", ("targets", 0, "domain"))


def test_a_domain_may_have_other_letters_in_their_plain_form() -> None:
    assert codes(rule(domain="xn--bcher-kva.xn--p1ai")) == []


def test_the_whole_portfolio_has_no_name_for_each_brand() -> None:
    assert codes(rule(domain="{brand.slug}.brands.example")) == ["OG505"]


def test_the_domain_of_a_brand_leads_to_that_brand_alone() -> None:
    assert codes(rule(domain="actuary.example")) == ["OG505"]
    assert codes(rule("h/{sector.slug}.git", domain="actuary.example"))[0] == "OG505"
    assert codes(rule("h/{brand.slug}.git", brands=("TST-002",), domain="actuary.example")) == [
        "OG505"
    ]
    assert codes(rule("h/{brand.slug}.git", brands=("TST-001",))) == []


def test_a_mirror_may_have_the_same_domain_and_others_may_not() -> None:
    one = rule("h:o/{brand.slug}.git", domain="{brand.slug}.b.example")
    mirror = TargetFile(name="u", kind=HostKind.PLAIN, repository="m:o/{brand.slug}.git")
    assert codes(one, mirror) == []
    assert codes(rule("h:o/{brand.slug}.git", domain="brands.example")) == ["OG505"]
    assert codes(rule("h:o/{sector.slug}.git", domain="{sector.slug}.b.example")) == []

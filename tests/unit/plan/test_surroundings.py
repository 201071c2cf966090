"""Surroundings: no link of a site leads where nothing stands."""

import pytest

from omnigrid.model.files import ConfigFile
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.targets import HostKind, TargetFile
from omnigrid.plan.surroundings import Surroundings
from support.values import PACK, brand, pack_file, sector

SPADE, HOE, RAKE = brand(1, "Spade"), brand(2, "Hoe", domain="hoe.example"), brand(3, "Rake")
WHOLE = TargetFile(name="all", repository="all.git")


def each_its_own(**more: object) -> TargetFile:
    repository = "git@host.example:{brand.slug}.git"
    return TargetFile(name="own", kind=HostKind.PLAIN, repository=repository, **more)  # type: ignore[arg-type]


def around(*targets: TargetFile, base: str | None = None) -> Surroundings:
    return Surroundings(
        Portfolio(
            config=ConfigFile(name="P", base_url=base, targets=targets),
            sectors=(sector("Garden"),),
            brands=(SPADE, HOE, RAKE),
            pages=(),
            packs={PACK: pack_file(PACK)},
            dated=None,
        )
    )


def test_in_the_whole_build_links_are_relative() -> None:
    seen = around(WHOLE)
    assert seen.label(SPADE).home == "../../index.html"
    assert seen.sector(SPADE, sector("Garden")).url == "../../sectors/garden/index.html"
    assert seen.card(SPADE, RAKE).url == "../../sites/rake/index.html"
    assert seen.address(SPADE) is None


def test_a_site_alone_without_an_address_of_the_portfolio_names_none() -> None:
    seen = around(each_its_own())
    assert seen.label(SPADE).home is None
    assert seen.sector(SPADE, sector("Garden")).url is None
    assert seen.card(SPADE, RAKE).url is None
    assert seen.card(SPADE, HOE).url == "https://hoe.example/"


def test_a_site_alone_leads_to_the_portfolio_by_its_whole_address() -> None:
    seen = around(WHOLE, each_its_own(), base="https://p.example/x")
    assert seen.label(SPADE).home == "https://p.example/x/"
    assert seen.sector(SPADE, sector("Garden")).url == "https://p.example/x/sectors/garden/"
    assert seen.card(SPADE, RAKE).url == "https://p.example/x/sites/rake/"


def test_a_target_gives_domains() -> None:
    seen = around(each_its_own(domain="{brand.slug}.tools.example"))
    assert seen.address(SPADE) == "https://spade.tools.example/"
    assert seen.address(HOE) == "https://hoe.example/"
    assert seen.card(SPADE, RAKE).url == "https://rake.tools.example/"


@pytest.mark.parametrize("base", [None, "https://p.example/"])
def test_only_rules_that_part_sites_change_the_input_of_all(base: str | None) -> None:
    plain = around(WHOLE, base=base).digest
    moved = TargetFile(name="other", repository="elsewhere.git")
    assert around(moved, base=base).digest == plain
    assert around(WHOLE, each_its_own(), base=base).digest != plain

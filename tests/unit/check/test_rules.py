"""Rules of a portfolio: each breach is a warning at its place, and the portfolio stays sound."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.check.files import Files, Typed
from omnigrid.check.lookalikes import check_lookalikes
from omnigrid.check.rules import check_rules
from omnigrid.model.files import BrandFile, ConfigFile, License, LicenseStatus, SectorFile, Theme
from omnigrid.model.findings import Finding, Severity
from omnigrid.model.names import BrandId, PackId, SectorId, SourcePath
from support.values import TODAY


def brand(number: int = 1, name: str = "Spade", **given_: Any) -> Typed[BrandFile]:
    facts: dict[str, Any] = {
        "id": BrandId(f"TST-{number:03d}"),
        "name": name,
        "sector": SectorId("Garden"),
        "tagline": "t",
        "description": "d",
        "owner": "o",
        "keywords": ("digging",),
        "license": License(tier="Standard"),
    }
    return Typed(SourcePath(f"brands/b{number}.yaml"), BrandFile(**(facts | given_)))


def files_of(**given_: Any) -> Files:
    files = Files(())
    for name, value in given_.items():
        setattr(files, name, value)
    return files


def breaches(*brands: Typed[BrandFile], **given_: Any) -> list[Finding]:
    found = list(check_rules(files_of(brands=list(brands), **given_), TODAY))
    assert all(each.severity is Severity.WARNING for each in found)
    return found


def test_a_sound_brand_keeps_all_rules() -> None:
    assert breaches(brand()) == []


def _license(**given_: Any) -> License:
    return License(tier="Standard", **given_)


@pytest.mark.parametrize(
    ("change", "code", "keys", "said"),
    [
        ({"license": None}, "OG212", (), "has no licence"),
        ({"license": _license(expires=TODAY)}, "OG213", ("license", "expires"), "2026-11-01"),
        (
            {"license": _license(status=LicenseStatus.EXPIRED)},
            "OG213",
            ("license", "status"),
            "marked as expired",
        ),
        (
            {"license": _license(expires=TODAY + dt.timedelta(1))},
            "OG214",
            ("license", "expires"),
            "in 1 day",
        ),
        (
            {"license": _license(expires=TODAY + dt.timedelta(30))},
            "OG214",
            ("license", "expires"),
            "in 30 days",
        ),
        ({"keywords": ()}, "OG215", (), "no keywords"),
        ({"theme": Theme(accent="#FFE066")}, "OG216", ("theme", "accent"), "1.3 to 1"),
    ],
)
def test_a_breach_is_found_at_its_place(
    change: dict[str, Any], code: str, keys: tuple[str, ...], said: str
) -> None:
    (found,) = breaches(brand(**change))
    assert (found.code, found.place.keys) == (code, keys)
    assert said in found.message
    assert found.hint


def test_a_licence_with_time_left_is_sound() -> None:
    assert breaches(brand(license=_license(expires=TODAY + dt.timedelta(31)))) == []


def test_without_a_day_no_licence_runs_out() -> None:
    files = files_of(brands=[brand(license=_license(expires=dt.date(1999, 1, 1)))])
    assert list(check_rules(files, None)) == []


def test_accents_of_the_portfolio_and_of_sectors_count_too() -> None:
    sector = SectorFile(
        id=SectorId("A"), name="A", description="d", template=PackId("p"), color="#ffffff"
    )
    found = breaches(
        config=ConfigFile(name="x", theme=Theme(accent="#ffff00")),
        sectors=[Typed(SourcePath("sectors/a.yaml"), sector)],
    )
    assert [(each.place.path, each.place.keys) for each in found] == [
        ("omnigrid.yaml", ("theme", "accent")),
        ("sectors/a.yaml", ("color",)),
    ]


def near(*names: str) -> list[str]:
    brands = [brand(number, name) for number, name in enumerate(names, start=1)]
    return [found.place.path for found in check_lookalikes(brands)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Claim Forge™", "ClaimForge"),
        ("Claim Forge", "claim-forge®"),
        ("Café Noir", "Cafe Noir"),
        ("Seedwell", "Seedwel"),
        ("Seedwell", "Seadwell"),
        ("Seedwell", "Seedwells"),
        ("Grid 7", "Grod 7"),
    ],
)
def test_names_that_are_nearly_the_same(one: str, other: str) -> None:
    assert near(one, other) == ["brands/b2.yaml"]
    assert near(other, one) == ["brands/b2.yaml"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grid 1", "Grid 2"),
        ("Grid", "Grid 2"),
        ("Vax", "Vix"),
        ("Seedwell", "Seadwall"),
        ("™", "®"),
        ("Seedwell", "Seewdell"),
    ],
)
def test_names_that_differ(one: str, other: str) -> None:
    assert near(one, other) == []


def test_the_same_brand_twice_is_told_by_its_id_alone() -> None:
    assert list(check_lookalikes([brand(1), brand(1)])) == []


_WORDS = st.text("abcd", min_size=5, max_size=7)


@given(_WORDS, st.integers(0, 4), st.sampled_from("abcd"), st.sampled_from(["add", "cut", "turn"]))
def test_one_edit_is_always_seen(word: str, at: int, letter: str, edit: str) -> None:
    rest = word[at:] if edit == "add" else word[at + 1 :]
    other = word[:at] + ("" if edit == "cut" else letter) + rest
    expected = ["brands/b2.yaml"] if len(other) >= 5 or other == word else []
    assert near(word, other) == expected

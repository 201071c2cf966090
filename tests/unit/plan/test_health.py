"""What is known of brands and sectors, and how it becomes their health."""

import datetime as dt
from typing import Any

import pytest

from omnigrid.model.files import License, LicenseStatus
from omnigrid.model.measurements import DayFile, FoundFile, MeasurementsFile
from omnigrid.model.names import BrandId, SectorId
from omnigrid.model.states import Served, State
from omnigrid.plan.assess import assess, drill, trend
from omnigrid.plan.families import Families
from omnigrid.plan.health import Healths, is_licensed
from support.values import TODAY, brand, portfolio, sector

AT = dt.datetime(2026, 11, 1, 6, tzinfo=dt.UTC)
GOOD = License(tier="Standard")
SPADE, RAKE = brand(1, "Spade", license=GOOD), brand(2, "Rake", license=GOOD)


def families(*groups: FoundFile, **given: Any) -> Families:
    file = MeasurementsFile(version=1, measured_at=AT, brands=groups, **given)
    return Families(portfolio(SPADE, RAKE, measured=file))


def found(*numbers: int, **given: Any) -> FoundFile:
    return FoundFile(brands=tuple(BrandId(f"TST-{n:03}") for n in numbers), **given)


def test_without_measurements_all_is_as_declared() -> None:
    given = Families(portfolio(brand(1, "Spade", license=None)))
    assert given.health(sector()) == 96
    assert given.healths.of_brand(SPADE, sector()) is None
    said = assess(given, sector())
    assert (said.sum, said.measured, said.trend) == ("", None, None)
    assert [part.found for part in said.parts] == ["96 %", *["not measured"] * 5]


def test_the_sum_is_shown_with_its_numbers() -> None:
    given = families(found(1, published=State.IN_SYNC), found(2, published=State.DRIFTED))
    said = assess(given, sector())
    assert said.sum == "(96 × 60 + 50 × 15 + 100 × 5) ÷ 80 = 87.6, shown as 88 %"
    assert given.health(sector()) == 88
    assert said.measured
    assert said.measured.words == "1 November 2026, 06:00 UTC"


def test_a_sector_that_declares_nothing_is_what_was_measured() -> None:
    bare = sector(health=None)
    given = families(found(1, 2, published=State.IN_SYNC))
    assert given.healths.of_sector(bare, [SPADE, RAKE]) == 100
    assert Healths(portfolio(sectors=(bare,))).by_sector() == {SectorId("Garden"): None}


def test_a_branch_that_cannot_be_reached_says_nothing_of_its_sites() -> None:
    given = families(found(1, 2, built=True))
    part = next(each for each in assess(given, sector()).parts if "Published" in each.name)
    assert (part.found, part.score) == ("not measured", None)


def test_a_sector_opens_with_those_that_need_somebody() -> None:
    given = families(found(1, built=True), found(2, built=True, served=Served.NOT_OURS))
    opened = drill(given, sector(), "../")
    assert [each.name for each in opened.brands] == ["Rake", "Spade"]
    assert opened.brands[0].notes == ("something else is served at its address",)
    assert (opened.ailing, opened.more) == (1, 0)


@pytest.mark.parametrize(
    ("contract", "valid"),
    [
        (None, False),
        (GOOD, True),
        (License(tier="A", expires=TODAY), False),
        (License(tier="A", expires=TODAY + dt.timedelta(1)), True),
        (License(tier="A", status=LicenseStatus.PENDING), None),
        (License(tier="A", status=LicenseStatus.SUSPENDED), False),
        (License(tier="A", status=LicenseStatus.EXPIRED), False),
    ],
)
def test_a_licence_is_valid_until_it_ends(contract: License | None, valid: bool | None) -> None:
    assert is_licensed(contract, TODAY) is valid


def test_an_end_that_cannot_be_compared_is_not_known() -> None:
    assert is_licensed(License(tier="A", expires=TODAY), None) is None


@pytest.mark.parametrize("values", [[90, 90], [0, 100, 50], [97, 96, 97], [3, 0], [100, 99]])
def test_a_trend_stays_within_its_picture(values: list[int]) -> None:
    days = [
        DayFile(day=TODAY + dt.timedelta(at), health={SectorId("Garden"): value})
        for at, value in enumerate(values)
    ]
    given = families(days=tuple(days))
    drawn = trend(given.healths, SectorId("Garden"))
    assert drawn
    points = [tuple(map(float, point.split(","))) for point in drawn.line.split()]
    assert len(points) == len(values)
    assert all(0 <= x <= 100 and 0 <= y <= 24 for x, y in points)
    assert f"{values[-1]} % on" in drawn.words

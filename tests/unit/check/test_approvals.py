"""check_approvals: approvals that approve of nothing."""

import datetime as dt

import pytest

from omnigrid.check.approvals import check_approvals
from omnigrid.check.files import Files, judge
from omnigrid.load.portfolio import SourceFile, parse_document
from omnigrid.model.findings import Finding, Severity
from omnigrid.model.names import SourcePath
from omnigrid.model.source import Document, Kind, Reading

CONFIG = """
name: P
targets:
  - {name: brands, repository: "x/{brand.slug}.git", approval: true}
  - {name: sectors, repository: "y/{sector.slug}.git", approval: true}
  - {name: free, repository: z.git}
"""
BRAND = """
id: FAA-001
name: Actuary
sector: Law
tagline: T
description: D
owner: O
"""
SECTOR = "{id: Law, name: Law, description: D, template: plain}"


def reading(kind: Kind, path: str, text: str) -> Reading:
    document = parse_document(SourceFile(kind, SourcePath(path)), text.encode())
    assert isinstance(document, Document)
    return judge(document)


def findings(text: str, dated: dt.date | None = dt.date(2026, 6, 15)) -> list[Finding]:
    readings = (
        reading(Kind.CONFIG, "omnigrid.yaml", CONFIG),
        reading(Kind.SECTOR, "sectors/law.yaml", SECTOR),
        reading(Kind.BRAND, "brands/law/actuary.yaml", BRAND),
        reading(Kind.APPROVALS, "approvals.yaml", text),
    )
    assert all(each.findings == () for each in readings)
    return list(check_approvals(Files(readings), dated))


def one(**keys: str) -> str:
    told = {"target": "brands", "by": "Jane", "scope": "all", "until": "2026-12-31", **keys}
    return "approvals:\n  - " + "\n    ".join(f"{key}: {value}" for key, value in told.items())


@pytest.mark.parametrize("target", ["brands", "brands/actuary", "sectors", "sectors/law"])
def test_the_name_of_a_rule_or_of_what_it_gives(target: str) -> None:
    assert findings(one(target=target)) == []


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("brand", 'did you mean "brands"?'),
        ("brands/actuari", 'did you mean "brands/actuary"?'),
        ("zzz", "omnigrid.yaml names: brands, sectors, free"),
    ],
)
def test_an_unknown_target_has_a_near_miss(target: str, hint: str) -> None:
    (found,) = findings(one(target=target))
    assert (found.code, found.hint) == ("OG511", hint)
    assert found.place.keys == ("approvals", 0, "target")


def test_a_target_that_demands_none_is_a_doubt() -> None:
    (found,) = findings(one(target="free"))
    assert (found.code, found.severity) == ("OG513", Severity.WARNING)


@pytest.mark.parametrize("scope", ["sectors", "brands", "commit"])
def test_a_scope_needs_its_key(scope: str) -> None:
    (found,) = findings(one(scope=scope))
    assert (found.code, found.place.keys) == ("OG512", ("approvals", 0, "scope"))
    assert f"`{scope}:`" in found.message


def test_a_key_that_the_scope_does_not_ask_for_is_refused() -> None:
    (found,) = findings(one(sectors="[Law]"))
    assert (found.code, found.place.keys) == ("OG512", ("approvals", 0, "sectors"))
    assert "`scope: sectors`" in found.hint


def test_unknown_sectors_and_brands() -> None:
    (sector,) = findings(one(scope="sectors", sectors="[Law, Low]"))
    assert (sector.code, sector.hint) == ("OG104", 'did you mean "Law"?')
    assert sector.place.keys == ("approvals", 0, "sectors", 1)
    (brand,) = findings(one(scope="brands", brands="[FAA-010]"))
    assert (brand.code, brand.hint) == ("OG104", 'did you mean "FAA-001"?')


def test_one_that_has_ended_is_a_doubt() -> None:
    assert findings(one(until="2026-06-15")) == []
    (found,) = findings(one(until="2026-06-14"))
    assert (found.code, found.severity) == ("OG514", Severity.WARNING)
    assert findings(one(until="2026-06-14"), None) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("until", "soon"), ("commit", "abc1234"), ("scope", "everything"), ("who", "Jane")],
)
def test_what_does_not_fit_the_shape(key: str, value: str) -> None:
    found = reading(Kind.APPROVALS, "approvals.yaml", one(**{key: value}))
    assert [each.place.keys[:2] for each in found.findings] == [("approvals", 0)]

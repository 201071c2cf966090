"""The judgement: every fault of every file, at its place."""

from typing import Any

import pytest

from omnigrid.check.files import judge
from omnigrid.check.portfolio import Checked, check_portfolio
from omnigrid.check.shapes import MAX_FINDINGS
from omnigrid.model.findings import Finding
from omnigrid.model.names import PackId, SourcePath
from omnigrid.model.source import Document, Kind, Readings
from support.values import TODAY

CONFIG = {"name": "Test"}
PACK = {"id": "plain", "name": "Plain", "version": "1.0.0", "api": "1", "description": "d"}
SECTOR = {"id": "Garden", "name": "Garden", "description": "d", "template": "plain"}
BRAND = {
    "id": "TST-001",
    "name": "Spade™",
    "sector": "Garden",
    "tagline": "t",
    "description": "d",
    "owner": "o",
    "keywords": ["digging"],
    "license": {"tier": "Standard"},
}
OTHER = BRAND | {"id": "TST-002", "name": "Rake™"}
PAGE = {"title": "T", "intent": "dig"}


def document(kind: Kind, path: str, data: Any) -> Document:
    return Document(kind, SourcePath(path), data)


def check(*more: Document, **brand: Any) -> Checked:
    """Check a small portfolio: its only brand changed by ``brand``, and with ``more`` files."""
    facts = {key: value for key, value in (BRAND | brand).items() if value is not ...}
    documents = (
        document(Kind.CONFIG, "omnigrid.yaml", CONFIG),
        document(Kind.SECTOR, "sectors/garden.yaml", SECTOR),
        document(Kind.BRAND, "brands/spade.yaml", facts),
        document(Kind.PACK, "template_packs/plain/pack.yaml", PACK),
        *more,
    )
    readings = Readings(tuple(map(judge, documents)), frozenset({PackId("plain")}))
    return check_portfolio(readings, TODAY)


def only(checked: Checked) -> Finding:
    assert checked.portfolio is None
    (finding,) = checked.findings
    return finding


def test_a_sound_portfolio_is_resolved() -> None:
    checked = check()
    assert checked.findings == ()
    assert checked.portfolio is not None
    (brand,) = checked.portfolio.brands
    assert (brand.slug, brand.template, brand.name) == ("spade", "plain", "Spade™")
    assert brand.accent.startswith("#")


@pytest.mark.parametrize(
    ("change", "code", "keys", "said"),
    [
        ({"sector": "Gardn"}, "OG104", ("sector",), 'did you mean "Garden" (sectors/garden.yaml)'),
        ({"template": "plane"}, "OG104", ("template",), 'did you mean "plain"'),
        ({"taglin": "x"}, "OG102", ("taglin",), 'did you mean "tagline"'),
        ({"owner": ...}, "OG103", (), "add `owner:`"),
        ({"keywords": "one"}, "OG105", ("keywords",), "[one]"),
        ({"priority": "hihg"}, "OG105", ("priority",), 'did you mean "high"'),
        ({"id": "7"}, "OG105", ("id",), "an id such as FAA-001"),
        ({"trademark": {"classes": ["9", "x"]}}, "OG105", ("trademark", "classes", 1), "1 to 45"),
        ({"trademark": "9"}, "OG105", ("trademark",), "keys of its own"),
        ({"license": {"tier": "A", "expires": "soon"}}, "OG105", ("license", "expires"), "2026-"),
        ({"license": {}}, "OG103", ("license",), "`tier:`"),
        ({"theme": {"accent": "red"}}, "OG105", ("theme", "accent"), "#0b7285"),
        ({"links": {"a": "javascript:alert(1)"}}, "OG105", ("links", "a"), "https://"),
        ({"domain": "Not A Domain"}, "OG105", ("domain",), "lower case"),
        ({"logo": "../secret.svg"}, "OG105", ("logo",), "path"),
        ({"tagline": "x" * 201}, "OG105", ("tagline",), "1 to 200 characters"),
        ({"name": ["a"]}, "OG105", ("name",), "1 to 200 characters"),
        ({"contact": {"email": "me"}}, "OG105", ("contact", "email"), "e-mail"),
    ],
)
def test_a_fault_is_found_at_its_key(
    change: dict[str, Any], code: str, keys: tuple[Any, ...], said: str
) -> None:
    finding = only(check(**change))
    assert (finding.code, finding.place.keys) == (code, keys)
    assert said in finding.hint


def test_all_faults_of_a_file_are_found_at_once() -> None:
    checked = check(id="x", priority="never", colour="red", tagline=...)
    assert sorted(f.code for f in checked.findings) == ["OG102", "OG103", "OG105", "OG105"]


def test_a_file_with_endless_faults_is_cut_short() -> None:
    checked = check(**{f"key{number}": "x" for number in range(MAX_FINDINGS + 5)})
    assert len(checked.findings) == MAX_FINDINGS + 1
    assert f"more than {MAX_FINDINGS} faults" in checked.findings[-1].message


def test_a_text_whose_quotes_took_in_the_keys_below_it_is_one_fault() -> None:
    finding = only(check(tagline="Pans owner: us priority: urgent", owner=..., priority=...))
    assert (finding.code, finding.place.keys) == ("OG103", ("tagline",))
    assert '"owner"' in finding.message


def test_half_a_secret_is_not_repeated() -> None:
    finding = only(check(priority="x" * 20 + "github_pat_" + "11ABCDEFG0" * 8))
    assert "11ABC" not in finding.message


def test_a_file_that_holds_a_list_is_one_fault() -> None:
    finding = only(check(document(Kind.BRAND, "brands/x.yaml", ["a"])))
    assert "the file must be keys of its own" in finding.message


@pytest.mark.parametrize(
    ("kind", "path", "data", "code", "said"),
    [
        (Kind.BRAND, "brands/other.yaml", BRAND, "OG201", "brands/spade.yaml"),
        (Kind.SECTOR, "sectors/other.yaml", SECTOR, "OG201", "sectors/garden.yaml"),
        (Kind.SECTOR, "sectors/x.yaml", SECTOR | {"id": "garden"}, "OG201", '"Garden"'),
        (Kind.BRAND, "brands/b/spade.yaml", OTHER, "OG202", "spade"),
        (Kind.BRAND, "brands/My Brand.yaml", OTHER, "OG111", "My Brand"),
        (Kind.BRAND, "brands/con.yaml", OTHER, "OG111", "reserved"),
        (Kind.PAGE, "content/index.md", PAGE, "OG111", "reserved"),
        (Kind.PAGE, "content/x.md", {"title": "T"}, "OG103", "neither an intent nor a brand"),
        (Kind.PAGE, "content/x.md", PAGE | {"brand": "TST-009"}, "OG104", "TST-009"),
        (Kind.PACK, "template_packs/q/pack.yaml", PACK | {"id": "p"}, "OG401", "folder"),
    ],
)
def test_faults_between_files(
    kind: Kind, path: str, data: dict[str, Any], code: str, said: str
) -> None:
    finding = only(check(document(kind, path, data)))
    assert finding.code == code
    assert said in finding.message + finding.hint
    assert finding.place.path == path


def test_the_same_domain_twice() -> None:
    other = OTHER | {"domain": "spade.example"}
    checked = check(document(Kind.BRAND, "brands/b.yaml", other), domain="spade.example")
    assert only(checked).code == "OG203"


def test_a_broken_file_does_not_make_its_id_unknown() -> None:
    broken = document(Kind.SECTOR, "sectors/new.yaml", {"id": "New", "name": "New"})
    user = document(Kind.BRAND, "brands/b.yaml", OTHER | {"sector": "New"})
    assert {f.code for f in check(broken, user).findings} == {"OG103"}


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({}, True),
        ({"draft": "true"}, False),
        ({"expires": "2026-11-01"}, False),
        ({"expires": "2026-11-02"}, True),
    ],
)
def test_drafts_and_expired_pages_are_left_out(change: dict[str, Any], shown: bool) -> None:
    checked = check(document(Kind.PAGE, "content/x.md", PAGE | change))
    assert checked.portfolio is not None
    assert bool(checked.portfolio.pages) is shown

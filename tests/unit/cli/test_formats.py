"""Diagnostics for other programs: shapes, escapes, and any text at all."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.cli.formats.github import github_text
from omnigrid.cli.formats.junit import junit_text
from omnigrid.cli.formats.sarif import sarif_text, utf16_column
from omnigrid.model.codes import CODES
from omnigrid.model.findings import Diagnostic, Severity, Span
from omnigrid.model.names import SourcePath


def diagnostic(**given_: Any) -> Diagnostic:
    facts: dict[str, Any] = {
        "path": SourcePath("brands/a b.yaml"),
        "span": Span(3, 9, 15),
        "code": "OG104",
        "severity": Severity.ERROR,
        "message": 'unknown sector "Gardn"',
        "hint": 'did you mean "Garden"?',
        "snippet": "sector: Gardn",
    }
    return Diagnostic(**(facts | given_))


def test_a_github_command_is_escaped() -> None:
    fault = diagnostic(path="brands/a,b:c%.yaml", message="100 %\r\nsure: yes, sir")
    assert github_text([fault], "site/") == (
        "::error file=site/brands/a%2Cb%3Ac%25.yaml,line=3,endLine=3,col=9,endColumn=15,"
        "title=OG104%3A a name that refers to nothing::"
        '100 %25%0D%0Asure: yes, sir%0Ahint: did you mean "Garden"?'
    )


def test_a_warning_is_a_github_warning() -> None:
    assert github_text([diagnostic(severity=Severity.WARNING)]).startswith("::warning file=")


def test_sarif_has_the_shape_of_its_specification() -> None:
    document = json.loads(sarif_text([diagnostic(), diagnostic(code="OG301", hint="")], "x/"))
    assert (document["version"], len(document["runs"])) == ("2.1.0", 1)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(CODES)
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        where = location["physicalLocation"]
        assert where["artifactLocation"] == {
            "uri": "x/brands/a%20b.yaml",
            "uriBaseId": "%SRCROOT%",
        }
        assert where["region"] == {
            "startLine": 3,
            "startColumn": 9,
            "endLine": 3,
            "endColumn": 15,
            "snippet": {"text": "sector: Gardn"},
        }


@pytest.mark.parametrize(
    ("line", "column", "units"), [("a😀b", 2, 2), ("a😀b", 3, 4), ("é b", 3, 3)]
)
def test_sarif_counts_in_utf16(line: str, column: int, units: int) -> None:
    assert utf16_column(line, column) == units
    assert len(line[: column - 1].encode("utf-16-le")) // 2 == units - 1


def test_junit_has_a_case_for_each_file() -> None:
    doubt = diagnostic(path="brands/z.yaml", severity=Severity.WARNING)
    suites = ET.fromstring(junit_text([diagnostic(), diagnostic(code="OG102"), doubt]))  # noqa: S314
    assert suites.attrib == {"name": "omnigrid check", "tests": "2", "failures": "1"}
    broken, doubtful = suites.iter("testcase")
    failure = broken.find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "OG102, OG104", "message": "2 errors"}
    assert (failure.text or "").count("unknown sector") == 2
    assert doubtful.find("failure") is None
    assert "unknown sector" in (doubtful.findtext("system-out") or "")


def test_junit_of_a_sound_portfolio_is_one_case_that_passed() -> None:
    suites = ET.fromstring(junit_text([]))  # noqa: S314
    assert suites.attrib == {"name": "omnigrid check", "tests": "1", "failures": "0"}


_ANY = st.text(max_size=60)


@given(_ANY, _ANY, _ANY)
def test_any_text_gives_a_sound_report(message: str, hint: str, snippet: str) -> None:
    fault = diagnostic(message=message, hint=hint, snippet=snippet)
    assert len(github_text([fault]).splitlines()) >= 1
    assert github_text([fault]).count("\n") == 0
    assert ET.fromstring(junit_text([fault])).find(".//failure") is not None  # noqa: S314
    (result,) = json.loads(sarif_text([fault]))["runs"][0]["results"]
    assert result["message"]["text"].startswith(message)

"""JUnit XML, which every CI system shows as a list of tests: a test case for each file.

Source: the schema of the Jenkins xUnit plugin, which all readers of the format accept.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from omnigrid.cli.diagnostics import plain_text, summary
from omnigrid.model.findings import Diagnostic, Severity

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, not even escaped (XML 1.0, 2.2 "Characters")."""


def junit_text(diagnostics: Sequence[Diagnostic], prefix: str = "") -> str:
    """Return one suite: a failed case for each file with errors, a passed one with only warnings.

    A portfolio without any is one case that passed, as an empty report is a fault to many readers.
    """
    files = [(path, list(group)) for path, group in groupby(diagnostics, lambda each: each.path)]
    cases = [_case(prefix + path, group) for path, group in files]
    cases = cases or [_case(f"{prefix}omnigrid.yaml", [])]
    failed = sum(case.find("failure") is not None for case in cases)
    counts = {"name": "omnigrid check", "tests": str(len(cases)), "failures": str(failed)}
    suites = ET.Element("testsuites", counts)
    ET.SubElement(suites, "testsuite", counts | {"errors": "0", "skipped": "0"}).extend(cases)
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=False)


def _case(path: str, diagnostics: list[Diagnostic]) -> ET.Element:
    case = ET.Element("testcase", {"classname": "omnigrid.check", "name": _xml(path)})
    text = _xml("\n\n".join(map(plain_text, diagnostics)))
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    if errors:
        codes = ", ".join(sorted({each.code for each in errors}))
        said = errors[0].message if len(errors) == 1 else summary(errors)
        failure = ET.SubElement(case, "failure", {"type": codes, "message": _xml(said)})
        failure.text = text
    elif diagnostics:
        ET.SubElement(case, "system-out").text = text
    return case


def _xml(text: str) -> str:
    return _NOT_XML.sub("�", text)

"""SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), for code scanning."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from omnigrid import __version__
from omnigrid.model.codes import CODES
from omnigrid.model.findings import Diagnostic, Span

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_RULES = {code: number for number, code in enumerate(sorted(CODES))}


def sarif_text(diagnostics: Sequence[Diagnostic], prefix: str = "") -> str:
    """Return one run with all codes as its rules, as JSON."""
    run = {
        "tool": {
            "driver": {
                "name": "omnigrid",
                "semanticVersion": __version__,
                "rules": [_rule(code) for code in _RULES],
            }
        },
        "columnKind": "utf16CodeUnits",
        "results": [_result(diagnostic, prefix) for diagnostic in diagnostics],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False)


def _rule(code: str) -> dict[str, Any]:
    page = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "help": {"text": page.text, "markdown": page.text},
    }


def _result(diagnostic: Diagnostic, prefix: str) -> dict[str, Any]:
    hint = f"\nhint: {diagnostic.hint}" if diagnostic.hint else ""
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": _RULES[diagnostic.code],
        "level": diagnostic.severity.value,
        "message": {"text": diagnostic.message + hint},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": quote(prefix + diagnostic.path),
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": _region(diagnostic.span, diagnostic.snippet),
                }
            }
        ],
    }


def _region(span: Span, line: str) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": span.line,
        "startColumn": utf16_column(line, span.column),
        "endLine": span.line,
        "endColumn": utf16_column(line, span.end_column),
    }
    return region | ({"snippet": {"text": line}} if line else {})


def utf16_column(line: str, column: int) -> int:
    """Return a column that counts characters as one that counts UTF-16 code units, both from 1."""
    return column + sum(1 for character in line[: column - 1] if ord(character) > 0xFFFF)

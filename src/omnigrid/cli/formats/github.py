"""GitHub's workflow commands: each fault as a note at its line of a pull request.

Source: GitHub, "Workflow commands for GitHub Actions", and the escaping of its own toolkit
(actions/toolkit, packages/core/src/command.ts).
"""

from collections.abc import Sequence

from omnigrid.model.codes import CODES
from omnigrid.model.findings import Diagnostic


def github_text(diagnostics: Sequence[Diagnostic], prefix: str = "") -> str:
    """Return one command a line."""
    return "\n".join(_command(diagnostic, prefix) for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic, prefix: str) -> str:
    span = diagnostic.span
    properties = {
        "file": prefix + diagnostic.path,
        "line": str(span.line),
        "endLine": str(span.line),
        "col": str(span.column),
        "endColumn": str(span.end_column),
        "title": f"{diagnostic.code}: {CODES[diagnostic.code].title}",
    }
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = diagnostic.message + (f"\nhint: {diagnostic.hint}" if diagnostic.hint else "")
    return f"::{diagnostic.severity} {said}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

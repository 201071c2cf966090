"""Diagnostics and errors as pages show them, with an address that opens the place in an editor."""

import re
from pathlib import Path
from urllib.parse import quote

import click

from omnigrid.cli.diagnostics import marked_line
from omnigrid.model.errors import OmnigridError
from omnigrid.model.findings import Diagnostic
from omnigrid.model.service import Fault

DEFAULT_EDITOR = "vscode://file{path}:{line}:{column}"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HARMFUL = {"javascript", "data", "vbscript", "file", "blob", "about"}


def check_editor(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Return a pattern of addresses that open an editor. Raises BadParameter."""
    scheme = _SCHEME.match(value)
    if scheme is None or scheme[1].lower() in _HARMFUL or "{path}" not in value:
        raise click.BadParameter(f"write an address such as {DEFAULT_EDITOR}")
    return value


def fault_of(diagnostic: Diagnostic, root: Path, editor: str) -> Fault:
    """Return a diagnostic of a portfolio at ``root`` as a page shows it."""
    line, before, marks = marked_line(diagnostic)
    span, file = diagnostic.span, root / diagnostic.path
    return Fault(
        severity=diagnostic.severity,
        code=diagnostic.code,
        message=diagnostic.message,
        path=diagnostic.path,
        line=span.line,
        column=span.column,
        hint=diagnostic.hint,
        snippet=line,
        caret=f"{before}{marks}" if line else "",
        editor=_address(editor, file, span.line, span.column) if file.exists() else "",
    )


def faults_of(error: Exception, root: Path, editor: str) -> tuple[Fault, ...]:
    """Return all that an error says as a page shows it."""
    diagnostics = getattr(error, "diagnostics", ())
    if diagnostics:
        return tuple(fault_of(each, root, editor) for each in diagnostics)
    if isinstance(error, OmnigridError):
        return (Fault("error", "", error.message, hint=error.hint),)
    what = f"this is a bug of omnigrid, not your mistake: {type(error).__name__}: {error}"
    return (Fault("error", "", what, hint="the terminal of the preview shows more"),)


def _address(editor: str, file: Path, line: int, column: int) -> str:
    known = {"{path}": quote(str(file)), "{line}": str(line), "{column}": str(column)}
    for name, value in known.items():
        editor = editor.replace(name, value)
    return editor

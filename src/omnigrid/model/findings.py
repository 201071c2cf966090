"""What is wrong with the input, first by key (Finding), then by line and column (Diagnostic)."""

import enum

import msgspec

from omnigrid.model.names import SourcePath

_Key = str | int
Keys = tuple[_Key, ...]
"""The way to a value inside a document: mapping keys and list indexes, from the outside in."""


class Severity(enum.StrEnum):
    """How bad it is: an error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of one line. Lines and columns count from 1, columns in characters."""

    line: int
    column: int
    end_column: int


class Place(msgspec.Struct, frozen=True):
    """Where in a file. ``span`` is known for syntax faults; otherwise ``keys`` lead to it.

    ``on_key`` points at the last key itself rather than at its value.
    """

    path: SourcePath
    keys: Keys = ()
    on_key: bool = False
    span: Span | None = None


class Finding(msgspec.Struct, frozen=True):
    """One fault or doubt, as the checks see it: no lines yet, they cost a second parse."""

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = Severity.ERROR


class Diagnostic(msgspec.Struct, frozen=True, order=True):
    """A finding with its line, column and source line: what an editor needs to mend it."""

    path: SourcePath
    span: Span
    code: str
    severity: Severity
    message: str
    hint: str
    snippet: str
    """The source line, without its line end; empty where the file has no such line."""

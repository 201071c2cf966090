"""The slow path: lines and columns for findings, by parsing again the files that have one."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from omnigrid.load.front_matter import split_front_matter
from omnigrid.load.portfolio import SourceFile, read_text
from omnigrid.model.findings import Diagnostic, Finding, Place, Span
from omnigrid.model.names import SourcePath, printable
from omnigrid.model.secrets import mask_secrets
from omnigrid.model.source import Kind
from omnigrid.model.tree import MEASUREMENTS_NAME, FileTree

if TYPE_CHECKING:
    from omnigrid.load.yaml import Positions

_START = Span(1, 1, 2)


def locate(tree: FileTree, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
    """Return the findings with line, column and source line, sorted by file and place."""
    by_path: dict[SourcePath, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.place.path].append(finding)
    return tuple(
        sorted(
            diagnostic
            for path, group in by_path.items()
            for diagnostic in _located(tree, path, group)
        )
    )


def _located(tree: FileTree, path: SourcePath, findings: list[Finding]) -> Iterable[Diagnostic]:
    kind = _kind(path)
    text = read_text(tree, SourceFile(kind, path))
    lines = mask_secrets(text).split("\n") if isinstance(text, str) else []
    positions: Positions | None = None
    for finding in findings:
        span = finding.place.span
        if span is None:
            if positions is None:
                positions = _positions(text, kind) if isinstance(text, str) else {}
            span = _span(positions, finding.place)
        yield Diagnostic(
            path=SourcePath(printable(path)),
            span=span,
            code=finding.code,
            severity=finding.severity,
            message=printable(mask_secrets(finding.message)),
            hint=printable(mask_secrets(finding.hint)),
            snippet=lines[span.line - 1] if span.line <= len(lines) else "",
        )


def _kind(path: SourcePath) -> Kind:
    """Return a kind of files that are read as this one is."""
    if path == MEASUREMENTS_NAME:
        return Kind.MEASUREMENTS
    return Kind.PAGE if path.endswith(".md") else Kind.BRAND


def _positions(text: str, kind: Kind) -> "Positions":
    from omnigrid.load.yaml import yaml_positions  # noqa: PLC0415  (as in load/portfolio.py)

    if kind is not Kind.PAGE:
        return yaml_positions(text)
    parts = split_front_matter(text)
    if parts is None:
        return {}
    return {
        keys: spans._replace(
            key=_lower(spans.key, parts.offset) if spans.key else None,
            value=_lower(spans.value, parts.offset),
        )
        for keys, spans in yaml_positions(parts.head).items()
    }


def _lower(span: Span, lines: int) -> Span:
    return Span(span.line + lines, span.column, span.end_column)


def _span(positions: "Positions", place: Place) -> Span:
    """Return the span of a place; of the nearest thing around it where it is not written."""
    keys = place.keys
    exact = positions.get(keys)
    if exact is not None:
        return exact.key if place.on_key and exact.key else exact.value
    while keys:
        keys = keys[:-1]
        around = positions.get(keys)
        if around is not None and keys:
            return around.key or around.value
    return _START

"""Configuration from the environment: ``OMNIGRID__PUBLISH__BUDGET_SECONDS=60``.

Each variable overrides one value of ``omnigrid.yaml``; two underscores separate the keys.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from omnigrid.model.findings import Finding, Keys, Place
from omnigrid.model.names import SourcePath
from omnigrid.model.source import Document

PREFIX = "OMNIGRID__"

Overrides = Mapping[Keys, str]
"""The value of each overridden key."""
NO_OVERRIDES: Overrides = MappingProxyType({})


def read_overrides(environment: Mapping[str, str]) -> dict[Keys, str]:
    """Return the values that the environment sets, by the way to their key."""
    return {
        tuple(name.removeprefix(PREFIX).lower().split("__")): value
        for name, value in sorted(environment.items())
        if name.startswith(PREFIX)
    }


def variable_of(keys: Keys) -> str:
    """Return the name of the variable that overrides a key."""
    return PREFIX + "__".join(map(str, keys)).upper()


def override(document: Document, overrides: Overrides) -> Document:
    """Return the configuration's document with values overridden."""
    data = document.data if isinstance(document.data, dict) else {}
    for keys, value in overrides.items():
        data = _set(data, keys, value)
    return msgspec.structs.replace(document, data=data) if overrides else document


def _set(data: Mapping[str, Any], keys: Keys, value: str) -> dict[str, Any]:
    first, rest = str(keys[0]), keys[1:]
    inner = data.get(first)
    nested = _set(inner if isinstance(inner, dict) else {}, rest, value) if rest else value
    return {**data, first: nested}


def attribute(findings: Iterable[Finding], overrides: Overrides) -> tuple[Finding, ...]:
    """Return the findings; those on an overridden value name its variable as their place."""
    return tuple(_attributed(finding, overrides) for finding in findings)


def _attributed(finding: Finding, overrides: Overrides) -> Finding:
    keys = finding.place.keys
    if finding.place.path == "omnigrid.yaml" and keys:
        for overridden in overrides:
            if keys[: len(overridden)] == overridden or overridden[: len(keys)] == keys:
                place = Place(SourcePath(variable_of(overridden)))
                return msgspec.structs.replace(finding, place=place)
    return finding

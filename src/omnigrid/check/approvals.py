"""Rules for approvals: each names a target that there is, and says what its scope needs."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from omnigrid.check.files import Files, Typed
from omnigrid.check.nearest import Names, did_you_mean
from omnigrid.model.approvals import ApprovalFile, ApprovalsFile, Scope
from omnigrid.model.files import ConfigFile
from omnigrid.model.findings import Finding, Place, Severity
from omnigrid.model.names import SourcePath
from omnigrid.model.patterns import Pattern

_KEYS = {Scope.SECTORS: "sectors", Scope.BRANDS: "brands", Scope.COMMIT: "commit"}
"""The key that a scope needs beside it."""
_LISTED = 8


class _Known(NamedTuple):
    """The names that approvals may use: each with whether it is a target that demands one."""

    targets: Mapping[str, bool]
    sectors: Names
    brands: Names
    ids: frozenset[str]


def check_approvals(files: Files, dated: dt.date | None) -> Iterator[Finding]:
    """Yield every approval that approves of nothing, or has ended by the day ``dated``."""
    if files.config is None or not files.approvals:
        return
    known = _known(files, files.config)
    names = Names(known.targets)
    for typed in files.approvals:
        for number, approval in enumerate(typed.file.approvals):
            at = _At(typed, number)
            yield from _target_findings(at, approval, known, names)
            yield from _scope_findings(at, approval)
            yield from _id_findings(at, "sectors", approval.sectors, known, known.sectors)
            yield from _id_findings(at, "brands", approval.brands, known, known.brands)
            yield from _day_findings(at, approval, dated)


class _At(NamedTuple):
    """An approval's place."""

    typed: Typed[ApprovalsFile]
    number: int

    def key(self, *keys: str | int) -> Place:
        return Place(self.path, ("approvals", self.number, *keys))

    @property
    def path(self) -> SourcePath:
        return self.typed.path


def _known(files: Files, config: ConfigFile) -> _Known:
    sectors = {str(each.file.id): each.path for each in files.sectors}
    brands = {str(each.file.id): each.path for each in files.brands}
    by_brand = [each.slug for each in files.brands]
    by_sector = [each.slug for each in files.sectors]
    targets: dict[str, bool] = {}
    for rule in config.targets:
        pattern = Pattern(rule.repository)
        parts = by_brand if pattern.names_brands else by_sector if pattern.names_sectors else []
        names = (rule.name, *(f"{rule.name}/{part}" for part in parts))
        targets |= dict.fromkeys(names, rule.approval)
    return _Known(targets, Names(sectors), Names(brands), frozenset({*sectors, *brands}))


def _target_findings(
    at: _At, approval: ApprovalFile, known: _Known, names: Names
) -> Iterator[Finding]:
    place = at.key("target")
    if approval.target not in known.targets:
        rules = [name for name in known.targets if "/" not in name]
        hint = (
            did_you_mean(names.nearest(approval.target)) or f"omnigrid.yaml names: {_listed(rules)}"
        )
        yield Finding("OG511", f'there is no target "{approval.target}"', place, hint)
    elif not known.targets[approval.target]:
        yield Finding(
            "OG513",
            f'target "{approval.target}" demands no approval',
            place,
            "write `approval: true` at the target in omnigrid.yaml, or take the approval out",
            Severity.WARNING,
        )


def _scope_findings(at: _At, approval: ApprovalFile) -> Iterator[Finding]:
    needed = _KEYS.get(approval.scope)
    for key in _KEYS.values():
        is_written = bool(getattr(approval, key))
        if key == needed and not is_written:
            yield Finding(
                "OG512",
                f'the scope "{approval.scope}" says nothing without `{key}:`',
                at.key("scope"),
                f"add `{key}:` with what is approved of",
            )
        elif key != needed and is_written:
            yield Finding(
                "OG512",
                f'`{key}:` means nothing beside the scope "{approval.scope}"',
                Place(at.path, ("approvals", at.number, key), on_key=True),
                f"write `scope: {_scope_of(key)}`, or take `{key}:` out",
            )


def _scope_of(key: str) -> Scope:
    return next(scope for scope, needed in _KEYS.items() if needed == key)


def _id_findings(
    at: _At, key: str, ids: Iterable[str], known: _Known, names: Names
) -> Iterator[Finding]:
    for number, each in enumerate(ids):
        if each not in known.ids:
            hint = did_you_mean(names.nearest(each)) or f"`omnigrid list {key}` prints the ids"
            place = at.key(key, number)
            yield Finding("OG104", f'unknown {key.removesuffix("s")} "{each}"', place, hint)


def _day_findings(at: _At, approval: ApprovalFile, dated: dt.date | None) -> Iterator[Finding]:
    if dated and approval.until < dated:
        yield Finding(
            "OG514",
            f"the approval by {approval.by} ended on {approval.until}",
            at.key("until"),
            "have it approved of again, with a later day, or take it out",
            Severity.WARNING,
        )


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")

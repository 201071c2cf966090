"""Targets without a configuration around them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from omnigrid.model.names import BlobId, OutPath
from omnigrid.model.publishing import Destination, Target
from omnigrid.model.targets import HostKind, TargetFile
from omnigrid.plan.hosts import root_of


def destination_of(
    repository: str | Path, branch: str = "main", name: str = "portfolio"
) -> Destination:
    """Return a branch that is to carry the whole build."""
    rule = TargetFile(name=name, repository=str(repository), branch=branch)
    return Destination(name=name, rule=rule, repository=str(repository), branch=branch)


def placed(kind: HostKind, branch: str = "main", **given: Any) -> Destination:
    """Return a branch of a repository on a kind of host; the branch of its rule is ``main``."""
    address = str(given.pop("repository", "/r.git"))
    rule = TargetFile(name="t", kind=kind, repository=address, **given.pop("says", {}))
    facts = {"name": "t", "repository": address, "branch": branch, "root": root_of(kind)}
    return Destination(rule=rule, **(facts | given))


def target_of(
    files: Mapping[OutPath, BlobId],
    repository: str | Path = "/r.git",
    branch: str = "main",
    name: str = "portfolio",
) -> Target:
    """Return a target with these files."""
    return Target(destination_of(repository, branch, name), dict(files))

"""A guard: a publish that would take away many sites is more often a mistake than a wish."""

from collections.abc import Iterable

from omnigrid.model.errors import Conflict
from omnigrid.model.publishing import Live, Target

LARGEST_LOSS = 0.3
"""The share of a target's sites that may go in one publish."""


def refuse_shrinking(target: Target, live: Live) -> None:
    """Raise Conflict when a target would lose all, or 30 % or more, of the sites it has now."""
    before, after = _sites(live.owned), _sites(target.files)
    if not before or (after and len(after) > len(before) * (1 - LARGEST_LOSS)):
        return
    raise Conflict(
        f'target "{target.name}" has {len(before)} sites, this build has {len(after)}',
        "nothing was published; if so many are to go, publish again with --allow-prune",
    )


def _sites(paths: Iterable[str]) -> set[str]:
    return {path for path in paths if is_of_a_site(path)}


def is_of_a_site(path: str) -> bool:
    """Whether a file is one that each site has, and nothing else: its settings."""
    return path.rpartition("/")[2] == "config.json"

"""The website where a portfolio's files are edited and discussed."""

import re

from msgspec import Struct

from omnigrid.model.files import ConfigFile, ForgeFile, ForgeKind

_HOSTS = (
    (re.compile(r"(^|\.)github\.com$"), ForgeKind.GITHUB),
    (re.compile(r"(^|[.-])gitlab([.-]|$)"), ForgeKind.GITLAB),
    (re.compile(r"(^|\.)codeberg\.org$|(^|[.-])(forgejo|gitea)([.-]|$)"), ForgeKind.FORGEJO),
)
"""Parts of host names that tell which program runs there."""


class Forge(Struct, frozen=True):
    """A repository on a forge of a known kind. ``address`` has no slash at its end."""

    address: str
    branch: str
    kind: ForgeKind


def known_forge(file: ForgeFile) -> Forge | None:
    """Return the forge, its kind as stated or told by its host; None where neither says it."""
    host = file.repository.split("/")[2].partition(":")[0].lower()
    told = next((kind for pattern, kind in _HOSTS if pattern.search(host)), None)
    kind = file.kind or told
    return Forge(file.repository.removesuffix(".git"), file.branch, kind) if kind else None


def forge_of(config: ConfigFile) -> Forge | None:
    """Return the configured forge; None where there is none."""
    return known_forge(config.forge) if config.forge else None

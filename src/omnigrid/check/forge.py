"""Rules of the configuration's `forge:`."""

from collections.abc import Iterator

from omnigrid.model.files import ConfigFile, ForgeKind
from omnigrid.model.findings import Finding, Place
from omnigrid.model.forge import known_forge
from omnigrid.model.names import SourcePath


def check_forge(config: ConfigFile) -> Iterator[Finding]:
    """Yield a finding where nothing says which program runs at the forge's address."""
    if config.forge and known_forge(config.forge) is None:
        yield Finding(
            "OG103",
            "the address does not tell what kind of forge it is",
            Place(SourcePath("omnigrid.yaml"), ("forge", "repository")),
            f"add `kind:` below `forge:`, one of {', '.join(ForgeKind)}",
        )

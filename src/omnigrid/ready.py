"""What is ready to be published: a build that stands, and where all of it goes.

Right after a build nothing has to be planned again: where every target takes the whole build, the
configuration alone says where it goes, and no brand is read.
"""

from msgspec import Struct

from omnigrid.check.files import judge
from omnigrid.load.overrides import override
from omnigrid.load.portfolio import SourceFile, parse_document, read_bytes
from omnigrid.model.files import ConfigFile
from omnigrid.model.findings import Finding
from omnigrid.model.manifest import MANIFEST_NAME, Manifest, Outcome, Summary
from omnigrid.model.publishing import Destination
from omnigrid.model.source import Kind
from omnigrid.model.tree import CONFIG_NAME
from omnigrid.output.manifest import decode_manifest
from omnigrid.plan.destinations import whole_destinations
from omnigrid.workspace import Workspace


class Made(Struct, frozen=True):
    """A build, however it came about."""

    outcome: Outcome
    manifest: Manifest
    encoded: bytes | None = None
    """The manifest as it stands in the build folder, where it was read from there."""


class Ready(Struct, frozen=True):
    """A build that stands, of a portfolio with this configuration, and all its destinations."""

    config: ConfigFile
    destinations: tuple[Destination, ...]
    made: Made


def ready_of(workspace: Workspace, summary: Summary) -> Ready | None:
    """Return what is to be published of a build that stands as its ``summary`` says.

    None where it takes more than the configuration to say where it goes: parts of it go somewhere,
    or somebody's approval is asked for.
    """
    config = _config(workspace)
    found = whole_destinations(config, workspace.root) if config else None
    if config is None or found is None or any(each.rule.approval for each in found):
        return None
    made = _read_made(workspace, summary)
    return Ready(config, found, made) if made else None


def _read_made(workspace: Workspace, summary: Summary) -> Made | None:
    try:
        encoded = (workspace.out / MANIFEST_NAME).read_bytes()
    except OSError:
        return None
    # A look at its stamp has shown that it is as we left it, to the byte.
    manifest = decode_manifest(encoded, trusted=True)
    return Made(Outcome(summary), manifest, encoded) if manifest.jobs else None


def _config(workspace: Workspace) -> ConfigFile | None:
    """Return the configuration, which a build has accepted."""
    source = SourceFile(Kind.CONFIG, CONFIG_NAME)
    data = read_bytes(workspace.tree, source)
    document = data if isinstance(data, Finding) else parse_document(source, data)
    if isinstance(document, Finding):
        return None
    file = judge(override(document, workspace.overrides)).file
    return file if isinstance(file, ConfigFile) else None

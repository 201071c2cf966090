"""Which files go to which hosting repository."""

import os.path
from pathlib import Path

from omnigrid.model.errors import InputError
from omnigrid.model.files import ConfigFile, TargetFile
from omnigrid.model.manifest import MANIFEST_NAME, Manifest
from omnigrid.model.names import BlobId
from omnigrid.model.publishing import Target


def route(
    config: ConfigFile, manifest: Manifest, manifest_blob: BlobId, root: Path
) -> tuple[Target, ...]:
    """Return the configured targets, in the order of the configuration.

    Each gets the whole build and the manifest itself. Repositories are absolute paths, resolved
    against ``root`` (absolute) without a look at the disk.

    Raises InputError where two targets would write the same branch of the same repository.
    """
    files = {path: entry.blob for path, entry in manifest.files()}
    files[MANIFEST_NAME] = manifest_blob
    targets = tuple(
        Target(file.name, repository_of(file, root), file.branch, files) for file in config.targets
    )
    _refuse_shared_branches(targets)
    return targets


def repository_of(file: TargetFile, root: Path) -> str:
    """Return the absolute path of a target's repository. Raises InputError for an address."""
    if "://" in file.repository:  # not repeated in the message: it may hold a password
        raise InputError(
            f'target "{file.name}": its repository is a web address, but its kind is {file.kind}',
            "name a folder, for example .omnigrid/hosting/portfolio.git",
        )
    return os.path.normpath(root / file.repository)


def _refuse_shared_branches(targets: tuple[Target, ...]) -> None:
    owners: dict[tuple[str, str], str] = {}
    for target in targets:
        branch = (target.repository, target.branch)
        if branch in owners:
            raise InputError(
                f'targets "{owners[branch]}" and "{target.name}" both write branch '
                f"{target.branch} of {target.repository}",
                "give each target a repository or a branch of its own",
            )
        owners[branch] = target.name

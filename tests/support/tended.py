"""A local branch with rules of its own, published to as the stories do it."""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from omnigrid.deploy import Terms, decide, deploy
from omnigrid.hosting.host import Host
from omnigrid.model.publishing import Destination, Glance, Receipt, Step
from omnigrid.model.source import Place
from omnigrid.model.targets import HistoryFile, SigningFile, TargetFile
from support.hosted import Build
from support.servers.repository import Repository, fsck


class Tended:
    """A bare repository, a host, and the rule of its one target."""

    def __init__(self, folder: Path, **variables: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.repository = folder, Repository(folder / "site.git")
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **variables}
        self.rule = TargetFile(name="site", repository=str(self.repository.folder))

    def keeping(self, keep: int) -> "Tended":
        """The same, with so many commits kept."""
        return self._with(history=HistoryFile(keep=keep))

    def signing(self, signing: SigningFile, **variables: str) -> "Tended":
        """The same, signed with the key that a variable names."""
        return self._with(variables, signing=signing)

    def _with(self, variables: Mapping[str, str] | None = None, **rule: object) -> "Tended":
        other = Tended(self.folder, **{**self.environment, **(variables or {})})
        other.rule = msgspec.structs.replace(self.rule, **rule)
        return other

    @cached_property
    def host(self) -> Host:
        """Publishes, with the environment as it is when this is first asked."""
        return Host(self.folder / "caches", self.environment)

    @property
    def destination(self) -> Destination:
        """The branch."""
        address = str(self.repository.folder)
        return Destination(name="site", rule=self.rule, repository=address, branch="main")

    def step(self, files: Mapping[str, bytes]) -> Step:
        """Say what would be done to bring it to these files."""
        build = Build(files)
        return decide(self.host, build.target(self.destination), Glance(None), self._terms(build))

    def publish(self, files: Mapping[str, bytes], date: int = 1_700_000_000) -> Receipt:
        """Bring it to these files."""
        build = Build(files)
        terms = self._terms(build, date)
        for path, data in build.files.items():
            (terms.out / path).parent.mkdir(parents=True, exist_ok=True)
            (terms.out / path).write_bytes(data)
        return deploy(self.host, self.step(files), terms)

    def commits(self) -> list[str]:
        """Every commit of the branch, the newest first."""
        return self.repository.git("rev-list", "main").split()

    def trees(self) -> list[str]:
        """The tree of every commit, the newest first."""
        return self.repository.git("log", "--format=%T", "main").split()

    def fsck(self) -> None:
        """Check the repository and every cache."""
        for each in (self.repository.folder, *(self.folder / "caches").glob("*.git")):
            fsck(each)

    def _terms(self, build: Build, date: int = 1_700_000_000) -> Terms:
        message = msgspec.structs.replace(build.message(), date=date)
        return Terms(message, self.folder / "build", lambda _: Place.BEFORE)

"""A build in the memory, and a hosting repository that a host publishes it to, by any way."""

import os
from collections.abc import Mapping
from dataclasses import replace as with_fields
from pathlib import Path

import msgspec

from omnigrid.hosting.host import Host
from omnigrid.hosting.patience import Patience
from omnigrid.model.digests import blob_id, digest_bytes
from omnigrid.model.manifest import (
    MANIFEST_NAME,
    MANIFEST_VERSION,
    Entry,
    Manifest,
    encode_entries,
    record_of,
)
from omnigrid.model.names import CommitId, Digest, JobId, OutPath
from omnigrid.model.plan import Job
from omnigrid.model.publishing import Create, Destination, Message, Receipt, Step, Target, Update
from omnigrid.model.targets import CredentialsFile, HostKind, TargetFile
from omnigrid.output.manifest import encode_manifest
from omnigrid.plan.reconcile import reconcile
from support.servers.remote import USER, Remote
from support.servers.repository import BRANCH, feed, fsck, git

SOURCE = CommitId("5" * 40)
DATE = 1_700_000_000
VARIABLE = "SITE_TOKEN"
SHORT = Patience(look=2.0, transfer=2.0)


class Build:
    """Files as a build leaves them, with their manifest."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        entries = {
            OutPath(path): Entry(blob_id(data), digest_bytes(data), len(data))
            for path, data in files.items()
        }
        job = Job(id=JobId("site:a"), files=tuple(files), inputs=())
        jobs = {job.id: record_of(job, encode_entries(entries))}
        self.manifest = encode_manifest(Manifest(MANIFEST_VERSION, "omnigrid 0.1.0", jobs))
        self.files = {**files, MANIFEST_NAME: self.manifest}

    @property
    def digest(self) -> Digest:
        """The SHA-256 of the manifest."""
        return digest_bytes(self.manifest)

    def message(self, *, dirty: bool = False) -> Message:
        """What a commit says of it."""
        return Message(SOURCE, dirty, self.digest, "0.1.0", DATE)

    def read(self, path: OutPath) -> bytes:
        """The bytes of a file."""
        return self.files[path]

    def target(self, destination: Destination) -> Target:
        """It, for a destination."""
        blobs = {OutPath(path): blob_id(data) for path, data in self.files.items()}
        return Target(destination, blobs, manifest=self.digest)


class Hosted:
    """A hosting repository, the way to it, and the host that publishes there."""

    def __init__(self, remote: Remote, way: str, folder: Path) -> None:
        self.remote, self.way, self.folder = remote, way, folder
        folder.mkdir()
        self.caches = folder / "caches"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **remote.trust}
        self.environment |= remote.by_ssh_command()
        if way == "token":
            self.environment[VARIABLE] = remote.secret
        elif way == "helper":
            write_helper(folder, remote.secret)
        self.host = Host(self.caches, self.environment)

    @property
    def repository(self) -> Path:
        """Where the server keeps it."""
        return self.remote.repository.folder

    @property
    def destination(self) -> Destination:
        """It, as the configuration would name it."""
        given = CredentialsFile(user=USER, token=VARIABLE) if self.way == "token" else None
        kind = HostKind.LOCAL if self.way == "local" else HostKind.PLAIN
        address = self.remote.address
        rule = TargetFile(name="site", kind=kind, repository=address, credentials=given)
        return Destination(name="site", rule=rule, repository=address, branch=BRANCH)

    def at(self, port: int) -> "Hosted":
        """The same, by way of another port, for the same host and caches of its own."""
        return self.with_remote(self.remote.at(port))

    def with_remote(self, remote: Remote, patience: Patience | None = None) -> "Hosted":
        """The same work by another way to the repository."""
        other = Hosted.__new__(Hosted)
        other.__dict__.update(self.__dict__, remote=remote)
        changes = {**other.environment, **remote.trust, **remote.by_ssh_command()}
        other.environment = changes
        other.host = Host(self.caches, changes, patience or Patience())
        return other

    def with_environment(self, **variables: str) -> "Hosted":
        """The same with other variables; an empty one is taken away."""
        other = self.with_remote(self.remote)
        known = {**self.environment, **variables}
        other.environment = {name: value for name, value in known.items() if value}
        other.host = Host(self.caches, other.environment)
        return other

    def step(self, build: Build) -> Step:
        """What is to be done to bring it to a build."""
        target = build.target(self.destination)
        return reconcile(target, self.host.observe(target.destination))

    def apply(self, step: Step, build: Build) -> Receipt:
        """Do it."""
        assert isinstance(step, Create | Update)
        return self.host.apply(step, build.message(), build.read)

    def publish(self, files: Mapping[str, bytes]) -> Receipt:
        """Look, and bring it to these files."""
        build = Build(files)
        return self.apply(self.step(build), build)

    def head(self) -> str | None:
        """Where the branch stands, by the server's own account."""
        return self.remote.repository.head()

    def holds(self, files: Mapping[str, bytes]) -> bool:
        """Whether the branch holds exactly these files of ours."""
        wanted = {path: f"100644 {blob_id(data)}" for path, data in Build(files).files.items()}
        return self.remote.repository.tree() == wanted

    def fsck(self) -> None:
        """Check every cache, and the repository."""
        for repository in (self.repository, *self.caches.glob("*.git")):
            fsck(repository)


def write_helper(home: Path, secret: str) -> None:
    """Give a user a credential helper in ~/.gitconfig, which knows the secret by heart."""
    program = home / "git-credential-heart"
    program.write_text(
        "#!/bin/sh\n"
        f'echo "$1" >>"{home}/asked"\n'
        f"test $1 = get || exit 0\necho username={USER}\necho 'password={secret}'\n"
    )
    program.chmod(0o755)
    (home / ".gitconfig").write_text(f"[credential]\n\thelper = {program}\n")


def commit_as_another(
    repository: Path, changes: Mapping[str, bytes | None], branch: str = BRANCH
) -> str:
    """Commit on a branch behind everybody's back; None takes a file away. Return the commit.

    Raises CalledProcessError where somebody else was faster.
    """
    ref = f"refs/heads/{branch}"
    before = git(repository, "for-each-ref", "--format=%(objectname)", ref)
    lines = [f"commit {ref}", "mark :1", f"committer c <c@example.org> {DATE} +0000"]
    lines += ["data 7", "Another", *([f"from {before}"] if before else [])]
    told = [line.encode() for line in lines]
    for path, data in changes.items():
        if data is None:
            told.append(b"D %s" % path.encode())
        else:
            told += [b"M 100644 inline %s" % path.encode(), b"data %d" % len(data), data]
    told += [b"get-mark :1", b""]
    return feed(repository, b"\n".join(told), "fast-import", "--quiet")


def renewed(hosted: Hosted, **fields: object) -> Remote:
    """The way to a repository with other facts."""
    return with_fields(hosted.remote, **fields)  # type: ignore[arg-type]


def with_credentials(destination: Destination, token: str) -> Destination:
    """A destination that logs in by another variable."""
    given = CredentialsFile(user=USER, token=token)
    return msgspec.structs.replace(
        destination, rule=msgspec.structs.replace(destination.rule, credentials=given)
    )

"""Fixtures: the servers of a session, and a new repository for each test.

Servers start when a test first asks for one, once for each worker of pytest-xdist.
"""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from support.servers.front import Front
from support.servers.git_http import GitHttp
from support.servers.local import Local
from support.servers.proxy import FaultProxy
from support.servers.remote import Remote
from support.servers.ssh import SshServer

__all__ = ["front", "git_http", "new_remote", "proxy", "remote", "ssh_server"]

KINDS = ("https", "http", "ssh", "local")
"""All the ways to a repository; omnigrid itself refuses ``http``."""
NewRemote = Callable[[str], Remote]
_numbers = count()


@pytest.fixture(scope="session")
def git_http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitHttp]:
    """`git http-backend` behind nginx: http and https with a password."""
    with GitHttp(tmp_path_factory.mktemp("http")) as server:
        yield server


@pytest.fixture(scope="session")
def ssh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """An sshd that serves git to who has the key."""
    with SshServer(tmp_path_factory.mktemp("ssh")) as server:
        yield server


@pytest.fixture
def new_remote(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewRemote]:
    """Makes new, empty repositories of a kind; afterwards each is checked by `git fsck`."""
    made: list[Remote] = []

    def new(kind: str) -> Remote:
        name = f"site-{next(_numbers)}.git"
        made.append(_new(request, tmp_path, kind, name))
        return made[-1]

    yield new
    for remote in made:
        remote.repository.fsck()


@pytest.fixture(params=KINDS)
def remote(request: pytest.FixtureRequest, new_remote: NewRemote) -> Remote:
    """A new, empty repository, once by each way to it."""
    return new_remote(request.param)


@pytest.fixture
def proxy() -> Iterator[Callable[[Remote], FaultProxy]]:
    """Puts a proxy before a remote's server; ``remote.at(proxy.port)`` is the way through it."""
    running: list[FaultProxy] = []

    def before(remote: Remote) -> FaultProxy:
        running.append(FaultProxy(remote.port).__enter__())
        return running[-1]

    yield before
    for each in running:
        each.__exit__(None, None, None)


@pytest.fixture
def front(git_http: GitHttp) -> Iterator[Front]:
    """An https server before git's that can answer by itself: ``remote.at(front.port)``."""
    with Front(git_http.ports["http"], git_http.certificate) as running:
        yield running


def _new(request: pytest.FixtureRequest, folder: Path, kind: str, name: str) -> Remote:
    match kind:
        case "http" | "https":
            http: GitHttp = request.getfixturevalue("git_http")
            return http.new(name, kind)
        case "ssh":
            ssh: SshServer = request.getfixturevalue("ssh_server")
            return ssh.new(name)
        case _:
            return Local(folder).new(name)
